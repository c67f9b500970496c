import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** Starts a walk, or starts it over. */
export async function saveRefresh(db: Kysely<Tables>, kind: string, targetId: string): Promise<void> {
  await db
    .insertInto('people_refresh')
    .values({ kind, target_id: targetId, reached: '' })
    .onConflict((conflict) => conflict.columns(['kind', 'target_id']).doUpdateSet({ reached: '' }))
    .execute();
}

export function findRefresh(db: Kysely<Tables>, kind: string, targetId: string) {
  return db.selectFrom('people_refresh').selectAll().where('kind', '=', kind).where('target_id', '=', targetId).executeTakeFirst();
}

export function findOldestRefresh(db: Kysely<Tables>) {
  return db.selectFrom('people_refresh').selectAll().orderBy('id').limit(1).executeTakeFirst();
}
export type RefreshRow = NonNullable<Awaited<ReturnType<typeof findOldestRefresh>>>;

export async function saveReached(db: Kysely<Tables>, id: number, reached: string): Promise<void> {
  await db.updateTable('people_refresh').set({ reached }).where('id', '=', id).execute();
}

export async function deleteRefresh(db: Kysely<Tables>, kind: string, targetId: string): Promise<void> {
  await db.deleteFrom('people_refresh').where('kind', '=', kind).where('target_id', '=', targetId).execute();
}

export function listRefreshTargets(db: Kysely<Tables>, kind: string) {
  return db.selectFrom('people_refresh').select('target_id').where('kind', '=', kind).execute();
}

/** The next contacts of all, by their row's key. */
export function listContactsAfter(db: Kysely<Tables>, after: number, limit: number) {
  return db.selectFrom('contacts').select(['search_id', 'id']).where('search_id', '>', after).orderBy('search_id').limit(limit).execute();
}

export function listMembersOf(db: Kysely<Tables>, listId: string, limit: number) {
  return db.selectFrom('list_members').select('contact_id').where('list_id', '=', listId).limit(limit).execute();
}

export async function deleteList(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('lists').where('id', '=', id).execute();
}
