import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  PbxRequestList,
  PbxSettings,
  PbxSource,
  PbxSourceList,
  PbxSourceWithKey,
  SelfTest,
  type PbxSourceInput,
  type PbxSourcePatch,
} from '#server/pbx/pbx.contract.ts';
import { LdapState, type LdapSettings } from '#server/ldap/ldap.contract.ts';
import { call, get, saveFile } from './client.ts';

export const pbxSourcesQuery = queryOptions({
  queryKey: ['pbx', 'list'],
  queryFn: async ({ signal }) => (await get('/pbx/sources', PbxSourceList, { signal })).items,
});

export function pbxSourceQuery(id: string) {
  return queryOptions({ queryKey: ['pbx', 'one', id], queryFn: ({ signal }) => get(`/pbx/sources/${id}`, PbxSource, { signal }) });
}

export function pbxRequestsQuery(id: string) {
  return queryOptions({
    queryKey: ['pbx', 'requests', id],
    queryFn: async ({ signal }) => (await get(`/pbx/sources/${id}/requests`, PbxRequestList, { signal })).items,
  });
}

export const pbxSettingsQuery = queryOptions({ queryKey: ['pbx', 'settings'], queryFn: ({ signal }) => get('/pbx/settings', PbxSettings, { signal }) });

export function savePbxSettings(settings: PbxSettings): Promise<PbxSettings> {
  return call({ method: 'PUT', path: '/pbx/settings', body: settings, answer: PbxSettings });
}

export function connectPbx(input: z.input<typeof PbxSourceInput>): Promise<PbxSourceWithKey> {
  return call({ method: 'POST', path: '/pbx/sources', body: input, answer: PbxSourceWithKey });
}

export function changePbx(id: string, patch: PbxSourcePatch): Promise<PbxSource> {
  return call({ method: 'PATCH', path: `/pbx/sources/${id}`, body: patch, answer: PbxSource });
}

/** Another key; the old one is dead at once. */
export function renewPbxKey(id: string): Promise<PbxSourceWithKey> {
  return call({ method: 'POST', path: `/pbx/sources/${id}/new-key`, answer: PbxSourceWithKey });
}

export function revokePbx(id: string): Promise<PbxSource> {
  return call({ method: 'POST', path: `/pbx/sources/${id}/revoke`, answer: PbxSource });
}

export function testPbx(id: string, key: string): Promise<SelfTest> {
  return call({ method: 'POST', path: `/pbx/sources/${id}/self-test`, body: { key }, answer: SelfTest });
}

/** Saves the phone book as the file a FRITZ!Box restores. */
export function savePhoneBook(id: string): Promise<void> {
  return saveFile(`/pbx/sources/${id}/phone-book`, 'doorline-fritzbox.xml');
}

/** The directory by LDAP: whether its ports are open. */
export const ldapQuery = queryOptions({ queryKey: ['pbx', 'ldap'], queryFn: ({ signal }) => get('/ldap', LdapState, { signal }) });

export function saveLdapSettings(settings: LdapSettings): Promise<LdapState> {
  return call({ method: 'PUT', path: '/ldap', body: settings, answer: LdapState });
}
