import { sql, type Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import { steadyList } from '../database/steady-list.ts';
import type { Tables } from '../database/tables.ts';

/** How many of those found first are looked at, so that no question walks through everybody. */
const mostLookedAt = sql.lit(2000);

/** What the directory of a source says of one number: one seek. */
export const listedNumber = hotRead<{ directoryId: number; digits: number }>()((db, parameter) =>
  db
    .selectFrom('directory_entries')
    .select(['label', 'contact_id', 'kind'])
    .where('directory_id', '=', parameter('directoryId'))
    .where('digits', '=', parameter('digits'))
    .where('is_removed', '=', sql.lit(0)),
);

/** Contacts found by words, the most recently active first. The cross join keeps the index in the lead. */
export const foundContacts = hotRead<{ match: string; limit: number }>()((db, parameter) =>
  db
    .selectFrom((found) =>
      found
        .selectFrom('contact_search')
        .crossJoin('contacts')
        .select(['contacts.id', 'contacts.publish_to_phones'])
        .whereRef('contacts.activity_rank', '=', 'contact_search.rowid')
        // FTS5's own operator; the table's name stands for all its columns.
        .where(sql<boolean>`contact_search match ${parameter('match')}`)
        .orderBy('contact_search.rowid', 'desc')
        .limit(mostLookedAt)
        .as('first'),
    )
    .select('id')
    .where('publish_to_phones', '=', sql.lit(1))
    .limit(parameter('limit')),
);

export const foundCompanies = hotRead<{ match: string; limit: number }>()((db, parameter) =>
  db
    .selectFrom('company_search')
    .crossJoin('companies')
    .select('companies.id')
    .whereRef('companies.activity_rank', '=', 'company_search.rowid')
    // As above.
    .where(sql<boolean>`company_search match ${parameter('match')}`)
    .orderBy('company_search.rowid', 'desc')
    .limit(parameter('limit')),
);

/** The most recently active contacts. */
export const recentContacts = hotRead<{ limit: number }>()((db, parameter) =>
  db
    .selectFrom((recent) => recent.selectFrom('contacts').select(['id', 'publish_to_phones']).orderBy('activity_rank', 'desc').limit(mostLookedAt).as('first'))
    .select('id')
    .where('publish_to_phones', '=', sql.lit(1))
    .limit(parameter('limit')),
);

/** Those of the contacts who may leave: published, and on one of the lists unless there are none to be on. */
export function listPublished(db: Kysely<Tables>, ids: readonly string[], listIds: readonly string[] | null) {
  return db
    .selectFrom('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select(['contacts.id', 'contacts.first_name', 'contacts.last_name', 'companies.name as company_name'])
    .where('contacts.id', 'in', steadyList(ids))
    .where('contacts.publish_to_phones', '=', 1)
    .$if(listIds !== null, (query) =>
      query.where((contact) =>
        contact.exists(
          contact
            .selectFrom('list_members')
            .select('list_members.list_id')
            .whereRef('list_members.contact_id', '=', 'contacts.id')
            .where('list_members.list_id', 'in', listIds ?? []),
        ),
      ),
    )
    .execute();
}

export function listCompanies(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('companies').select(['id', 'name']).where('id', 'in', steadyList(ids)).execute();
}

/** The numbers of contacts or companies that the directory lists, with whom it lists them for. */
export function listNumbers(db: Kysely<Tables>, directoryId: number, owners: { readonly kind: 'contact' | 'company'; readonly ids: readonly string[] }) {
  return db
    .selectFrom('phone_numbers')
    .innerJoin('directory_entries', (join) =>
      join
        .on('directory_entries.directory_id', '=', directoryId)
        .on('directory_entries.digits', '=', sql<number>`cast(substr(phone_numbers.e164, 2) as integer)`)
        .on('directory_entries.is_removed', '=', 0),
    )
    .select(['phone_numbers.owner_id', 'phone_numbers.e164', 'phone_numbers.field', 'directory_entries.contact_id'])
    .where('phone_numbers.owner_kind', '=', owners.kind)
    .where('phone_numbers.owner_id', 'in', steadyList(owners.ids))
    .where('phone_numbers.e164', 'is not', null)
    .orderBy('phone_numbers.owner_id')
    .orderBy('phone_numbers.position')
    .execute();
}
