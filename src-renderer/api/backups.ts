import { queryOptions } from '@tanstack/react-query';
import { Backup, BackupPage } from '#server/backups/backups.contract.ts';
import { call, get } from './client.ts';

export const backupsQuery = queryOptions({
  queryKey: ['backups'],
  queryFn: async ({ signal }) => (await get('/backups', BackupPage, { signal })).items,
});

export function makeBackup(): Promise<Backup> {
  return call({ method: 'POST', path: '/backups', answer: Backup });
}
