import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import type { ListsTable, Tables } from '../database/tables.ts';

export type ListRow = Selectable<ListsTable>;

export function listListRows(db: Kysely<Tables>) {
  return db.selectFrom('lists').selectAll().where('kind', '!=', 'removed').orderBy('name').execute();
}

export function findList(db: Kysely<Tables>, id: string) {
  return db.selectFrom('lists').selectAll().where('id', '=', id).where('kind', '!=', 'removed').executeTakeFirst();
}

export function findListNamed(db: Kysely<Tables>, name: string) {
  return db.selectFrom('lists').select('id').where('name', '=', name).executeTakeFirst();
}

export async function insertList(db: Kysely<Tables>, row: Insertable<ListsTable>): Promise<void> {
  await db.insertInto('lists').values(row).execute();
}

export async function updateList(db: Kysely<Tables>, id: string, patch: Updateable<ListsTable>): Promise<void> {
  await db.updateTable('lists').set(patch).where('id', '=', id).execute();
}

/** Which of these contacts are there. */
export function listKnownContacts(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('contacts').select('id').where('id', 'in', ids).execute();
}

/** Phones that carry the contacts of a list. */
export function listPhonesWith(db: Kysely<Tables>, listId: string) {
  return db
    .selectFrom('device_lists')
    .innerJoin('devices', 'devices.id', 'device_lists.device_id')
    .select('devices.name')
    .where('device_lists.list_id', '=', listId)
    .where('devices.state', '=', 'active')
    .orderBy('devices.name')
    .limit(5)
    .execute();
}
