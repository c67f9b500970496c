import { sql, type Insertable, type Kysely, type Selectable, type Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { DirectoriesTable, DirectoryEntriesTable, Tables } from '../database/tables.ts';
import { inPowersOfTwo } from './statement-sizes.ts';

export type DirectoryRow = Selectable<DirectoriesTable>;
export type EntryRow = Selectable<DirectoryEntriesTable>;

export const directoryById = hotRead<{ id: number }>()((db, parameter) => db.selectFrom('directories').selectAll().where('id', '=', parameter('id')));

export function findDirectoryByScope(db: Kysely<Tables>, scope: string) {
  return db.selectFrom('directories').selectAll().where('scope', '=', scope).executeTakeFirst();
}

export function findDirectory(db: Kysely<Tables>, id: number) {
  return db.selectFrom('directories').selectAll().where('id', '=', id).executeTakeFirst();
}

/** All directories; there are as many as different scopes in use. */
export function listDirectories(db: Kysely<Tables>) {
  return db.selectFrom('directories').selectAll().orderBy('id').execute();
}

export function insertDirectory(db: Kysely<Tables>, row: Insertable<DirectoriesTable>) {
  return db.insertInto('directories').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function updateDirectory(db: Kysely<Tables>, id: number, set: Updateable<DirectoriesTable>): Promise<void> {
  await db.updateTable('directories').set(set).where('id', '=', id).execute();
}

/** A directory that is being built, or a cap that has room and has not looked through everybody. */
export const anyUnfinished = hotRead<object>()((db) =>
  db
    .selectFrom('directories')
    .select('id')
    .where((directory) =>
      directory.or([
        directory('state', 'in', ['collecting', 'rendering']),
        directory.and([directory('state', '=', 'ready'), directory('cards_state', '=', 'building')]),
        directory.and([
          directory('state', '=', 'ready'),
          directory('most', '>', directory.ref('member_count')),
          directory.or([directory('frontier', 'is', null), directory('frontier', '>', 0)]),
        ]),
      ]),
    )
    .limit(1),
);

/** Directories no phone and no telephone system reads any more. */
export function listUnusedDirectories(db: Kysely<Tables>) {
  return db
    .selectFrom('directories')
    .selectAll()
    .where((directory) =>
      directory.not(directory.exists(directory.selectFrom('devices').select('devices.id').whereRef('devices.directory_id', '=', 'directories.id'))),
    )
    .where((directory) =>
      directory.not(directory.exists(directory.selectFrom('pbx_sources').select('pbx_sources.id').whereRef('pbx_sources.directory_id', '=', 'directories.id'))),
    )
    .execute();
}

export async function deleteDirectory(db: Kysely<Tables>, id: number): Promise<void> {
  await db.deleteFrom('directories').where('id', '=', id).execute();
}

/** Deletes at most `limit` entries of a directory; how many there were. */
export async function deleteEntries(db: Kysely<Tables>, directoryId: number, limit: number): Promise<number> {
  const rows = await db.selectFrom('directory_entries').select('digits').where('directory_id', '=', directoryId).orderBy('digits').limit(limit).execute();
  const last = rows.at(-1);
  if (last !== undefined) await db.deleteFrom('directory_entries').where('directory_id', '=', directoryId).where('digits', '<=', last.digits).execute();
  return rows.length;
}

// How far of the change log the directories reflect ------------------------------------------------------------------------

const positionName = 'directories:changes';

export const projectedPosition = hotRead<object>()((db) => db.selectFrom('counters').select('value').where('name', '=', positionName));

export async function findPosition(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom('counters').select('value').where('name', '=', positionName).executeTakeFirst();
  return row?.value ?? 0;
}

export async function setPosition(db: Kysely<Tables>, value: number): Promise<void> {
  await db
    .insertInto('counters')
    .values({ name: positionName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

// Batches: the values a cursor may have ----------------------------------------------------------------------------------

export const batchBySeq = hotRead<{ seq: number }>()((db, parameter) => db.selectFrom('directory_batches').select('seq').where('seq', '=', parameter('seq')));

export function findNewestBatch(db: Kysely<Tables>) {
  return db.selectFrom('directory_batches').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
}

export async function insertBatch(db: Kysely<Tables>, seq: number, at: string): Promise<void> {
  await db.insertInto('directory_batches').values({ seq, at }).execute();
}

/** Forgets batches, and what was removed in them, before `seq`. Phones that synced last before then start anew. */
export async function forgetBatchesBefore(db: Kysely<Tables>, seq: number): Promise<void> {
  await db.deleteFrom('directory_batches').where('seq', '<', seq).execute();
  for (const directory of await listDirectories(db)) {
    await db.deleteFrom('directory_entries').where('directory_id', '=', directory.id).where('seq', '<', seq).where('is_removed', '=', sql.lit(1)).execute();
  }
}

// Work: numbers to render again ------------------------------------------------------------------------------------------

/** Numbers to render next, the lowest first. */
export async function listWork(db: Kysely<Tables>, directoryId: number, limit: number): Promise<number[]> {
  const rows = await db.selectFrom('directory_work').select('digits').where('directory_id', '=', directoryId).orderBy('digits').limit(limit).execute();
  return rows.map((row) => row.digits);
}

/** Takes the numbers up to `digits` off the list of work. */
export async function deleteWork(db: Kysely<Tables>, directoryId: number, digits: number): Promise<void> {
  await db.deleteFrom('directory_work').where('directory_id', '=', directoryId).where('digits', '<=', digits).execute();
}

export const anyWork = hotRead<object>()((db) => db.selectFrom('directory_work').select('directory_id').limit(1));

/** Everything the owners had when they were last published becomes work, for every directory. */
export async function addWorkOfSources(db: Kysely<Tables>, ownerIds: readonly string[]): Promise<void> {
  await db
    .insertInto('directory_work')
    .columns(['directory_id', 'digits'])
    .expression(
      db
        .selectFrom('directory_sources')
        .crossJoin('directories')
        .select(['directories.id', 'directory_sources.digits'])
        .where('directory_sources.owner_id', 'in', ownerIds)
        .where('directories.state', '!=', 'dropped'),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Everything the contacts of companies had becomes work, because their labels name the company. */
export async function addWorkOfCompanies(db: Kysely<Tables>, companyIds: readonly string[]): Promise<void> {
  await db
    .insertInto('directory_work')
    .columns(['directory_id', 'digits'])
    .expression(
      db
        .selectFrom('contacts')
        .innerJoin('directory_sources', 'directory_sources.owner_id', 'contacts.id')
        .crossJoin('directories')
        .select(['directories.id', 'directory_sources.digits'])
        .where('contacts.company_id', 'in', companyIds)
        .where('directories.state', '!=', 'dropped'),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Everything the owners had becomes work of one directory. */
export async function addWorkOfOwners(db: Kysely<Tables>, directoryId: number, ownerIds: readonly string[]): Promise<void> {
  await db
    .insertInto('directory_work')
    .columns(['directory_id', 'digits'])
    .expression(
      db
        .selectFrom('directory_sources')
        .select([sql.lit(directoryId).as('directory_id'), 'digits'])
        .where('owner_id', 'in', ownerIds),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Everything in one directory becomes work. */
export async function addWorkOfDirectory(db: Kysely<Tables>, directoryId: number): Promise<void> {
  await db
    .insertInto('directory_work')
    .columns(['directory_id', 'digits'])
    .expression(db.selectFrom('directory_entries').select(['directory_id', 'digits']).where('directory_id', '=', directoryId).where('is_removed', '=', 0))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

// E.164 text to the number phones sort by.
const digitsOf = sql<number>`cast(substr(phone_numbers.e164, 2) as integer)`;

/** Makes what is remembered of the owners' numbers what it is now. */
export async function refreshSources(db: Kysely<Tables>, ownerKind: 'contact' | 'company', ownerIds: readonly string[]): Promise<void> {
  await db.deleteFrom('directory_sources').where('owner_id', 'in', ownerIds).execute();
  await db
    .insertInto('directory_sources')
    .columns(['owner_id', 'digits'])
    .expression(
      db
        .selectFrom('phone_numbers')
        .select(['owner_id', digitsOf.as('digits')])
        .where('owner_kind', '=', ownerKind)
        .where('owner_id', 'in', ownerIds)
        .where('e164', 'is not', null),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Notes everybody who has one of the numbers now, whether they are on a phone or not: a label counts them all. */
export async function rememberOwners(db: Kysely<Tables>, e164s: readonly string[]): Promise<void> {
  await db
    .insertInto('directory_sources')
    .columns(['owner_id', 'digits'])
    .expression(
      db
        .selectFrom('phone_numbers')
        .select(['owner_id', digitsOf.as('digits')])
        .where('e164', 'in', e164s),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

// The first build: collecting --------------------------------------------------------------------------------------------

/** The end of the next stretch of all numbers after `id`; undefined when there are no more. */
export async function findStretchOfNumbers(db: Kysely<Tables>, after: number, length: number): Promise<number | undefined> {
  const rows = await db.selectFrom('phone_numbers').select('id').where('id', '>', after).orderBy('id').limit(length).execute();
  return rows.at(-1)?.id;
}

/** The next members of a list after a contact's id. */
export async function listStretchOfMembers(db: Kysely<Tables>, listId: string, page: { readonly after: string; readonly length: number }): Promise<string[]> {
  const rows = await db
    .selectFrom('list_members')
    .select('contact_id')
    .where('list_id', '=', listId)
    .where('contact_id', '>', page.after)
    .orderBy('contact_id')
    .limit(page.length)
    .execute();
  return rows.map((row) => row.contact_id);
}

/** Numbers stored between two ids become work of a directory, and their owners' are remembered. How many are new. */
export async function collectNumbers(db: Kysely<Tables>, directoryId: number, range: { readonly after: number; readonly upTo: number }): Promise<number> {
  const numbers = db.selectFrom('phone_numbers').where('id', '>', range.after).where('id', '<=', range.upTo).where('e164', 'is not', null);
  await db
    .insertInto('directory_sources')
    .columns(['owner_id', 'digits'])
    .expression(numbers.select(['owner_id', digitsOf.as('digits')]))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const added = await db
    .insertInto('directory_work')
    .columns(['directory_id', 'digits'])
    .expression(numbers.select([sql.lit(directoryId).as('directory_id'), digitsOf.as('digits')]))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0);
}

/** The numbers of contacts become work of a directory. How many are new. */
export async function collectContacts(db: Kysely<Tables>, directoryId: number, contactIds: readonly string[]): Promise<number> {
  await refreshSources(db, 'contact', contactIds);
  const added = await db
    .insertInto('directory_work')
    .columns(['directory_id', 'digits'])
    .expression(
      db
        .selectFrom('directory_sources')
        .select([sql.lit(directoryId).as('directory_id'), 'digits'])
        .where('owner_id', 'in', contactIds),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0);
}

// Entries ------------------------------------------------------------------------------------------------------------------

/** `digits` is best of one of few lengths; see `statement-sizes.ts`. */
export function listEntries(db: Kysely<Tables>, directoryId: number, digits: readonly number[]) {
  return db.selectFrom('directory_entries').selectAll().where('directory_id', '=', directoryId).where('digits', 'in', digits).execute();
}

export async function putEntries(db: Kysely<Tables>, entries: readonly Insertable<DirectoryEntriesTable>[]): Promise<void> {
  for (const rows of inPowersOfTwo(entries)) {
    await db
      .insertInto('directory_entries')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['directory_id', 'digits']).doUpdateSet((entry) => ({
          label: entry.ref('excluded.label'),
          contact_id: entry.ref('excluded.contact_id'),
          seq: entry.ref('excluded.seq'),
          is_removed: entry.ref('excluded.is_removed'),
          kind: entry.ref('excluded.kind'),
        })),
      )
      .execute();
  }
}

/** The next numbers that are shown, ascending, after one. */
export async function listShownDigits(db: Kysely<Tables>, directoryId: number, page: { readonly after: number; readonly limit: number }): Promise<number[]> {
  const rows = await db
    .selectFrom('directory_entries')
    .select('digits')
    .where('directory_id', '=', directoryId)
    .where('digits', '>', page.after)
    .where('is_removed', '=', sql.lit(0))
    .orderBy('digits')
    .limit(page.limit)
    .execute();
  return rows.map((row) => row.digits);
}

interface PageOfEntries {
  readonly directoryId: number;
  readonly after: number;
  readonly limit: number;
}

/** The next numbers of a whole directory, ascending, up to a number. */
export const fullPage = hotRead<PageOfEntries & { upTo: number }>()((db, parameter) =>
  db
    .selectFrom('directory_entries')
    .select(['digits', 'label', 'contact_id', 'is_removed'])
    .where('directory_id', '=', parameter('directoryId'))
    .where('digits', '>', parameter('after'))
    .where('digits', '<=', parameter('upTo'))
    .where('is_removed', '=', 0)
    .orderBy('digits')
    .limit(parameter('limit')),
);

/** How many numbers changed after a batch, counted no further than the limit. */
export const countChanged = hotRead<{ directoryId: number; since: number; most: number }>()((db, parameter) =>
  db
    .selectFrom(
      db
        .selectFrom('directory_entries')
        .select('digits')
        .where('directory_id', '=', parameter('directoryId'))
        .where('seq', '>', parameter('since'))
        .limit(parameter('most'))
        .as('changed'),
    )
    .select((changed) => changed.fn.countAll<number>().as('count')),
);

/** The next of few changed numbers, ascending: found by batch, then sorted. */
export const fewChangedPage = hotRead<PageOfEntries & { since: number }>()((db, parameter) =>
  db
    .selectFrom('directory_entries')
    .select(['digits', 'label', 'contact_id', 'is_removed'])
    .where('directory_id', '=', parameter('directoryId'))
    .where('seq', '>', parameter('since'))
    // The signs keep the database from walking all numbers in their order instead of the changed ones.
    .where(sql<boolean>`+digits > ${parameter('after')}`)
    .orderBy(sql`+digits`)
    .limit(parameter('limit')),
);

/** The next of very many changed numbers, ascending: all numbers in their order, the unchanged ones left out. */
export const manyChangedPage = hotRead<PageOfEntries & { since: number }>()((db, parameter) =>
  db
    .selectFrom('directory_entries')
    .select(['digits', 'label', 'contact_id', 'is_removed'])
    .where('directory_id', '=', parameter('directoryId'))
    .where('digits', '>', parameter('after'))
    // As above, the other way round.
    .where(sql<boolean>`+seq > ${parameter('since')}`)
    .orderBy('digits')
    .limit(parameter('limit')),
);
