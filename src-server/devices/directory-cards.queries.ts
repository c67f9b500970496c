import { sql, type Insertable, type Kysely, type Selectable } from 'kysely';
import type { DirectoryCardsTable, Tables } from '../database/tables.ts';
import { inPowersOfTwo } from './statement-sizes.ts';

export type CardRow = Selectable<DirectoryCardsTable>;

/** `names` is best of one of few lengths; see `statement-sizes.ts`. */
export function listCards(db: Kysely<Tables>, directoryId: number, names: readonly string[]) {
  return db.selectFrom('directory_cards').selectAll().where('directory_id', '=', directoryId).where('card', 'in', names).execute();
}

export async function putCards(db: Kysely<Tables>, cards: readonly Insertable<DirectoryCardsTable>[]): Promise<void> {
  for (const rows of inPowersOfTwo(cards)) {
    await db
      .insertInto('directory_cards')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['directory_id', 'card']).doUpdateSet((card) => ({
          seq: card.ref('excluded.seq'),
          etag: card.ref('excluded.etag'),
          vcard: card.ref('excluded.vcard'),
          is_removed: card.ref('excluded.is_removed'),
        })),
      )
      .execute();
  }
}

/** The numbers of owners that a directory shows as theirs alone: what is on their cards. */
export function numbersOnCards(db: Kysely<Tables>, directoryId: number, owners: { readonly kind: 'person' | 'company'; readonly ids: readonly string[] }) {
  return db
    .selectFrom('phone_numbers')
    .innerJoin('directory_entries', (join) =>
      join
        .on('directory_entries.directory_id', '=', directoryId)
        // E.164 text to the number phones sort by.
        .on('directory_entries.digits', '=', sql<number>`cast(substr(phone_numbers.e164, 2) as integer)`)
        .onRef('directory_entries.contact_id', '=', 'phone_numbers.owner_id'),
    )
    .select(['phone_numbers.owner_id', 'phone_numbers.e164', 'phone_numbers.field', 'phone_numbers.is_primary'])
    .where('phone_numbers.owner_kind', '=', owners.kind === 'person' ? 'contact' : 'company')
    .where('phone_numbers.owner_id', 'in', owners.ids)
    .where('phone_numbers.e164', 'is not', null)
    .where('directory_entries.kind', '=', owners.kind)
    .where('directory_entries.is_removed', '=', sql.lit(0))
    .orderBy('phone_numbers.owner_id')
    .orderBy('phone_numbers.field')
    .orderBy('phone_numbers.position');
}

export function listPeopleOnCards(db: Kysely<Tables>, ids: readonly string[]) {
  return db
    .selectFrom('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select(['contacts.id', 'contacts.first_name', 'contacts.last_name', 'companies.name as company'])
    .where('contacts.id', 'in', ids)
    .execute();
}

export function listCompaniesOnCards(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('companies').select(['id', 'name']).where('id', 'in', ids).execute();
}

/** Deletes at most `limit` cards of a directory; how many there were. */
export async function deleteCards(db: Kysely<Tables>, directoryId: number, limit: number): Promise<number> {
  const rows = await db.selectFrom('directory_cards').select('card').where('directory_id', '=', directoryId).orderBy('card').limit(limit).execute();
  const last = rows.at(-1);
  if (last !== undefined) await db.deleteFrom('directory_cards').where('directory_id', '=', directoryId).where('card', '<=', last.card).execute();
  return rows.length;
}

/** Forgets cards that went in batches before `seq`. */
export async function forgetRemovedCards(db: Kysely<Tables>, directoryId: number, seq: number): Promise<void> {
  await db.deleteFrom('directory_cards').where('directory_id', '=', directoryId).where('seq', '<', seq).where('is_removed', '=', sql.lit(1)).execute();
}
