import type { Insertable, Kysely, Selectable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { PairingsTable, Tables } from '../database/tables.ts';

export type PairingRow = Selectable<PairingsTable>;

/** States in which a pairing still runs. */
export const runningStates = ['open', 'claimed', 'approved'] as const;

export const pairingById = hotRead<{ id: string }>()((db, parameter) => db.selectFrom('pairings').selectAll().where('id', '=', parameter('id')));

export function findPairing(db: Kysely<Tables>, id: string) {
  return db.selectFrom('pairings').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findPairingByToken(db: Kysely<Tables>, tokenHash: string) {
  return db.selectFrom('pairings').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

export async function countRunning(db: Kysely<Tables>, now: string): Promise<number> {
  const row = await db
    .selectFrom('pairings')
    .select((count) => count.fn.countAll<number>().as('running'))
    .where('state', 'in', runningStates)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return row.running;
}

export async function insertPairing(db: Kysely<Tables>, row: Insertable<PairingsTable>): Promise<void> {
  await db.insertInto('pairings').values(row).execute();
}

/** Gives the code to the first phone that shows the token. One statement, so that of fifty only one wins. */
export function claimIfOpen(
  db: Kysely<Tables>,
  claim: { readonly tokenHash: string; readonly now: string; readonly set: Partial<Omit<PairingRow, 'id' | 'token_hash'>> },
) {
  return db
    .updateTable('pairings')
    .set(claim.set)
    .where('token_hash', '=', claim.tokenHash)
    .where('state', '=', 'open')
    .where('expires_at', '>', claim.now)
    .returningAll()
    .executeTakeFirst();
}

/** Moves a pairing on if it is still in one of the states `from` and in time. */
export function movePairing(
  db: Kysely<Tables>,
  id: string,
  move: {
    readonly from: readonly string[];
    readonly now: string;
    readonly set: Partial<Pick<PairingRow, 'state' | 'expires_at' | 'device_id' | 'allows_other_networks' | 'refused_ip'>>;
  },
) {
  return db
    .updateTable('pairings')
    .set(move.set)
    .where('id', '=', id)
    .where('state', 'in', move.from)
    .where('expires_at', '>', move.now)
    .returningAll()
    .executeTakeFirst();
}

/** Closes what ran out of time. */
export function expirePairings(db: Kysely<Tables>, now: string) {
  return db.updateTable('pairings').set({ state: 'expired' }).where('state', 'in', runningStates).where('expires_at', '<=', now).returningAll().execute();
}

/** Forgets closed pairings; until then a used code is told from a guessed one. */
export async function deletePairingsBefore(db: Kysely<Tables>, at: string): Promise<void> {
  await db.deleteFrom('pairings').where('state', 'not in', runningStates).where('expires_at', '<', at).execute();
}
