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

/** How many of everybody phones may show, among the most recent `limit`. */
export function countPresentable(db: Kysely<Tables>, limit: number) {
  const first = db.selectFrom('contacts').selectAll().orderBy('activity_rank', 'desc').limit(limit);
  // The first of the contacts stand in for the table by its name, so that one condition serves both.
  return counted(db, whoCanBeShown(db.selectFrom(first.as('contacts'))));
}

/** How many contacts are in any of the lists, counted no further than `limit`. */
export function countInLists(db: Kysely<Tables>, listIds: readonly string[], limit: number) {
  return counted(db, db.selectFrom('list_members').select('contact_id').distinct().where('list_id', 'in', listIds).limit(limit));
}

/** How many of them phones may show. */
export function countPresentableInLists(db: Kysely<Tables>, listIds: readonly string[], limit: number) {
  const members = db.selectFrom('list_members').select('contact_id').distinct().where('list_id', 'in', listIds).limit(limit);
  return counted(db, presentable(db).where('contacts.id', 'in', members));
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
