import type { Insertable, Kysely } from 'kysely';
import { insertMany } from '../database/insert-many.ts';
import type { CompaniesTable, ContactsTable, DealContactsTable, DealsTable, PropertyValuesTable, Tables } from '../database/tables.ts';

// Many rows at once, for imports. A statement takes at most 32,766 values, so callers hand over a few hundred rows.

export async function insertContacts(db: Kysely<Tables>, rows: readonly Insertable<ContactsTable>[]): Promise<void> {
  await insertMany(db, 'contacts', { rows });
}

export async function insertCompanies(db: Kysely<Tables>, rows: readonly Insertable<CompaniesTable>[]): Promise<void> {
  await insertMany(db, 'companies', { rows });
}

/** Values of records that are new, so that none has one yet. */
export async function insertPropertyValues(db: Kysely<Tables>, rows: readonly Insertable<PropertyValuesTable>[]): Promise<void> {
  await insertMany(db, 'property_values', { rows });
}

export async function savePropertyValues(db: Kysely<Tables>, rows: readonly Insertable<PropertyValuesTable>[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('property_values')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['record_id', 'property_id']).doUpdateSet((value) => ({ value: value.ref('excluded.value') })))
    .execute();
}

export async function deletePropertyValues(db: Kysely<Tables>, recordId: string, propertyIds: readonly string[]): Promise<void> {
  await db.deleteFrom('property_values').where('record_id', '=', recordId).where('property_id', 'in', propertyIds).execute();
}

export function listRanks(db: Kysely<Tables>, table: 'contacts' | 'companies', ids: readonly string[]) {
  return db.selectFrom(table).select(['id', 'activity_rank']).where('id', 'in', ids).execute();
}

export function listMembershipsOf(db: Kysely<Tables>, contactIds: readonly string[]) {
  return db.selectFrom('list_members').select(['list_id', 'contact_id']).where('contact_id', 'in', contactIds).execute();
}

export async function deleteContacts(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('contacts').where('id', 'in', ids).execute();
}

export async function deleteCompanies(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('companies').where('id', 'in', ids).execute();
}

export async function deleteDeals(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('deals').where('id', 'in', ids).execute();
}

export async function deletePropertyValuesOf(db: Kysely<Tables>, recordIds: readonly string[]): Promise<void> {
  await db.deleteFrom('property_values').where('record_id', 'in', recordIds).execute();
}

export async function deleteEngagementsOfTickets(db: Kysely<Tables>, ticketIds: readonly string[]): Promise<void> {
  await db.deleteFrom('engagements').where('ticket_id', 'in', ticketIds).execute();
}

export async function deleteEngagementsOf(db: Kysely<Tables>, column: 'contact_id' | 'company_id', ids: readonly string[]): Promise<void> {
  const other = column === 'contact_id' ? 'company_id' : 'contact_id';
  await db.deleteFrom('engagements').where(column, 'in', ids).where('ticket_id', 'is', null).where(other, 'is', null).execute();
  await db
    .updateTable('engagements')
    .set({ [column]: null })
    .where(column, 'in', ids)
    .execute();
}

export async function setOwner(
  db: Kysely<Tables>,
  table: 'contacts' | 'companies',
  change: { readonly id: string; readonly agentId: string | null },
): Promise<void> {
  await db.updateTable(table).set({ owner_agent_id: change.agentId }).where('id', '=', change.id).execute();
}

export async function insertDeals(db: Kysely<Tables>, rows: readonly Insertable<DealsTable>[]): Promise<void> {
  await insertMany(db, 'deals', { rows });
}

export async function insertContactsOfDeals(db: Kysely<Tables>, rows: readonly Insertable<DealContactsTable>[]): Promise<void> {
  await insertMany(db, 'deal_contacts', { rows, onConflict: 'ignore' });
}

/** Puts contacts into a company that came after them, unless they are in one already. */
export async function joinCompany(db: Kysely<Tables>, contactIds: readonly string[], companyId: string): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const moved = await db
    .updateTable('contacts')
    .set({ company_id: companyId })
    .where('id', 'in', contactIds)
    .where('company_id', 'is', null)
    .returning('id')
    .execute();
  return moved.map((row) => row.id);
}

export async function giveDealsCompany(db: Kysely<Tables>, dealIds: readonly string[], companyId: string): Promise<void> {
  if (dealIds.length === 0) return;
  await db.updateTable('deals').set({ company_id: companyId }).where('id', 'in', dealIds).where('company_id', 'is', null).execute();
}
