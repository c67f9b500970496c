import type { Insertable, Kysely, Selectable } from 'kysely';
import type { BackupsTable, Tables } from '../database/tables.ts';

export type BackupRow = Selectable<BackupsTable>;

export async function insertBackup(db: Kysely<Tables>, row: Insertable<BackupsTable>): Promise<void> {
  await db.insertInto('backups').values(row).execute();
}

export function listBackupRows(db: Kysely<Tables>, limit: number) {
  return db.selectFrom('backups').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export function findNewestGood(db: Kysely<Tables>) {
  return db.selectFrom('backups').select('created_at').where('is_verified', '=', 1).orderBy('created_at', 'desc').limit(1).executeTakeFirst();
}

export async function deleteBackup(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('backups').where('id', '=', id).execute();
}

/** Attachments in the order of their ids, a batch at a time: to be copied or checked. */
export function listAttachmentFiles(db: Kysely<Tables>, query: { readonly after: string; readonly limit: number }) {
  return db
    .selectFrom('attachments')
    .select(['id', 'storage_name', 'byte_size', 'sha256', 'file_name'])
    .where('id', '>', query.after)
    .orderBy('id')
    .limit(query.limit)
    .execute();
}

/** The files that were uploaded to be imported. Imports are few. */
export function listImportFiles(db: Kysely<Tables>) {
  return db.selectFrom('import_batches').select('file_path').orderBy('id').execute();
}

export async function countAttachments(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('attachments')
    .select((files) => files.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Something the folder's key must open. */
export function findSealed(db: Kysely<Tables>) {
  return db.selectFrom('certificates').select('private_key_sealed').limit(1).executeTakeFirst();
}
