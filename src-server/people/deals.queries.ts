import type { ExpressionBuilder, Insertable, Kysely, Updateable } from 'kysely';
import type { DealsTable, Tables } from '../database/tables.ts';
import { hotRead } from '../database/hot-reads.ts';

interface PageParameters {
  readonly at: string;
  readonly id: string;
  readonly limit: number;
}

function deals(db: Kysely<Tables>) {
  return db.selectFrom('deals').leftJoin('companies', 'companies.id', 'deals.company_id').selectAll('deals').select('companies.name as company_name');
}
export type DealRow = Awaited<ReturnType<ReturnType<typeof deals>['execute']>>[number];

/** All deals, the most recently changed first. */
export const recentDeals = hotRead<PageParameters>()((db, parameter) =>
  deals(db)
    .where((deal: ExpressionBuilder<Tables, 'deals'>) => deal(deal.refTuple('deals.updated_at', 'deals.id'), '<', deal.tuple(parameter('at'), parameter('id'))))
    .orderBy('deals.updated_at', 'desc')
    .orderBy('deals.id', 'desc')
    .limit(parameter('limit')),
);

/** The deals of a company, open ones first, then the most recently changed. A company has few, so they are one page of at most 200. */
export const dealsOfCompany = hotRead<{ companyId: string }>()((db, parameter) =>
  deals(db).where('deals.company_id', '=', parameter('companyId')).orderBy('deals.is_open', 'desc').limit(200),
);

/** The deals of a contact. */
export const dealsOfContact = hotRead<{ contactId: string }>()((db, parameter) =>
  deals(db)
    .innerJoin('deal_contacts', 'deal_contacts.deal_id', 'deals.id')
    .where('deal_contacts.contact_id', '=', parameter('contactId'))
    .orderBy('deal_contacts.deal_id', 'desc')
    .limit(200),
);

export function findDeal(db: Kysely<Tables>, id: string) {
  return deals(db).where('deals.id', '=', id).executeTakeFirst();
}

export function listDealContacts(db: Kysely<Tables>, dealIds: readonly string[]) {
  return db.selectFrom('deal_contacts').selectAll().where('deal_id', 'in', dealIds).orderBy('contact_id').execute();
}

export async function insertDeal(db: Kysely<Tables>, row: Insertable<DealsTable>): Promise<void> {
  await db.insertInto('deals').values(row).execute();
}

export async function updateDeal(db: Kysely<Tables>, id: string, patch: Updateable<DealsTable>): Promise<void> {
  await db.updateTable('deals').set(patch).where('id', '=', id).execute();
}

export async function deleteDeal(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('deals').where('id', '=', id).execute();
}

export async function insertDealContacts(db: Kysely<Tables>, dealId: string, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await db
    .insertInto('deal_contacts')
    .values(contactIds.map((contact_id) => ({ deal_id: dealId, contact_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteDealContacts(db: Kysely<Tables>, dealId: string): Promise<void> {
  await db.deleteFrom('deal_contacts').where('deal_id', '=', dealId).execute();
}
