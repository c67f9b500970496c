import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  Device,
  DevicePage,
  DeviceTrace,
  Pairing,
  PairingStarted,
  ScopePreview,
  Simulation,
  type DeviceListQuery,
  type DevicePatch,
  type DeviceScope,
  type PairingInput,
} from '#server/devices/devices.contract.ts';
import { call, get, nothing } from './client.ts';
import { pagedList } from './pages.ts';

/** All phones: as many as people, so that a choice of one can offer them all. */
export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: async ({ signal }) => {
    const all: Device[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await get('/devices', DevicePage, { signal, query: { limit: 200, cursor } });
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    return all;
  },
});

const looksEvery = 5 * 60_000;

/** The team's phones, page by page. Asked again while it is looked at: a phone falls silent without a word. */
export function devicePagesQuery(query: Pick<DeviceListQuery, 'search' | 'state'> = {}) {
  return pagedList({ key: ['devices', 'list'], path: '/devices', page: DevicePage, query: { ...query, limit: 100 }, refetchInterval: looksEvery });
}

export function deviceQuery(id: string) {
  return queryOptions({ queryKey: ['devices', 'one', id], queryFn: ({ signal }) => get(`/devices/${id}`, Device, { signal }), refetchInterval: looksEvery });
}

/** What a phone would hold under a scope. What was counted stays on screen while the next is. */
export function scopePreviewQuery({ everyone, listIds, most }: DeviceScope) {
  const query = { everyone: String(everyone), listIds: everyone ? '' : listIds.join(','), ...(most === null ? {} : { most: String(most) }) };
  return queryOptions({
    queryKey: ['devices', 'scope-preview', query],
    queryFn: ({ signal }) => get('/devices/scope-preview', ScopePreview, { signal, query }),
    placeholderData: keepPreviousData,
  });
}

/** Refreshed while it is looked at: one watches a phone try. */
export function deviceTraceQuery(id: string) {
  return queryOptions({
    queryKey: ['devices', 'trace', id],
    queryFn: ({ signal }) => get(`/devices/${id}/requests`, DeviceTrace, { signal }),
    refetchInterval: 4000,
  });
}

/** What each phone would show for a number. */
export function simulationQuery(number: string) {
  return queryOptions({
    queryKey: ['devices', 'simulation', number],
    queryFn: ({ signal }) => get('/devices/simulation', Simulation, { signal, query: { number } }),
    enabled: number !== '',
    staleTime: 0,
  });
}

export function changeDevice(id: string, patch: DevicePatch): Promise<Device> {
  return call({ method: 'PATCH', path: `/devices/${id}`, body: patch, answer: Device });
}

/** Refuses the phone's next request. */
export function revokeDevice(id: string): Promise<Device> {
  return call({ method: 'POST', path: `/devices/${id}/revoke`, answer: Device });
}

/** Asks the owner of an iPhone to load its account again, so that its lease starts anew. */
export function askForRenewal(id: string): Promise<Device> {
  return call({ method: 'POST', path: `/devices/${id}/renew-lease`, answer: Device });
}

/** Refuses the password of the phone's address book; its owner loads the account again on the phone page. */
export function stopAccount(id: string): Promise<Device> {
  return call({ method: 'POST', path: `/devices/${id}/stop-account`, answer: Device });
}

/** Says that an account two seemed to share is one phone's. */
export function dismissSharing(id: string): Promise<Device> {
  return call({ method: 'POST', path: `/devices/${id}/one-phone`, answer: Device });
}

/** Asks the phone to remove its contacts at its next sync, and refuses it after that. */
export function wipeDevice(id: string): Promise<Device> {
  return call({ method: 'POST', path: `/devices/${id}/wipe`, answer: Device });
}

export function startPairing(input: z.input<typeof PairingInput>): Promise<PairingStarted> {
  return call({ method: 'POST', path: '/pairings', body: input, answer: PairingStarted });
}

export function pairingQuery(id: string) {
  return queryOptions({ queryKey: ['pairings', id], queryFn: ({ signal }) => get(`/pairings/${id}`, Pairing, { signal }) });
}

export function approvePairing(id: string): Promise<Pairing> {
  return call({ method: 'POST', path: `/pairings/${id}/approve`, answer: Pairing });
}

export function declinePairing(id: string): Promise<Pairing> {
  return call({ method: 'POST', path: `/pairings/${id}/decline`, answer: Pairing });
}

export function cancelPairing(id: string): Promise<Pairing> {
  return call({ method: 'POST', path: `/pairings/${id}/cancel`, answer: Pairing });
}

/** Opens pairing again that rests after too many wrong codes. */
export function unlockPairing(): Promise<void> {
  return call({ method: 'POST', path: '/pairings/unlock', answer: nothing });
}

/** Lets the phone in that is waiting on another network. */
export function allowOtherNetworks(id: string): Promise<Pairing> {
  return call({ method: 'POST', path: `/pairings/${id}/allow-other-networks`, answer: Pairing });
}
