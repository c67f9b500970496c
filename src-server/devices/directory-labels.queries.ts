import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** Whose the numbers are, as far as phones may know: contacts that may be published and are in scope, and companies. */
export function listPublishedOwners(db: Kysely<Tables>, e164s: readonly string[], listIds: readonly string[] | null) {
  return db
    .selectFrom('phone_numbers')
    .innerJoin('contacts', 'contacts.id', 'phone_numbers.owner_id')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select([
      'phone_numbers.e164',
      'contacts.id as contact_id',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.company_id',
      'companies.name as company_name',
    ])
    .where('phone_numbers.e164', 'in', e164s)
    .where('phone_numbers.owner_kind', '=', 'contact')
    .where('contacts.publish_to_phones', '=', 1)
    .$if(listIds !== null, (owners) =>
      owners.where((owner) =>
        owner.exists(
          owner
            .selectFrom('list_members')
            .select('list_members.list_id')
            .whereRef('list_members.contact_id', '=', 'contacts.id')
            .where('list_members.list_id', 'in', listIds ?? []),
        ),
      ),
    )
    .orderBy('contacts.id')
    .execute();
}

export function listOwningCompanies(db: Kysely<Tables>, e164s: readonly string[]) {
  return db
    .selectFrom('phone_numbers')
    .innerJoin('companies', 'companies.id', 'phone_numbers.owner_id')
    .select(['phone_numbers.e164', 'companies.id as company_id', 'companies.name'])
    .where('phone_numbers.e164', 'in', e164s)
    .where('phone_numbers.owner_kind', '=', 'company')
    .execute();
}
