import { sql, type Insertable, type Kysely, type Selectable, type Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { CompaniesTable, Tables } from '../database/tables.ts';

export type CompanyRow = Selectable<CompaniesTable>;

interface PageParameters {
  readonly before: number;
  readonly limit: number;
}

/** All companies, the most recently active first. */
export const recentCompanies = hotRead<PageParameters>()((db, parameter) =>
  db
    .selectFrom('companies')
    .select(['id', 'name', 'domain', 'city', 'last_activity_at', 'activity_rank'])
    .where('activity_rank', '<', parameter('before'))
    .orderBy('activity_rank', 'desc')
    .limit(parameter('limit')),
);

/** As `foundContacts`. */
export const foundCompanies = hotRead<PageParameters & { match: string }>()((db, parameter) =>
  db
    .selectFrom('company_search')
    .crossJoin('companies')
    .select(['companies.id', 'companies.name', 'companies.domain', 'companies.city', 'companies.last_activity_at', 'companies.activity_rank'])
    .whereRef('companies.activity_rank', '=', 'company_search.rowid')
    // FTS5's own operator: the table stands for all its columns.
    .where(sql<boolean>`company_search match ${parameter('match')}`)
    .where('company_search.rowid', '<', parameter('before'))
    .orderBy('company_search.rowid', 'desc')
    .limit(parameter('limit')),
);

export function findCompany(db: Kysely<Tables>, id: string) {
  return db.selectFrom('companies').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The company of that name, the oldest if several have it. Letter case does not matter. */
export function findCompanyNamed(db: Kysely<Tables>, name: string) {
  return db
    .selectFrom('companies')
    .select(['id', 'name'])
    .where('name', '=', sql<string>`${name} collate nocase`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

export async function insertCompany(db: Kysely<Tables>, row: Insertable<CompaniesTable>): Promise<void> {
  await db.insertInto('companies').values(row).execute();
}

export async function updateCompany(db: Kysely<Tables>, id: string, patch: Updateable<CompaniesTable>): Promise<void> {
  await db.updateTable('companies').set(patch).where('id', '=', id).execute();
}

export async function deleteCompany(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('companies').where('id', '=', id).execute();
}

export async function countContactsOf(db: Kysely<Tables>, companyId: string): Promise<number> {
  const row = await db
    .selectFrom('contacts')
    .select((contacts) => contacts.fn.countAll<number>().as('count'))
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The next contacts of a company by rank; a contact that moves up meanwhile is met again. */
export function listContactsOf(db: Kysely<Tables>, page: { readonly companyId: string; readonly after: number; readonly limit: number }) {
  return db
    .selectFrom('contacts')
    .select(['id', 'country', 'activity_rank'])
    .where('company_id', '=', page.companyId)
    .where('activity_rank', '>', page.after)
    .orderBy('activity_rank')
    .limit(page.limit)
    .execute();
}

export async function detachFromCompany(db: Kysely<Tables>, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await db.updateTable('contacts').set({ company_id: null }).where('id', 'in', contactIds).execute();
}

export async function forgetCompanyInEngagements(db: Kysely<Tables>, companyId: string): Promise<void> {
  await db.deleteFrom('engagements').where('company_id', '=', companyId).where('ticket_id', 'is', null).where('contact_id', 'is', null).execute();
  await db.updateTable('engagements').set({ company_id: null }).where('company_id', '=', companyId).execute();
}
