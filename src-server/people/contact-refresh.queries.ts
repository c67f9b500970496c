import type { Kysely } from 'kysely';
import { steadyList } from '../database/steady-list.ts';
import type { Tables } from '../database/tables.ts';

/** Everything search and list filters know of some contacts. */
export function listContactFacts(db: Kysely<Tables>, ids: readonly string[]) {
  return db
    .selectFrom('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .selectAll('contacts')
    .select(['companies.name as company_name', 'companies.domain as company_domain'])
    .where('contacts.id', 'in', steadyList(ids))
    .execute();
}
export type ContactFacts = Awaited<ReturnType<typeof listContactFacts>>[number];

export function listOwnersNumbers(db: Kysely<Tables>, ownerKind: 'contact' | 'company', ids: readonly string[]) {
  return db
    .selectFrom('phone_numbers')
    .select(['owner_id', 'field', 'raw', 'e164'])
    .where('owner_kind', '=', ownerKind)
    .where('owner_id', 'in', steadyList(ids))
    .execute();
}

export function listActiveLists(db: Kysely<Tables>) {
  return db.selectFrom('lists').select(['id', 'filter']).where('kind', '=', 'active').where('filter', 'is not', null).execute();
}

export function listMemberships(db: Kysely<Tables>, contactIds: readonly string[]) {
  return db.selectFrom('list_members').select(['list_id', 'contact_id']).where('contact_id', 'in', steadyList(contactIds)).execute();
}

/** Adds contacts to a list and counts those that were not in it yet. */
export async function insertMembers(
  db: Kysely<Tables>,
  { listId, contactIds, at }: { readonly listId: string; readonly contactIds: readonly string[]; readonly at: string },
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const added = await db
    .insertInto('list_members')
    .values(contactIds.map((contact_id) => ({ list_id: listId, contact_id, added_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('contact_id')
    .execute();
  await countMembers(db, listId, added.length);
  return added.map((row) => row.contact_id);
}

/** Takes contacts out of a list; those that were in it. */
export async function deleteMembers(db: Kysely<Tables>, listId: string, contactIds: readonly string[]): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const removed = await db
    .deleteFrom('list_members')
    .where('list_id', '=', listId)
    .where('contact_id', 'in', steadyList(contactIds))
    .returning('contact_id')
    .execute();
  await countMembers(db, listId, -removed.length);
  return removed.map((row) => row.contact_id);
}

async function countMembers(db: Kysely<Tables>, listId: string, difference: number): Promise<void> {
  if (difference === 0) return;
  await db
    .updateTable('lists')
    .set((list) => ({ member_count: list('member_count', '+', difference) }))
    .where('id', '=', listId)
    .execute();
}
