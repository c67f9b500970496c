import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { PbxExtensionsTable, PbxRequestsTable, PbxSourcesTable, Tables } from '../database/tables.ts';

export type SourceRow = Selectable<PbxSourcesTable>;
export type TraceRow = Insertable<PbxRequestsTable>;

/** One seek: asked with every request of every telephone. */
export const sourceByToken = hotRead<{ tokenHash: string }>()((db, parameter) =>
  db.selectFrom('pbx_sources').selectAll().where('token_hash', '=', parameter('tokenHash')),
);

export const agentOfExtension = hotRead<{ sourceId: string; extension: string }>()((db, parameter) =>
  db.selectFrom('pbx_extensions').select('agent_id').where('source_id', '=', parameter('sourceId')).where('extension', '=', parameter('extension')),
);

function withDirectories(db: Kysely<Tables>) {
  return db
    .selectFrom('pbx_sources')
    .leftJoin('directories', 'directories.id', 'pbx_sources.directory_id')
    .selectAll('pbx_sources')
    .select(['directories.entry_count', 'directories.expected_count', 'directories.state as directory_state']);
}
export type ShownSourceRow = NonNullable<Awaited<ReturnType<typeof findSource>>>;

export function findSource(db: Kysely<Tables>, id: string) {
  return withDirectories(db).where('pbx_sources.id', '=', id).executeTakeFirst();
}

/** All of them: a desk has a handful of systems and some dozens of telephones. Active ones first. */
export function listSourceRows(db: Kysely<Tables>) {
  return withDirectories(db).orderBy('pbx_sources.state').orderBy('pbx_sources.created_at').orderBy('pbx_sources.id').execute();
}

export async function insertSource(db: Kysely<Tables>, row: Insertable<PbxSourcesTable>): Promise<void> {
  await db.insertInto('pbx_sources').values(row).execute();
}

/** Changes an active source; whether there was one. */
export async function updateActiveSource(db: Kysely<Tables>, id: string, set: Updateable<PbxSourcesTable>): Promise<boolean> {
  const changed = await db.updateTable('pbx_sources').set(set).where('id', '=', id).where('state', '=', 'active').executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Notes that sources were used. `first_used_at` keeps its first value. */
export async function noteUse(db: Kysely<Tables>, id: string, use: { readonly at: string; readonly ip: string }): Promise<void> {
  await db
    .updateTable('pbx_sources')
    .set((source) => ({ first_used_at: source.fn.coalesce('first_used_at', source.val(use.at)), last_used_at: use.at, last_ip: use.ip }))
    .where('id', '=', id)
    .execute();
}

export function listExtensions(db: Kysely<Tables>, sourceIds: readonly string[]) {
  return db.selectFrom('pbx_extensions').selectAll().where('source_id', 'in', sourceIds).orderBy('extension').execute();
}

export async function replaceExtensions(db: Kysely<Tables>, sourceId: string, rows: readonly Insertable<PbxExtensionsTable>[]): Promise<void> {
  await db.deleteFrom('pbx_extensions').where('source_id', '=', sourceId).execute();
  if (rows.length > 0) await db.insertInto('pbx_extensions').values(rows).execute();
}

export function listExistingAgents(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('agents').select('id').where('id', 'in', ids).execute();
}

export async function insertRequests(db: Kysely<Tables>, rows: readonly TraceRow[]): Promise<void> {
  await db.insertInto('pbx_requests').values(rows).execute();
}

/** Keeps the newest requests of a source. */
export async function forgetOldRequests(db: Kysely<Tables>, sourceId: string, kept: number): Promise<void> {
  await db
    .deleteFrom('pbx_requests')
    .where('source_id', '=', sourceId)
    .where('id', '<=', (requests) =>
      requests.selectFrom('pbx_requests').select('id').where('source_id', '=', sourceId).orderBy('id', 'desc').limit(1).offset(kept),
    )
    .execute();
}

export function listRequests(db: Kysely<Tables>, sourceId: string, limit: number) {
  return db.selectFrom('pbx_requests').selectAll().where('source_id', '=', sourceId).orderBy('id', 'desc').limit(limit).execute();
}

/** A number that a directory lists, for a self-test on real data. */
export function findListedNumber(db: Kysely<Tables>, directoryId: number) {
  return db.selectFrom('directory_entries').select('digits').where('directory_id', '=', directoryId).where('is_removed', '=', 0).limit(1).executeTakeFirst();
}

/** The most recently active contacts that may be published and have a number, for a self-test on real data. */
export function findContactToTry(db: Kysely<Tables>) {
  return db
    .selectFrom(db.selectFrom('contacts').select(['id', 'publish_to_phones']).orderBy('activity_rank', 'desc').limit(200).as('recent'))
    .innerJoin('phone_numbers', (join) => join.onRef('phone_numbers.owner_id', '=', 'recent.id').on('phone_numbers.owner_kind', '=', 'contact'))
    .select('phone_numbers.e164')
    .where('recent.publish_to_phones', '=', 1)
    .where('phone_numbers.e164', 'is not', null)
    .limit(1)
    .executeTakeFirst();
}
