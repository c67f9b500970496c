import { sql, type ExpressionBuilder, type Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { Tables } from '../database/tables.ts';

/** More owners of one number than this are not looked at one by one. */
export const mostOwners = 50;

function owners(db: Kysely<Tables>) {
  return db
    .selectFrom('number_keys')
    .innerJoin('phone_numbers', 'phone_numbers.id', 'number_keys.number_id')
    .leftJoin('contacts', (join) => join.onRef('contacts.id', '=', 'number_keys.owner_id').on('number_keys.owner_kind', '=', sql.lit('contact')))
    .leftJoin('companies as employer', 'employer.id', 'contacts.company_id')
    .leftJoin('companies', (join) => join.onRef('companies.id', '=', 'number_keys.owner_id').on('number_keys.owner_kind', '=', sql.lit('company')))
    .select([
      'phone_numbers.e164',
      'phone_numbers.field',
      'phone_numbers.is_primary',
      'phone_numbers.is_shared',
      'contacts.id as contact_id',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'contacts.owner_agent_id',
      'contacts.publish_to_phones',
      'contacts.last_activity_at',
      'employer.id as employer_id',
      'employer.name as employer_name',
      'companies.id as company_id',
      'companies.name as company_name',
    ])
    .limit(sql.lit(mostOwners));
}

/** Whether anybody has a number with this key: one seek in a narrow table, because most keys of a search are nobody's. */
export const keyInUse = hotRead<{ key: string }>()((db, parameter) =>
  db.selectFrom('number_keys').select('number_id').where('key', '=', parameter('key')).limit(1),
);

/** Who has a number with this key. One seek; the rest is read for what it finds only. */
export const ownersByKey = hotRead<{ key: string }>()((db, parameter) => owners(db).where('number_keys.key', '=', parameter('key')));

/** Who has a number with a key from `from` up to, without, `to`. */
export const ownersByRange = hotRead<{ from: string; to: string }>()((db, parameter) =>
  owners(db).where('number_keys.key', '>=', parameter('from')).where('number_keys.key', '<', parameter('to')),
);
export type OwnerRow = Awaited<ReturnType<ReturnType<typeof owners>['execute']>>[number];

// 'urgent' first; any word that is not known comes last.
const urgency = (ticket: ExpressionBuilder<Tables, 'tickets'>) =>
  ticket
    .case()
    .when('priority', '=', 'urgent')
    .then(3)
    .when('priority', '=', 'high')
    .then(2)
    .when('priority', '=', 'medium')
    .then(1)
    .else(0)
    .end()
    .as('urgency');

/** The contact's newest open tickets. */
export const openTicketsOfContact = hotRead<{ id: string; limit: number }>()((db, parameter) =>
  db
    .selectFrom('tickets')
    .select(['id', 'number', 'subject', 'last_activity_at'])
    .select(urgency)
    .where('contact_id', '=', parameter('id'))
    .where('is_open', '=', sql.lit(1))
    .orderBy('last_activity_at', 'desc')
    .orderBy('id', 'desc')
    .limit(parameter('limit')),
);

function ticketsOfCompany(db: Kysely<Tables>) {
  return db
    .selectFrom('tickets')
    .select(['tickets.id', 'tickets.number', 'tickets.subject'])
    .where('tickets.is_open', '=', sql.lit(1))
    .orderBy('tickets.last_activity_at', 'desc')
    .orderBy('tickets.id', 'desc');
}

export const openTicketsOfCompany = hotRead<{ id: string; limit: number }>()((db, parameter) =>
  ticketsOfCompany(db).where('tickets.company_id', '=', parameter('id')).limit(parameter('limit')),
);

/** The same without tickets of people phones may not know: a subject tells of them too. */
export const publicTicketsOfCompany = hotRead<{ id: string; limit: number }>()((db, parameter) =>
  ticketsOfCompany(db)
    .leftJoin('contacts', 'contacts.id', 'tickets.contact_id')
    .where('tickets.company_id', '=', parameter('id'))
    .where((ticket) => ticket.or([ticket('contacts.id', 'is', null), ticket('contacts.publish_to_phones', '=', sql.lit(1))]))
    .limit(parameter('limit')),
);

/** The contact's open deal that changed last, else their company's. */
export const openDealOfContact = hotRead<{ id: string; companyId: string }>()((db, parameter) =>
  db
    .selectFrom('deal_contacts')
    .innerJoin('deals', 'deals.id', 'deal_contacts.deal_id')
    .select(['deals.name', 'deals.amount', 'deals.currency', 'deals.updated_at', sql<number>`1`.as('is_own')])
    .where('deal_contacts.contact_id', '=', parameter('id'))
    .where('deals.is_open', '=', sql.lit(1))
    .unionAll(
      db
        .selectFrom('deals')
        .select(['name', 'amount', 'currency', 'updated_at', sql<number>`0`.as('is_own')])
        .where('company_id', '=', parameter('companyId'))
        .where('is_open', '=', sql.lit(1)),
    )
    .orderBy('is_own', 'desc')
    .orderBy('updated_at', 'desc')
    .limit(1),
);

export const openDealOfCompany = hotRead<{ id: string }>()((db, parameter) =>
  db
    .selectFrom('deals')
    .select(['name', 'amount', 'currency'])
    .where('company_id', '=', parameter('id'))
    .where('is_open', '=', sql.lit(1))
    .orderBy('updated_at', 'desc')
    .limit(1),
);

/** The newest calls with a contact since a day. */
export const recentCallsWith = hotRead<{ contactId: string; since: string }>()((db, parameter) =>
  db
    .selectFrom('calls')
    .select(['agent_id', 'e164', 'state', 'outcome', 'started_at'])
    .where('contact_id', '=', parameter('contactId'))
    .where('started_at', '>=', parameter('since'))
    .orderBy('started_at', 'desc')
    .limit(20),
);

// The sign keeps the database from walking all numbers of one kind of owner instead of seeking each number.
const byNumber = sql<string>`+phone_numbers.owner_kind`;

/** Everybody who has one of the numbers, and whether they are on the phone: in one of its lists, or inside its cap. */
export function ownersOfNumbers(
  db: Kysely<Tables>,
  e164s: readonly string[],
  { listIds, directoryId }: { readonly listIds: readonly string[] | null; readonly directoryId?: number },
) {
  return db
    .selectFrom('phone_numbers')
    .innerJoin('contacts', 'contacts.id', 'phone_numbers.owner_id')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select([
      'phone_numbers.e164',
      'phone_numbers.is_primary',
      'phone_numbers.is_shared',
      'contacts.id as contact_id',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.publish_to_phones',
      'contacts.last_activity_at',
      'companies.id as employer_id',
      'companies.name as employer_name',
    ])
    .select((contact) => {
      const memberships = contact
        .selectFrom('list_members')
        .select('list_members.list_id')
        .whereRef('list_members.contact_id', '=', 'contacts.id')
        .where('list_members.list_id', 'in', listIds?.length === 0 ? [''] : (listIds ?? ['']));
      const inside = contact
        .selectFrom('directory_members')
        .select('directory_members.contact_id')
        .whereRef('directory_members.contact_id', '=', 'contacts.id')
        .where('directory_members.directory_id', '=', directoryId ?? 0)
        .where('directory_members.is_inside', '=', 1);
      if (directoryId !== undefined) return sql<number>`${contact.exists(inside)}`.as('is_in_scope');
      return (listIds === null ? sql<number>`1` : sql<number>`${contact.exists(memberships)}`).as('is_in_scope');
    })
    .where('phone_numbers.e164', 'in', e164s)
    .where(byNumber, '=', 'contact');
}

export function companiesOfNumbers(db: Kysely<Tables>, e164s: readonly string[]) {
  return db
    .selectFrom('phone_numbers')
    .innerJoin('companies', 'companies.id', 'phone_numbers.owner_id')
    .select(['phone_numbers.e164', 'companies.id', 'companies.name'])
    .where('phone_numbers.e164', 'in', e164s)
    .where(byNumber, '=', 'company');
}
