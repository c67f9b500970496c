import { queryOptions } from '@tanstack/react-query';
import { CallSettings } from '#server/calls/call-settings.contract.ts';
import { call, get } from './client.ts';

export const callSettingsQuery = queryOptions({
  queryKey: ['settings', 'calls'],
  queryFn: ({ signal }) => get('/settings/calls', CallSettings, { signal }),
});

export function saveCallSettings(input: CallSettings): Promise<CallSettings> {
  return call({ method: 'PUT', path: '/settings/calls', body: input, answer: CallSettings });
}
