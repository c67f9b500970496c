import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { PortalSettings } from '#server/portal/portal.contract.ts';
import { call, get } from './client.ts';

export const portalSettingsQuery = queryOptions({
  queryKey: ['settings', 'portal'],
  queryFn: ({ signal }) => get('/portal', PortalSettings, { signal }),
});

export function savePortalSettings(input: z.input<typeof PortalSettings>): Promise<PortalSettings> {
  return call({ method: 'PUT', path: '/portal', body: input, answer: PortalSettings });
}
