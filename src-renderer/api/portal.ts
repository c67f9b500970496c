import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { PortalPreview, type PortalPreviewInput } from '#server/portal/preview.contract.ts';
import { PortalLanguages, PortalSettings, type PortalSettingsInput } from '#server/portal/portal.contract.ts';
import { call, get } from './client.ts';

export const portalSettingsQuery = queryOptions({
  queryKey: ['settings', 'portal'],
  queryFn: ({ signal }) => get('/portal', PortalSettings, { signal }),
});

/** The languages the portal can speak. They change only with the program. */
export const portalLanguagesQuery = queryOptions({
  queryKey: ['portal', 'languages'],
  queryFn: async ({ signal }) => (await get('/portal/languages', PortalLanguages, { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export function savePortalSettings(input: z.input<typeof PortalSettingsInput>): Promise<PortalSettings> {
  return call({ method: 'PUT', path: '/portal', body: input, answer: PortalSettings });
}

/** How a page of the portal looks with settings that are not saved yet. */
export function portalPreviewQuery(input: PortalPreviewInput) {
  return queryOptions({
    queryKey: ['portal', 'preview', input],
    queryFn: ({ signal }) => call({ method: 'POST', path: '/portal/preview', body: input, signal, answer: PortalPreview }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}
