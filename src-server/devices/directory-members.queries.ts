import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { inPowersOfTwo } from './statement-sizes.ts';

/** A contact that may be on phones, with its place by activity: the higher, the more recent. */
export interface RankedContact {
  readonly id: string;
  readonly rank: number;
}

/** Contacts that phones may show: published, with a name and a number that can ring. Others take up no place. */
function presentable(db: Kysely<Tables>) {
  return whoCanBeShown(db.selectFrom('contacts'));
}

function whoCanBeShown(contacts: SelectQueryBuilder<Tables, 'contacts', object>) {
  return contacts
    .select(['contacts.id', 'contacts.activity_rank as rank'])
    .where('contacts.publish_to_phones', '=', sql.lit(1))
    .where((contact) => contact.or([contact('contacts.first_name', '!=', ''), contact('contacts.last_name', '!=', '')]))
    .where((contact) =>
      contact.exists(
        contact
          .selectFrom('phone_numbers')
          .select('phone_numbers.id')
          .where('phone_numbers.owner_kind', '=', sql.lit('contact'))
          .whereRef('phone_numbers.owner_id', '=', 'contacts.id')
          .where('phone_numbers.e164', 'is not', null),
      ),
    );
}

/** Those of the contacts that phones may show and that are in one of the lists; null for everybody. */
export function listPresentableOf(db: Kysely<Tables>, ids: readonly string[], listIds: readonly string[] | null) {
  return presentable(db)
    .where('contacts.id', 'in', ids)
    .$if(listIds !== null, (contacts) =>
      contacts.where((contact) =>
        contact.exists(
          contact
            .selectFrom('list_members')
            .select('list_members.list_id')
            .whereRef('list_members.contact_id', '=', 'contacts.id')
            .where('list_members.list_id', 'in', listIds?.length === 0 ? [''] : (listIds ?? [''])),
        ),
      ),
    );
}

/** A stretch of everybody by activity: below one rank, down to another one. */
export interface RankStretch {
  readonly below: number;
  readonly from: number;
}

/** The rank that ends the next stretch of `length` contacts below a rank; none when fewer are left. */
export function endOfStretch(db: Kysely<Tables>, below: number, length: number) {
  return db
    .selectFrom('contacts')
    .select('activity_rank as rank')
    .where('activity_rank', '<', below)
    .orderBy('activity_rank', 'desc')
    .limit(1)
    .offset(length - 1);
}

/** Those of a stretch that phones may show, the most recent first. Read along the index of ranks. */
export function presentableWithin(db: Kysely<Tables>, { below, from }: RankStretch, limit: number) {
  return presentable(db)
    .where('contacts.activity_rank', '<', below)
    .where('contacts.activity_rank', '>=', from)
    .orderBy('contacts.activity_rank', 'desc')
    .limit(limit);
}

/** How many contacts there are, counted no further than `limit`. */
export function countEverybody(db: Kysely<Tables>, limit: number) {
  return counted(db, db.selectFrom('contacts').select('search_id').limit(limit));
}

/** Where counting ends: how many contacts are looked at, and how many are found among them. */
export interface CountLimits {
  readonly among: number;
  readonly limit: number;
}

// The first of the contacts stand in for the table by its name, so that one condition serves both.
function mostRecent(db: Kysely<Tables>, among: number) {
  return db.selectFrom(db.selectFrom('contacts').selectAll().orderBy('activity_rank', 'desc').limit(among).as('contacts'));
}

/** How many of the most recent of everybody phones may show, and the rank of the least recent one that was counted. */
export function countPresentable(db: Kysely<Tables>, { among, limit }: CountLimits) {
  const shown = whoCanBeShown(mostRecent(db, among)).limit(limit);
  return db.selectFrom(shown.as('some')).select((row) => [row.fn.countAll<number>().as('count'), row.fn.min<number | null>('some.rank').as('lowestRank')]);
}

/** How many of the most recent `among` of everybody are kept off the phones by their switch. */
export function countKeptOff(db: Kysely<Tables>, among: number) {
  return counted(db, mostRecent(db, among).select('contacts.id').where('contacts.publish_to_phones', '=', sql.lit(0)));
}

/** When the contact of a rank was active last. */
export function activityAtRank(db: Kysely<Tables>, rank: number) {
  return db.selectFrom('contacts').select('last_activity_at').where('activity_rank', '=', rank);
}

function firstInLists(db: Kysely<Tables>, listIds: readonly string[], limit: number) {
  return db.selectFrom('list_members').select('contact_id').distinct().where('list_id', 'in', listIds).limit(limit);
}

/** How many contacts are in any of the lists, counted no further than `limit`. */
export function countInLists(db: Kysely<Tables>, listIds: readonly string[], limit: number) {
  return counted(db, firstInLists(db, listIds, limit));
}

/** How many of the first of them phones may show. */
export function countPresentableInLists(db: Kysely<Tables>, listIds: readonly string[], { among, limit }: CountLimits) {
  return counted(
    db,
    presentable(db)
      .where('contacts.id', 'in', firstInLists(db, listIds, among))
      .limit(limit),
  );
}

/** How many of the first `among` of them are kept off the phones by their switch. */
export function countKeptOffInLists(db: Kysely<Tables>, listIds: readonly string[], among: number) {
  const keptOff = db.selectFrom('contacts').select('contacts.id').where('contacts.publish_to_phones', '=', sql.lit(0));
  return counted(db, keptOff.where('contacts.id', 'in', firstInLists(db, listIds, among)));
}

function counted(db: Kysely<Tables>, rows: SelectQueryBuilder<Tables, never, object>) {
  return db.selectFrom(rows.as('some')).select((row) => row.fn.countAll<number>().as('count'));
}

/** What is kept of the contacts in a directory. */
export function listMembersAmong(db: Kysely<Tables>, directoryId: number, contactIds: readonly string[]) {
  return db.selectFrom('directory_members').selectAll().where('directory_id', '=', directoryId).where('contact_id', 'in', contactIds).execute();
}

export async function deleteMembersAmong(db: Kysely<Tables>, directoryId: number, contactIds: readonly string[]): Promise<void> {
  await db.deleteFrom('directory_members').where('directory_id', '=', directoryId).where('contact_id', 'in', contactIds).execute();
}

export async function putMembers(db: Kysely<Tables>, directoryId: number, members: readonly (RankedContact & { readonly isInside: boolean })[]): Promise<void> {
  for (const part of inPowersOfTwo(members)) {
    await db
      .insertInto('directory_members')
      .values(part.map((member) => ({ directory_id: directoryId, contact_id: member.id, rank: member.rank, is_inside: member.isInside ? 1 : 0 })))
      .onConflict((conflict) =>
        conflict.columns(['directory_id', 'contact_id']).doUpdateSet((row) => ({ rank: row.ref('excluded.rank'), is_inside: row.ref('excluded.is_inside') })),
      )
      .execute();
  }
}

/** The least recent of those inside, or the most recent of those beyond the cap. */
export function rankedMembers(db: Kysely<Tables>, directoryId: number, { isInside, limit }: { readonly isInside: boolean; readonly limit: number }) {
  return db
    .selectFrom('directory_members')
    .select(['contact_id as id', 'rank'])
    .where('directory_id', '=', directoryId)
    .where('is_inside', '=', isInside ? 1 : 0)
    .orderBy('rank', isInside ? 'asc' : 'desc')
    .limit(limit);
}
