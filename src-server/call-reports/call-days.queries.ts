import { sql, type Insertable, type Kysely } from 'kysely';
import { insertMany } from '../database/insert-many.ts';
import { hotRead } from '../database/hot-reads.ts';
import type { CallDayCallersTable, CallDayCountsTable, CallDayOutcomesTable, Tables } from '../database/tables.ts';

export const anyCallWork = hotRead<object>()((db) => db.selectFrom('call_report_work').select('hour').orderBy('hour', 'desc').limit(1));

/** Hours whose days must be counted, the newest first. */
export async function listCallWork(db: Kysely<Tables>, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('call_report_work').select('hour').orderBy('hour', 'desc').limit(limit).execute();
  return rows.map((row) => row.hour);
}

/**
 * Every hour with calls becomes work: a walk over the log, for when days begin at another time than before. Without a
 * condition SQLite would take the conflict clause for a part of the selection.
 */
export async function addAllCallWork(db: Kysely<Tables>): Promise<void> {
  const hours = db
    .selectFrom('calls')
    .select(sql<string>`substr(started_at, 1, 13)`.as('hour'))
    .where('started_at', '>', '')
    .distinct();
  await db
    .insertInto('call_report_work')
    .columns(['hour'])
    .expression(hours)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes the hours from one up to, without, another off the list of work. */
export async function deleteCallWork(db: Kysely<Tables>, range: { readonly from: string; readonly to: string }): Promise<void> {
  await db.deleteFrom('call_report_work').where('hour', '>=', range.from).where('hour', '<', range.to).execute();
}

/** The calls that began from one instant up to, without, another. */
export function callsBetween(db: Kysely<Tables>, range: { readonly from: string; readonly to: string }) {
  return db
    .selectFrom('calls')
    .select(['agent_id', 'direction', 'state', 'e164', 'started_at', 'answered_at', 'duration_seconds', 'outcome', 'contact_id', 'company_id'])
    .where('started_at', '>=', range.from)
    .where('started_at', '<', range.to)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
}

/** The calls with a number since an instant and before another, the newest first. */
export function callsWithNumber(db: Kysely<Tables>, call: { readonly e164: string; readonly since: string; readonly before: string }) {
  return db
    .selectFrom('calls')
    .select(['direction', 'state', 'started_at', 'answered_at', 'duration_seconds', 'outcome'])
    .where('e164', '=', call.e164)
    .where('started_at', '>=', call.since)
    .where('started_at', '<', call.before)
    .orderBy('started_at', 'desc')
    .limit(200)
    .execute();
}

const dayTables = ['call_day_counts', 'call_day_outcomes', 'call_day_callers', 'call_day_callbacks'] as const;

export async function deleteDay(db: Kysely<Tables>, day: string): Promise<void> {
  for (const table of dayTables) await db.deleteFrom(table).where('day', '=', day).execute();
}

export async function deleteAllDays(db: Kysely<Tables>): Promise<void> {
  for (const table of dayTables) await db.deleteFrom(table).execute();
}

export interface DayRows {
  readonly counts: readonly Insertable<CallDayCountsTable>[];
  readonly outcomes: readonly Insertable<CallDayOutcomesTable>[];
  readonly callers: readonly Insertable<CallDayCallersTable>[];
}

export async function insertDay(db: Kysely<Tables>, rows: DayRows): Promise<void> {
  await insertMany(db, 'call_day_counts', { rows: rows.counts });
  await insertMany(db, 'call_day_outcomes', { rows: rows.outcomes });
  await insertMany(db, 'call_day_callers', { rows: rows.callers });
}

export async function addCallback(db: Kysely<Tables>, row: { readonly day: string; readonly agentId: string; readonly seconds: number }): Promise<void> {
  await db
    .insertInto('call_day_callbacks')
    .values({ day: row.day, agent_id: row.agentId, callers: 1, seconds: row.seconds })
    .onConflict((conflict) =>
      conflict.columns(['day', 'agent_id']).doUpdateSet((old) => ({
        callers: old('call_day_callbacks.callers', '+', 1),
        seconds: old('call_day_callbacks.seconds', '+', row.seconds),
      })),
    )
    .execute();
}
