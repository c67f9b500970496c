import { sql, type Insertable, type Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { SuggestedEditsTable, Tables } from '../database/tables.ts';

/** Open edits after a place, the newest first, with whose phone and whose card. */
export const openEdits = hotRead<{ at: string; id: string; limit: number }>()((db, parameter) =>
  db
    .selectFrom('suggested_edits')
    .innerJoin('devices', 'devices.id', 'suggested_edits.device_id')
    .innerJoin('agents', 'agents.id', 'devices.agent_id')
    .leftJoin('contacts', 'contacts.id', 'suggested_edits.contact_id')
    .leftJoin('companies', 'companies.id', 'suggested_edits.company_id')
    .select([
      'suggested_edits.id',
      'suggested_edits.at',
      'suggested_edits.wanted',
      'suggested_edits.contact_id',
      'suggested_edits.company_id',
      'companies.name as company_name',
      'suggested_edits.device_id',
      'devices.name as device_name',
      'agents.name as agent_name',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
    ])
    .where('suggested_edits.state', '=', sql.lit('open'))
    .where((edit) => edit(edit.refTuple('suggested_edits.at', 'suggested_edits.id'), '<', edit.tuple(parameter('at'), parameter('id'))))
    .orderBy('suggested_edits.at', 'desc')
    .orderBy('suggested_edits.id', 'desc')
    .limit(parameter('limit')),
);

/** How many edits are open, counted no further than `most`. */
export const countOpenEdits = hotRead<{ most: number }>()((db, parameter) =>
  db
    .selectFrom(db.selectFrom('suggested_edits').select('id').where('state', '=', sql.lit('open')).limit(parameter('most')).as('open'))
    .select((open) => open.fn.countAll<number>().as('count')),
);

export function findContactEmail(db: Kysely<Tables>, id: string) {
  return db.selectFrom('contacts').select('email').where('id', '=', id).executeTakeFirst();
}

export function findCompanyId(db: Kysely<Tables>, id: string) {
  return db.selectFrom('companies').select('id').where('id', '=', id).executeTakeFirst();
}

/** What was suggested for a card of a phone before. */
export function listEditsOfCard(db: Kysely<Tables>, deviceId: string, card: string) {
  return db.selectFrom('suggested_edits').selectAll().where('device_id', '=', deviceId).where('card', '=', card).execute();
}

/** How many cards of a phone have edits, counted no further than `most`. */
export async function countEditsOf(db: Kysely<Tables>, deviceId: string, most: number): Promise<number> {
  const rows = await db.selectFrom('suggested_edits').select('id').where('device_id', '=', deviceId).limit(most).execute();
  return rows.length;
}

export function findEdit(db: Kysely<Tables>, id: string) {
  return db
    .selectFrom('suggested_edits')
    .innerJoin('devices', 'devices.id', 'suggested_edits.device_id')
    .selectAll('suggested_edits')
    .select('devices.name as device_name')
    .where('suggested_edits.id', '=', id)
    .executeTakeFirst();
}

export async function insertEdit(db: Kysely<Tables>, row: Insertable<SuggestedEditsTable>): Promise<void> {
  await db.insertInto('suggested_edits').values(row).execute();
}

export async function deleteOpenEdits(db: Kysely<Tables>, deviceId: string, card: string): Promise<void> {
  await db.deleteFrom('suggested_edits').where('device_id', '=', deviceId).where('card', '=', card).where('state', '=', 'open').execute();
}

/** Decides an edit unless somebody did already; whether it was open. */
export async function decideEdit(
  db: Kysely<Tables>,
  id: string,
  decision: { readonly state: 'accepted' | 'dismissed'; readonly at: string; readonly by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('suggested_edits')
    .set({ state: decision.state, decided_at: decision.at, decided_by: decision.by })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets edits that were decided before an instant. */
export async function forgetDecidedEdits(db: Kysely<Tables>, before: string): Promise<void> {
  await db.deleteFrom('suggested_edits').where('state', 'in', ['accepted', 'dismissed']).where('at', '<', before).execute();
}
