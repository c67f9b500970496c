import { sql, type Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { Tables } from '../database/tables.ts';

interface PageParameters {
  readonly before: number;
  readonly limit: number;
}

const summaryColumns = ['contacts.id', 'contacts.first_name', 'contacts.last_name', 'contacts.activity_rank', 'companies.name as company_name'] as const;

/** People phones may know, the most recently active first. */
export const recentPeople = hotRead<PageParameters>()((db, parameter) =>
  db
    .selectFrom('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select(summaryColumns)
    .where('contacts.activity_rank', '<', parameter('before'))
    .where('contacts.publish_to_phones', '=', sql.lit(1))
    .orderBy('contacts.activity_rank', 'desc')
    .limit(parameter('limit')),
);

/** Those of them that match. The cross join keeps the index in the lead, whose descending rowids are the order wanted. */
export const foundPeople = hotRead<PageParameters & { match: string }>()((db, parameter) =>
  db
    .selectFrom('contact_search')
    .crossJoin('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select(summaryColumns)
    .whereRef('contacts.activity_rank', '=', 'contact_search.rowid')
    // FTS5's own operator: the table stands for all its columns.
    .where(sql<boolean>`contact_search match ${parameter('match')}`)
    .where('contact_search.rowid', '<', parameter('before'))
    .where('contacts.publish_to_phones', '=', sql.lit(1))
    .orderBy('contact_search.rowid', 'desc')
    .limit(parameter('limit')),
);

export function findPerson(db: Kysely<Tables>, id: string) {
  return db
    .selectFrom('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select(['contacts.id', 'first_name', 'last_name', 'job_title', 'company_id', 'companies.name as company_name'])
    .where('contacts.id', '=', id)
    .where('publish_to_phones', '=', 1)
    .executeTakeFirst();
}

export function listOpenTickets(db: Kysely<Tables>, contactId: string) {
  return db
    .selectFrom('tickets')
    .select(['id', 'number', 'subject'])
    .where('contact_id', '=', contactId)
    .where('is_open', '=', 1)
    .orderBy('last_public_at', 'desc')
    .limit(10)
    .execute();
}

export function findOpenDeal(db: Kysely<Tables>, contactId: string) {
  return db
    .selectFrom('deal_contacts')
    .innerJoin('deals', 'deals.id', 'deal_contacts.deal_id')
    .select(['deals.name', 'deals.amount', 'deals.currency'])
    .where('deal_contacts.contact_id', '=', contactId)
    .where('deals.is_open', '=', 1)
    .orderBy('deals.updated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Which of the contacts phones may know. */
export function listPublic(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('contacts').select(['id', 'first_name', 'last_name']).where('id', 'in', ids).where('publish_to_phones', '=', 1).execute();
}
