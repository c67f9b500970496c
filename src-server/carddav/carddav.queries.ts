import { sql, type Kysely, type Selectable, type Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { DevicesTable, DirectoriesTable, DirectoryCardsTable, Tables } from '../database/tables.ts';

export type DavDeviceRow = Selectable<DevicesTable>;
export type BookRow = Selectable<DirectoriesTable>;
export type CardRow = Selectable<DirectoryCardsTable>;

/** The phone that asks: read once to let it in and once for its book, at every request. */
export const davDevice = hotRead<{ id: string }>()((db, parameter) => db.selectFrom('devices').selectAll().where('id', '=', parameter('id')));

export const bookDirectory = hotRead<{ id: number }>()((db, parameter) => db.selectFrom('directories').selectAll().where('id', '=', parameter('id')));

export const batchOfToken = hotRead<{ seq: number }>()((db, parameter) => db.selectFrom('directory_batches').select('seq').where('seq', '=', parameter('seq')));

interface PageOfCards {
  readonly directoryId: number;
  readonly after: string;
  readonly limit: number;
}

/** The next cards of a whole book, without their texts. */
export const cardTags = hotRead<PageOfCards>()((db, parameter) =>
  db
    .selectFrom('directory_cards')
    .select(['card', 'etag', sql<string>`''`.as('vcard')])
    .where('directory_id', '=', parameter('directoryId'))
    .where('card', '>', parameter('after'))
    .where('is_removed', '=', sql.lit(0))
    .orderBy('card')
    .limit(parameter('limit')),
);

/** The next cards of a whole book. */
export const cardTexts = hotRead<PageOfCards>()((db, parameter) =>
  db
    .selectFrom('directory_cards')
    .select(['card', 'etag', 'vcard'])
    .where('directory_id', '=', parameter('directoryId'))
    .where('card', '>', parameter('after'))
    .where('is_removed', '=', sql.lit(0))
    .orderBy('card')
    .limit(parameter('limit')),
);

/** The next cards that changed after a place in the order of changes. */
export const changedCards = hotRead<PageOfCards & { seq: number }>()((db, parameter) =>
  db
    .selectFrom('directory_cards')
    .select(['card', 'seq', 'etag', 'vcard', 'is_removed'])
    .where('directory_id', '=', parameter('directoryId'))
    .where((card) => card(card.refTuple('seq', 'card'), '>', card.tuple(parameter('seq'), parameter('after'))))
    .orderBy('seq')
    .orderBy('card')
    .limit(parameter('limit')),
);

export const cardByName = hotRead<{ directoryId: number; card: string }>()((db, parameter) =>
  db
    .selectFrom('directory_cards')
    .selectAll()
    .where('directory_id', '=', parameter('directoryId'))
    .where('card', '=', parameter('card'))
    .where('is_removed', '=', sql.lit(0)),
);

/** One prepared statement for any number of names; they come as a JSON array, which SQLite reads as a table. */
export const cardsByNames = hotRead<{ directoryId: number; names: string }>()((db, parameter) =>
  db
    .selectFrom('directory_cards')
    .select(['card', 'etag', 'vcard'])
    .where('directory_id', '=', parameter('directoryId'))
    .where('card', 'in', sql<string>`(select value from json_each(${parameter('names')}))`)
    .where('is_removed', '=', sql.lit(0)),
);

/** Whose card a number is on. */
export const entryOfNumber = hotRead<{ directoryId: number; digits: number }>()((db, parameter) =>
  db
    .selectFrom('directory_entries')
    .select(['kind', 'contact_id'])
    .where('directory_id', '=', parameter('directoryId'))
    .where('digits', '=', parameter('digits'))
    .where('is_removed', '=', sql.lit(0)),
);

/** Cards of this directory are read from now on. Nothing happens when they are already. */
export async function turnCardsOn(db: Kysely<Tables>, directoryId: number): Promise<void> {
  await db
    .updateTable('directories')
    .set((directory) => ({ cards_state: 'building', cards_seq: directory.ref('first_seq') }))
    .where('id', '=', directoryId)
    .where('cards_state', '=', 'off')
    .execute();
}

/** Notes what a phone did last, unless it was revoked meanwhile. */
export async function noteOnDevice(db: Kysely<Tables>, id: string, set: Updateable<DevicesTable>): Promise<void> {
  await db.updateTable('devices').set(set).where('id', '=', id).where('state', 'in', ['active', 'wiping']).execute();
}

export async function reviseCard(
  db: Kysely<Tables>,
  card: { readonly directoryId: number; readonly name: string; readonly seq: number; readonly etag: string },
) {
  await db
    .updateTable('directory_cards')
    .set({ seq: card.seq, etag: card.etag })
    .where('directory_id', '=', card.directoryId)
    .where('card', '=', card.name)
    .execute();
}

/** A card that is not there, so that a phone that made it up is told. */
export async function putRemovedCard(db: Kysely<Tables>, card: { readonly directoryId: number; readonly name: string; readonly seq: number }): Promise<void> {
  await db
    .insertInto('directory_cards')
    .values({ directory_id: card.directoryId, card: card.name, seq: card.seq, etag: '', vcard: '', is_removed: 1 })
    .onConflict((conflict) => conflict.columns(['directory_id', 'card']).doUpdateSet({ seq: card.seq }))
    .execute();
}

export async function setBookSeq(db: Kysely<Tables>, directoryId: number, seq: number): Promise<void> {
  await db.updateTable('directories').set({ cards_seq: seq }).where('id', '=', directoryId).execute();
}
