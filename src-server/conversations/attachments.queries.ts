import type { Kysely, Selectable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { AttachmentsTable, Tables } from '../database/tables.ts';

export type AttachmentRow = Selectable<AttachmentsTable>;

/** Inserts the row unless its uploader would then have more than `quotaBytes` since `since`. One statement, so that uploads side by side can't slip past. */
export async function insertWithinQuota(
  db: Kysely<Tables>,
  row: Omit<AttachmentRow, 'message_id'>,
  quota: { readonly bytes: number; readonly since: string },
): Promise<boolean> {
  const result = await db
    .insertInto('attachments')
    .columns(['id', 'uploaded_by', 'file_name', 'media_type', 'byte_size', 'sha256', 'storage_name', 'created_at'])
    .expression(
      db
        .selectNoFrom((value) => [
          value.val(row.id).as('id'),
          value.val(row.uploaded_by).as('uploaded_by'),
          value.val(row.file_name).as('file_name'),
          value.val(row.media_type).as('media_type'),
          value.val(row.byte_size).as('byte_size'),
          value.val(row.sha256).as('sha256'),
          value.val(row.storage_name).as('storage_name'),
          value.val(row.created_at).as('created_at'),
        ])
        .where(
          (value) =>
            value
              .selectFrom('attachments as earlier')
              .select((sum) => sum.fn.coalesce(sum.fn.sum<number>('earlier.byte_size'), sum.lit(0)).as('bytes'))
              .where('earlier.uploaded_by', '=', row.uploaded_by)
              .where('earlier.created_at', '>', quota.since),
          '<=',
          quota.bytes - row.byte_size,
        ),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export const bytesUploadedSince = hotRead<{ uploadedBy: string; since: string }>()((db, parameter) =>
  db
    .selectFrom('attachments')
    .select((sum) => sum.fn.sum<number | null>('byte_size').as('bytes'))
    .where('uploaded_by', '=', parameter('uploadedBy'))
    .where('created_at', '>', parameter('since')),
);

export const attachmentById = hotRead<{ id: string }>()((db, parameter) => db.selectFrom('attachments').selectAll().where('id', '=', parameter('id')));

/** Ties waiting files of this uploader to a message; says how many there were. */
export async function claimRows(
  db: Kysely<Tables>,
  claim: { readonly ids: readonly string[]; readonly uploadedBy: string; readonly messageId: string },
): Promise<number> {
  const result = await db
    .updateTable('attachments')
    .set({ message_id: claim.messageId })
    .where('id', 'in', claim.ids)
    .where('message_id', 'is', null)
    .where('uploaded_by', '=', claim.uploadedBy)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export function listAttachmentsOf(db: Kysely<Tables>, messageId: string) {
  return db.selectFrom('attachments').selectAll().where('message_id', '=', messageId).orderBy('created_at').orderBy('id').execute();
}

/** Deletes one waiting upload of this uploader. */
export function deleteUnclaimedRow(db: Kysely<Tables>, id: string, uploadedBy: string) {
  return db
    .deleteFrom('attachments')
    .where('id', '=', id)
    .where('uploaded_by', '=', uploadedBy)
    .where('message_id', 'is', null)
    .returning('storage_name')
    .executeTakeFirst();
}

/** Deletes uploads that no message took by `before`, oldest first, at most 500. */
export function deleteUnclaimedRows(db: Kysely<Tables>, before: string) {
  return db
    .deleteFrom('attachments')
    .where('id', 'in', (old) =>
      old.selectFrom('attachments').select('id').where('message_id', 'is', null).where('created_at', '<', before).orderBy('created_at').limit(500),
    )
    .returning('storage_name')
    .execute();
}

export function listKnownNames(db: Kysely<Tables>, storageNames: readonly string[]) {
  return db.selectFrom('attachments').select('storage_name').where('storage_name', 'in', storageNames).execute();
}
