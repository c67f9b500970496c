import { sql, type Insertable, type Kysely, type Selectable, type Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import { insertAndReturn, insertMany } from '../database/insert-many.ts';
import { steadyList } from '../database/steady-list.ts';
import type { NumberKeysTable, PhoneNumbersTable, Tables } from '../database/tables.ts';

export type NumberRow = Selectable<PhoneNumbersTable>;
export type NewNumberRow = Insertable<PhoneNumbersTable>;
export type NumberChange = Updateable<PhoneNumbersTable>;

export function listNumbersOf(db: Kysely<Tables>, ownerKind: string, ownerIds: readonly string[]): Promise<NumberRow[]> {
  return db.selectFrom('phone_numbers').selectAll().where('owner_kind', '=', ownerKind).where('owner_id', 'in', steadyList(ownerIds)).execute();
}

export function findNumber(db: Kysely<Tables>, id: number): Promise<NumberRow | undefined> {
  return db.selectFrom('phone_numbers').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findNumberAt(db: Kysely<Tables>, at: Pick<NumberRow, 'owner_kind' | 'owner_id' | 'field' | 'position'>): Promise<NumberRow | undefined> {
  return db
    .selectFrom('phone_numbers')
    .selectAll()
    .where('owner_kind', '=', at.owner_kind)
    .where('owner_id', '=', at.owner_id)
    .where('field', '=', at.field)
    .where('position', '=', at.position)
    .executeTakeFirst();
}

/** The ids that the rows got, in no certain order, with what tells the rows apart. */
export async function insertNumbers(
  db: Kysely<Tables>,
  rows: readonly NewNumberRow[],
): Promise<Pick<NumberRow, 'id' | 'owner_kind' | 'owner_id' | 'field' | 'position'>[]> {
  const inserted = await insertAndReturn(db, 'phone_numbers', { rows, returning: ['id', 'owner_kind', 'owner_id', 'field', 'position'] });
  return inserted as Pick<NumberRow, 'id' | 'owner_kind' | 'owner_id' | 'field' | 'position'>[]; // The columns just named.
}

export async function updateNumber(db: Kysely<Tables>, id: number, change: NumberChange): Promise<void> {
  await db.updateTable('phone_numbers').set(change).where('id', '=', id).execute();
}

/** Their keys go with them. */
export async function deleteNumbers(db: Kysely<Tables>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('phone_numbers').where('id', 'in', steadyList(ids)).execute();
}

/** Two forms of one number may share a key; it is kept once. */
export async function insertKeys(db: Kysely<Tables>, rows: readonly Insertable<NumberKeysTable>[]): Promise<void> {
  await insertMany(db, 'number_keys', { rows, onConflict: 'ignore' });
}

export async function deleteKeysOf(db: Kysely<Tables>, numberIds: readonly number[]): Promise<void> {
  if (numberIds.length === 0) return;
  await db.deleteFrom('number_keys').where('number_id', 'in', steadyList(numberIds)).execute();
}

/** Takes the pin away from whoever holds the number. */
export async function unpinNumber(db: Kysely<Tables>, e164: string): Promise<void> {
  await db.updateTable('phone_numbers').set({ is_primary: 0 }).where('e164', '=', e164).where('is_primary', '=', 1).execute();
}

/** Unreadable numbers with the names of their owners, oldest first. */
export const unreadableNumbers = hotRead<{ after: number; limit: number }>()((db, parameter) =>
  db
    .selectFrom('phone_numbers')
    .leftJoin('contacts', (join) => join.onRef('contacts.id', '=', 'phone_numbers.owner_id').on('phone_numbers.owner_kind', '=', 'contact'))
    .leftJoin('companies', (join) => join.onRef('companies.id', '=', 'phone_numbers.owner_id').on('phone_numbers.owner_kind', '=', 'company'))
    .selectAll('phone_numbers')
    .select(['contacts.first_name', 'contacts.last_name', 'contacts.email', 'companies.name as company_name'])
    // A literal, because the index holds unreadable numbers only.
    .where('phone_numbers.kind', '=', sql.lit('unreadable'))
    .where('phone_numbers.id', '>', parameter('after'))
    .orderBy('phone_numbers.id')
    .limit(parameter('limit')),
);

/** How many numbers can't be read; counts no further than `most`. */
export async function countUnreadable(db: Kysely<Tables>, most: number): Promise<number> {
  const row = await db
    .selectFrom(db.selectFrom('phone_numbers').select('id').where('kind', '=', sql.lit('unreadable')).limit(most).as('some'))
    .select((some) => some.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Numbers with ids after `after`, whatever rules they were read with. */
export function listNumbersAfter(db: Kysely<Tables>, page: { readonly after: number; readonly limit: number }): Promise<NumberRow[]> {
  return db.selectFrom('phone_numbers').selectAll().where('id', '>', page.after).orderBy('id').limit(page.limit).execute();
}
