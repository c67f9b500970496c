import { sql, type Kysely, type Selectable } from 'kysely';
import type { CallLegsTable, Tables } from '../database/tables.ts';

export type CallLegRow = Selectable<CallLegsTable>;

export function findLeg(db: Kysely<Tables>, source: string, sourceCallId: string) {
  return db.selectFrom('call_legs').selectAll().where('source', '=', source).where('source_call_id', '=', sourceCallId).executeTakeFirst();
}

export function listLegs(db: Kysely<Tables>, callId: string): Promise<CallLegRow[]> {
  return db.selectFrom('call_legs').selectAll().where('call_id', '=', callId).execute();
}

/** The legs of the calls with a number, in one direction, that began in a span of time. */
export function listLegsOfNumber(
  db: Kysely<Tables>,
  call: { readonly e164: string; readonly direction: string; readonly from: string; readonly to: string; readonly limit: number },
): Promise<CallLegRow[]> {
  return (
    db
      .selectFrom('calls')
      .innerJoin('call_legs', 'call_legs.call_id', 'calls.id')
      .selectAll('call_legs')
      .where('calls.e164', '=', call.e164)
      .where('calls.started_at', '>=', call.from)
      .where('calls.started_at', '<=', call.to)
      // The sign keeps the database from walking half the log by its direction where the number leads to a few calls.
      .where(sql`+calls.direction`, '=', call.direction)
      .orderBy('calls.started_at', 'desc')
      .limit(call.limit)
      .execute()
  );
}

/** The newest call of a phone with a number that has not ended, for phones that give their calls no id. */
export function findUnfinishedLeg(
  db: Kysely<Tables>,
  call: { readonly source: string; readonly number: string | null; readonly direction: string; readonly since: string },
) {
  return db
    .selectFrom('call_legs')
    .innerJoin('calls', 'calls.id', 'call_legs.call_id')
    .selectAll('call_legs')
    .where('call_legs.source', '=', call.source)
    .where('call_legs.started_at', '>=', call.since)
    .where('call_legs.state', 'in', ['ringing', 'answered'])
    .where('calls.direction', '=', call.direction)
    .where(sql<boolean>`calls.number is ${call.number}`) // `is` also compares null, which means withheld.
    .orderBy('call_legs.started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The newest call of a source with a number that is in one of the states, or that ended since a moment. */
export function findOpenLeg(
  db: Kysely<Tables>,
  call: {
    readonly source: string;
    readonly number: string | null;
    readonly states: readonly string[];
    readonly startedSince: string;
    readonly endedSince: string | undefined;
  },
) {
  return db
    .selectFrom('call_legs')
    .innerJoin('calls', 'calls.id', 'call_legs.call_id')
    .select('call_legs.source_call_id')
    .where('call_legs.source', '=', call.source)
    .where('call_legs.started_at', '>=', call.startedSince)
    .where((leg) =>
      leg.or([leg('call_legs.state', 'in', call.states), ...(call.endedSince === undefined ? [] : [leg('call_legs.ended_at', '>=', call.endedSince)])]),
    )
    .where(sql<boolean>`calls.number is ${call.number}`) // As above.
    .orderBy('call_legs.started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Adds a leg unless its source reported it already; whether it did. */
export async function insertLeg(db: Kysely<Tables>, row: CallLegRow): Promise<boolean> {
  const added = await db
    .insertInto('call_legs')
    .values(row)
    .onConflict((conflict) => conflict.columns(['source', 'source_call_id']).doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

export async function updateLeg(db: Kysely<Tables>, leg: CallLegRow): Promise<void> {
  const { source, source_call_id, ...set } = leg;
  await db.updateTable('call_legs').set(set).where('source', '=', source).where('source_call_id', '=', source_call_id).execute();
}

/** Ends the legs of calls of which nothing more was heard. */
export async function endLegs(db: Kysely<Tables>, callId: string, at: string): Promise<void> {
  await db.updateTable('call_legs').set({ state: 'ended', ended_at: at }).where('call_id', '=', callId).where('state', 'in', ['ringing', 'answered']).execute();
}
