import { sql, type Insertable, type Kysely, type Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { ContactsTable, Tables } from '../database/tables.ts';

function summaries(db: Kysely<Tables>) {
  return db
    .selectFrom('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select([
      'contacts.id',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'contacts.company_id',
      'companies.name as company_name',
      'contacts.last_activity_at',
      'contacts.activity_rank',
    ]);
}

interface PageParameters {
  readonly before: number;
  readonly limit: number;
}

/** All contacts, the most recently active first. */
export const recentContacts = hotRead<PageParameters>()((db, parameter) =>
  summaries(db).where('contacts.activity_rank', '<', parameter('before')).orderBy('contacts.activity_rank', 'desc').limit(parameter('limit')),
);

export const contactsOfCompany = hotRead<PageParameters & { companyId: string }>()((db, parameter) =>
  summaries(db)
    .where('contacts.company_id', '=', parameter('companyId'))
    .where('contacts.activity_rank', '<', parameter('before'))
    .orderBy('contacts.activity_rank', 'desc')
    .limit(parameter('limit')),
);

/**
 * What matches, the most recently active first: descending rowids of the index are that order, so only as many matches
 * are read as the page shows. The cross join keeps the index in the lead.
 */
export const foundContacts = hotRead<PageParameters & { match: string }>()((db, parameter) =>
  db
    .selectFrom('contact_search')
    .crossJoin('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select([
      'contacts.id',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'contacts.company_id',
      'companies.name as company_name',
      'contacts.last_activity_at',
      'contacts.activity_rank',
    ])
    .whereRef('contacts.activity_rank', '=', 'contact_search.rowid')
    // FTS5's own operator: the table stands for all its columns.
    .where(sql<boolean>`contact_search match ${parameter('match')}`)
    .where('contact_search.rowid', '<', parameter('before'))
    .orderBy('contact_search.rowid', 'desc')
    .limit(parameter('limit')),
);

export function findContact(db: Kysely<Tables>, id: string) {
  return db
    .selectFrom('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .selectAll('contacts')
    .select(['companies.name as company_name', 'companies.country as company_country'])
    .where('contacts.id', '=', id)
    .executeTakeFirst();
}
export type FoundContact = NonNullable<Awaited<ReturnType<typeof findContact>>>;

export function findByEmail(db: Kysely<Tables>, email: string) {
  return db.selectFrom('contacts').select(['id', 'first_name', 'last_name']).where('email', '=', email).executeTakeFirst();
}

export async function insertContact(db: Kysely<Tables>, row: Insertable<ContactsTable>): Promise<void> {
  await db.insertInto('contacts').values(row).execute();
}

export async function updateContact(db: Kysely<Tables>, id: string, patch: Updateable<ContactsTable>): Promise<void> {
  await db.updateTable('contacts').set(patch).where('id', '=', id).execute();
}

export async function deleteContact(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('contacts').where('id', '=', id).execute();
}

export function listListsOf(db: Kysely<Tables>, contactId: string) {
  return db
    .selectFrom('list_members')
    .innerJoin('lists', 'lists.id', 'list_members.list_id')
    .select(['lists.id', 'lists.name'])
    .where('list_members.contact_id', '=', contactId)
    .orderBy('lists.name')
    .execute();
}

export function listOpenDealsOf(db: Kysely<Tables>, contactId: string) {
  return db
    .selectFrom('deal_contacts')
    .innerJoin('deals', 'deals.id', 'deal_contacts.deal_id')
    .select(['deals.id', 'deals.name', 'deals.amount', 'deals.currency'])
    .where('deal_contacts.contact_id', '=', contactId)
    .where('deals.is_open', '=', 1)
    .orderBy('deals.updated_at', 'desc')
    .limit(50)
    .execute();
}

export function findMemberOf(db: Kysely<Tables>, contactId: string) {
  return db.selectFrom('members').select(['id', 'state']).where('contact_id', '=', contactId).executeTakeFirst();
}

export async function countOpenTickets(db: Kysely<Tables>, owner: { readonly column: 'contact_id' | 'company_id'; readonly id: string }): Promise<number> {
  const row = await db
    .selectFrom('tickets')
    .select((tickets) => tickets.fn.countAll<number>().as('count'))
    .where(owner.column, '=', owner.id)
    .where('is_open', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Keeps the entries of a contact that goes where they also belong to a ticket or company; forgets the others. */
export async function detachEngagements(db: Kysely<Tables>, contactId: string): Promise<void> {
  await db.deleteFrom('engagements').where('contact_id', '=', contactId).where('ticket_id', 'is', null).where('company_id', 'is', null).execute();
  await db.updateTable('engagements').set({ contact_id: null }).where('contact_id', '=', contactId).execute();
}

/** Forgets which row of a foreign system a record was, so that a later import may make it anew. */
export async function forgetExternalIds(db: Kysely<Tables>, recordId: string): Promise<void> {
  await db.deleteFrom('external_ids').where('record_id', '=', recordId).execute();
}
