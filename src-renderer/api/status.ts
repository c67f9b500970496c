import { queryOptions } from '@tanstack/react-query';
import { DeskStatus } from '#server/insights/insights.contract.ts';
import { get } from './client.ts';

const minute = 60_000;

/** Refreshed by live events, and each minute for what changes by itself: days left, disk space. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => get('/status', DeskStatus, { signal }),
  refetchInterval: minute,
});
