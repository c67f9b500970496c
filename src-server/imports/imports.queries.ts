import { sql, type Insertable, type Kysely, type Selectable, type Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import { insertMany } from '../database/insert-many.ts';
import { steadyList } from '../database/steady-list.ts';
import type { ExternalIdsTable, ImportBatchesTable, ImportErrorsTable, ImportLinksTable, ImportRowsTable, Tables } from '../database/tables.ts';

export type BatchRow = Selectable<ImportBatchesTable>;
export type BatchChange = Updateable<ImportBatchesTable>;
export type ImportedRow = Selectable<ImportRowsTable>;

export const recentBatches = hotRead<{ before: string; limit: number }>()((db, parameter) =>
  db.selectFrom('import_batches').selectAll().where('id', '<', parameter('before')).orderBy('id', 'desc').limit(parameter('limit')),
);

/** Work that is waiting: nobody's lease is on it. */
export const waitingBatch = hotRead<{ state: string }>()((db, parameter) =>
  db.selectFrom('import_batches').select('id').where('state', '=', parameter('state')).where('lease_until', 'is', null).orderBy('created_at').limit(1),
);

/** Work whose process has not been heard of since `now`. */
export const silentBatch = hotRead<{ state: string; now: string }>()((db, parameter) =>
  db.selectFrom('import_batches').select('id').where('state', '=', parameter('state')).where('lease_until', '<', parameter('now')).limit(1),
);

/** A batch whose tickets are being shown to customers. */
export const releasingBatch = hotRead<object>()((db) => db.selectFrom('import_batches').select('id').where('release_after', 'is not', null).limit(1));

export function findBatch(db: Kysely<Tables>, id: string): Promise<BatchRow | undefined> {
  return db.selectFrom('import_batches').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertBatch(db: Kysely<Tables>, row: Insertable<ImportBatchesTable>): Promise<void> {
  await db.insertInto('import_batches').values(row).execute();
}

/** Changes the batch if it is still in one of these states. One statement, so that a cancelled import never goes on. */
export async function changeBatch(
  db: Kysely<Tables>,
  from: { readonly id: string; readonly states: readonly string[] },
  change: BatchChange,
): Promise<boolean> {
  const result = await db.updateTable('import_batches').set(change).where('id', '=', from.id).where('state', 'in', from.states).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Takes the work if nobody else has it. */
export async function takeLease(
  db: Kysely<Tables>,
  take: { readonly id: string; readonly state: string; readonly until: string },
): Promise<BatchRow | undefined> {
  return db
    .updateTable('import_batches')
    .set({ lease_until: take.until })
    .where('id', '=', take.id)
    .where('state', '=', take.state)
    .where('lease_until', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

export async function deleteBatch(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('import_batches').where('id', '=', id).execute();
}

// What a batch did

/** The first note of a record is the one that undoing needs; a second one is passed over. */
export async function insertImportedRows(db: Kysely<Tables>, rows: readonly Insertable<ImportRowsTable>[]): Promise<void> {
  await insertMany(db, 'import_rows', { rows, onConflict: 'ignore' });
}

/** The last rows a batch imported: undoing goes backwards. */
export function listLastImported(db: Kysely<Tables>, batchId: string, limit: number): Promise<ImportedRow[]> {
  return db
    .selectFrom('import_rows')
    .selectAll()
    .where('batch_id', '=', batchId)
    .orderBy('row_number', 'desc')
    .orderBy('record_kind', 'desc')
    .orderBy('record_id', 'desc')
    .limit(limit)
    .execute();
}

/** Records of a kind that a batch made, in the order of its rows: those of rows after `after`. Each row made one. */
export function listImportedAfter(
  db: Kysely<Tables>,
  page: { readonly batchId: string; readonly kind: string; readonly after: number; readonly limit: number },
) {
  return db
    .selectFrom('import_rows')
    .select(['row_number', 'record_id'])
    .where('batch_id', '=', page.batchId)
    .where('row_number', '>', page.after)
    .where('record_kind', '=', page.kind)
    .where('action', '=', 'created')
    .orderBy('row_number')
    .limit(page.limit)
    .execute();
}

export async function deleteImportedRow(db: Kysely<Tables>, row: ImportedRow): Promise<void> {
  await db
    .deleteFrom('import_rows')
    .where('batch_id', '=', row.batch_id)
    .where('row_number', '=', row.row_number)
    .where('record_kind', '=', row.record_kind)
    .where('record_id', '=', row.record_id)
    .execute();
}

export async function countImported(db: Kysely<Tables>, batchId: string): Promise<number> {
  const row = await db
    .selectFrom('import_rows')
    .select((rows) => rows.fn.countAll<number>().as('count'))
    .where('batch_id', '=', batchId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function hasImported(db: Kysely<Tables>, batchId: string): Promise<boolean> {
  return (await db.selectFrom('import_rows').select('record_id').where('batch_id', '=', batchId).limit(1).executeTakeFirst()) !== undefined;
}

// What it refused

export async function insertErrors(db: Kysely<Tables>, rows: readonly Insertable<ImportErrorsTable>[]): Promise<void> {
  await insertMany(db, 'import_errors', { rows });
}

export const errorsAfter = hotRead<{ batchId: string; after: number; limit: number }>()((db, parameter) =>
  db
    .selectFrom('import_errors')
    .selectAll()
    .where('batch_id', '=', parameter('batchId'))
    .where('id', '>', parameter('after'))
    .orderBy('id')
    .limit(parameter('limit')),
);

export async function deleteErrors(db: Kysely<Tables>, batchId: string): Promise<void> {
  await db.deleteFrom('import_errors').where('batch_id', '=', batchId).execute();
}

// Who is who in the other program

export function listExternalIds(db: Kysely<Tables>, of: { readonly source: string; readonly object: string; readonly ids: readonly string[] }) {
  return db
    .selectFrom('external_ids')
    .select(['external_id', 'record_id'])
    .where('source', '=', of.source)
    .where('object', '=', of.object)
    .where('external_id', 'in', steadyList(of.ids))
    .execute();
}

export function listExternalIdsOf(db: Kysely<Tables>, recordIds: readonly string[]) {
  return db.selectFrom('external_ids').selectAll().where('record_id', 'in', steadyList(recordIds)).execute();
}

export async function insertExternalIds(db: Kysely<Tables>, rows: readonly Insertable<ExternalIdsTable>[]): Promise<void> {
  await insertMany(db, 'external_ids', { rows, onConflict: 'ignore' });
}

export async function deleteExternalIds(db: Kysely<Tables>, of: { readonly recordId: string; readonly externalIds: readonly string[] }): Promise<void> {
  if (of.externalIds.length === 0) return;
  await db.deleteFrom('external_ids').where('record_id', '=', of.recordId).where('external_id', 'in', steadyList(of.externalIds)).execute();
}

export async function deleteExternalIdsOf(db: Kysely<Tables>, recordIds: readonly string[]): Promise<void> {
  await db.deleteFrom('external_ids').where('record_id', 'in', steadyList(recordIds)).execute();
  await db.deleteFrom('import_links').where('record_id', 'in', steadyList(recordIds)).execute();
}

export async function insertLinks(db: Kysely<Tables>, rows: readonly Insertable<ImportLinksTable>[]): Promise<void> {
  await insertMany(db, 'import_links', { rows, onConflict: 'ignore' });
}

export function listLinks(db: Kysely<Tables>, to: { readonly source: string; readonly object: string; readonly ids: readonly string[] }) {
  return db
    .selectFrom('import_links')
    .selectAll()
    .where('source', '=', to.source)
    .where('object', '=', to.object)
    .where('external_id', 'in', steadyList(to.ids))
    .limit(5000)
    .execute();
}

export async function deleteLink(db: Kysely<Tables>, link: Selectable<ImportLinksTable>): Promise<void> {
  await db
    .deleteFrom('import_links')
    .where('source', '=', link.source)
    .where('object', '=', link.object)
    .where('external_id', '=', link.external_id)
    .where('record_kind', '=', link.record_kind)
    .where('record_id', '=', link.record_id)
    .execute();
}

// Records as they are

export function listContactsByEmail(db: Kysely<Tables>, emails: readonly string[]) {
  return db.selectFrom('contacts').select(['id', 'email']).where('email', 'in', steadyList(emails)).execute();
}

export function listContacts(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('contacts').selectAll().where('id', 'in', steadyList(ids)).execute();
}

export function listCompanies(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('companies').selectAll().where('id', 'in', steadyList(ids)).execute();
}

export function listCompaniesByDomain(db: Kysely<Tables>, domains: readonly string[]) {
  return db.selectFrom('companies').select(['id', 'name', 'domain', 'country']).where('domain', 'in', steadyList(domains)).orderBy('search_id').execute();
}

/** Companies of these names, letter case aside, oldest first. */
export function listCompaniesByName(db: Kysely<Tables>, names: readonly string[]) {
  return (
    db
      .selectFrom('companies')
      .select(['id', 'name', 'country'])
      // The index compares without letter case; the comparison must say so too.
      .where(sql<boolean>`name collate nocase in (${sql.join(steadyList(names))})`)
      .orderBy('search_id')
      .execute()
  );
}

export function listTickets(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('tickets').selectAll().where('id', 'in', steadyList(ids)).execute();
}

export function listDeals(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('deals').selectAll().where('id', 'in', steadyList(ids)).execute();
}

export function listDealContacts(db: Kysely<Tables>, dealIds: readonly string[]) {
  return db.selectFrom('deal_contacts').selectAll().where('deal_id', 'in', steadyList(dealIds)).execute();
}

export function listPropertyValues(db: Kysely<Tables>, recordIds: readonly string[]) {
  return db.selectFrom('property_values').selectAll().where('record_id', 'in', steadyList(recordIds)).execute();
}

export function listAgents(db: Kysely<Tables>) {
  return db.selectFrom('agents').select(['id', 'name', 'email']).where('is_active', '=', 1).execute();
}

export function findAgent(db: Kysely<Tables>, id: string) {
  return db.selectFrom('agents').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
}

/** Those of these contacts that somebody works with: tickets, calls, portal access, notes, tasks, deals. */
export async function listContactsInUse(db: Kysely<Tables>, ids: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>();
  for (const table of ['tickets', 'calls', 'members', 'internal_notes', 'tasks', 'deal_contacts'] as const) {
    const rows = await db.selectFrom(table).select('contact_id').distinct().where('contact_id', 'in', steadyList(ids)).execute();
    for (const row of rows) if (row.contact_id !== null) used.add(row.contact_id);
  }
  return used;
}

export async function listCompaniesInUse(db: Kysely<Tables>, ids: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>();
  for (const table of ['contacts', 'tickets', 'calls', 'internal_notes', 'tasks', 'deals'] as const) {
    const rows = await db.selectFrom(table).select('company_id').distinct().where('company_id', 'in', steadyList(ids)).execute();
    for (const row of rows) if (row.company_id !== null) used.add(row.company_id);
  }
  return used;
}

/** Those of these tickets in which somebody wrote, or that somebody planned work on, since they were imported. */
export async function listTicketsInUse(db: Kysely<Tables>, ids: readonly string[], since: string): Promise<Set<string>> {
  const messages = await db.selectFrom('messages').select('ticket_id').distinct().where('ticket_id', 'in', steadyList(ids)).execute();
  const notes = await db
    .selectFrom('internal_notes')
    .select('ticket_id')
    .distinct()
    .where('ticket_id', 'in', steadyList(ids))
    .where('created_at', '>', since)
    .execute();
  const tasks = await db.selectFrom('tasks').select('ticket_id').distinct().where('ticket_id', 'in', steadyList(ids)).execute();
  return new Set([...messages, ...notes, ...tasks].map((row) => row.ticket_id).filter((id) => id !== null));
}
