import { sql, type Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { Tables } from '../database/tables.ts';

/** Who waits for an answer: the contacts of open tickets, the latest activity first. */
export const contactsWithOpenTickets = hotRead<{ limit: number }>()((db, parameter) =>
  db
    .selectFrom('tickets')
    .select('contact_id as id')
    .where('is_open', '=', 1)
    .where('contact_id', 'is not', null)
    .orderBy('last_activity_at', 'desc')
    .limit(parameter('limit')),
);

/** Who was on the telephone lately, the last call first. */
export const recentCallers = hotRead<{ since: string; limit: number }>()((db, parameter) =>
  db
    .selectFrom('calls')
    .select('contact_id as id')
    .where('started_at', '>=', parameter('since'))
    .where('contact_id', 'is not', null)
    .orderBy('started_at', 'desc')
    .limit(parameter('limit')),
);

/** The most recently active contacts, with where they stand. */
export const activeContacts = hotRead<{ limit: number }>()((db, parameter) =>
  db.selectFrom('contacts').select(['id', 'last_activity_at']).orderBy('activity_rank', 'desc').limit(parameter('limit')),
);

/** The most recently active companies, whose own numbers are on telephones too. */
export const activeCompanies = hotRead<{ limit: number }>()((db, parameter) =>
  db.selectFrom('companies').select(['id', 'last_activity_at']).orderBy('activity_rank', 'desc').limit(parameter('limit')),
);

/**
 * The most recently active members of lists: no more than `looked` members of them are put in order. Members of very
 * long lists come by `activeContacts` first.
 */
export function activeMembers(db: Kysely<Tables>, listIds: readonly string[], { looked, limit }: { readonly looked: number; readonly limit: number }) {
  const members = db.selectFrom('list_members').select('contact_id').where('list_id', 'in', listIds).limit(looked).as('members');
  return db
    .selectFrom(members)
    .innerJoin('contacts', 'contacts.id', 'members.contact_id')
    .select(['contacts.id', 'contacts.last_activity_at'])
    .orderBy('contacts.activity_rank', 'desc')
    .limit(limit)
    .execute();
}

// E.164 text to the number directories are kept by.
const digitsOf = sql<number>`cast(substr(phone_numbers.e164, 2) as integer)`;

/**
 * What the directory shows for the numbers of some contacts and companies. Whoever must not be published has no entry
 * of their own, so that nothing of them can come out here.
 */
export function shownNumbers(db: Kysely<Tables>, directoryId: number, ownerIds: readonly string[]) {
  return (
    db
      .selectFrom('phone_numbers')
      .innerJoin('directory_entries as entry', (join) =>
        join
          .on('entry.directory_id', '=', directoryId)
          .on((on) => on('entry.digits', '=', digitsOf))
          .on('entry.is_removed', '=', sql.lit(0)),
      )
      .leftJoin('contacts', 'contacts.id', 'entry.contact_id')
      .leftJoin('companies', 'companies.id', 'contacts.company_id')
      .select([
        'phone_numbers.owner_id',
        'phone_numbers.field',
        'entry.digits',
        'entry.label',
        'entry.contact_id',
        'contacts.first_name',
        'contacts.last_name',
        'companies.name as company_name',
      ])
      .where('phone_numbers.owner_kind', 'in', ['contact', 'company'])
      .where('phone_numbers.owner_id', 'in', ownerIds)
      .where('phone_numbers.e164', 'is not', null)
      // Who was taken off the phones a moment ago may still have an entry.
      .where((row) => row.or([row('contacts.publish_to_phones', 'is', null), row('contacts.publish_to_phones', '=', 1)]))
      .orderBy('phone_numbers.owner_id')
      .orderBy('phone_numbers.field')
      .orderBy('phone_numbers.position')
      .execute()
  );
}
export type ShownNumberRow = Awaited<ReturnType<typeof shownNumbers>>[number];

/** What decides whether a phone book must be put together again. */
export const directoryState = hotRead<{ id: number }>()((db, parameter) =>
  db.selectFrom('directories').select(['id', 'scope']).where('id', '=', parameter('id')),
);
