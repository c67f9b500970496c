import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import type { PropertiesTable, Tables } from '../database/tables.ts';

export type PropertyRow = Selectable<PropertiesTable>;

export function listPropertyRows(db: Kysely<Tables>, object?: string) {
  return db
    .selectFrom('properties')
    .selectAll()
    .$if(object !== undefined, (rows) => rows.where('object', '=', object ?? ''))
    .where('object', '!=', 'removed')
    .orderBy('object')
    .orderBy('name')
    .execute();
}

export function findProperty(db: Kysely<Tables>, id: string) {
  return db.selectFrom('properties').selectAll().where('id', '=', id).where('object', '!=', 'removed').executeTakeFirst();
}

export async function insertProperty(db: Kysely<Tables>, row: Insertable<PropertiesTable>): Promise<void> {
  await db.insertInto('properties').values(row).execute();
}

export async function updateProperty(db: Kysely<Tables>, id: string, patch: Updateable<PropertiesTable>): Promise<void> {
  await db.updateTable('properties').set(patch).where('id', '=', id).execute();
}

export async function deleteProperty(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('properties').where('id', '=', id).execute();
}

export async function hasValues(db: Kysely<Tables>, propertyId: string): Promise<boolean> {
  return (await db.selectFrom('property_values').select('record_id').where('property_id', '=', propertyId).limit(1).executeTakeFirst()) !== undefined;
}

/** Deletes at most `limit` values of a property; how many there were. */
export async function deleteSomeValues(db: Kysely<Tables>, propertyId: string, limit: number): Promise<number> {
  const rows = await db.selectFrom('property_values').select('record_id').where('property_id', '=', propertyId).limit(limit).execute();
  if (rows.length === 0) return 0;
  await db
    .deleteFrom('property_values')
    .where('property_id', '=', propertyId)
    .where(
      'record_id',
      'in',
      rows.map((row) => row.record_id),
    )
    .execute();
  return rows.length;
}

export function listValues(db: Kysely<Tables>, object: string, recordIds: readonly string[]) {
  return db
    .selectFrom('property_values')
    .innerJoin('properties', 'properties.id', 'property_values.property_id')
    .select(['property_values.record_id', 'properties.name', 'property_values.value'])
    .where('property_values.record_id', 'in', recordIds)
    .where('properties.object', '=', object)
    .execute();
}

export async function saveValue(db: Kysely<Tables>, row: { readonly property_id: string; readonly record_id: string; readonly value: string }): Promise<void> {
  await db
    .insertInto('property_values')
    .values(row)
    .onConflict((conflict) => conflict.columns(['record_id', 'property_id']).doUpdateSet({ value: row.value }))
    .execute();
}

export async function deleteValue(db: Kysely<Tables>, propertyId: string, recordId: string): Promise<void> {
  await db.deleteFrom('property_values').where('record_id', '=', recordId).where('property_id', '=', propertyId).execute();
}

export async function deleteValuesOf(db: Kysely<Tables>, recordId: string): Promise<void> {
  await db.deleteFrom('property_values').where('record_id', '=', recordId).execute();
}
