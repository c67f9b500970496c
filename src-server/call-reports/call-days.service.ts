import { z } from 'zod';
import { inTransaction, type Context } from '../kernel/context.ts';
import { changeSettings, defineSettings, readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { boundsOf, countDay, daysOfHour, resultOf, type CountedCall } from './call-day.ts';
import {
  addAllCallWork,
  addCallback,
  anyCallWork,
  callsBetween,
  callsWithNumber,
  deleteAllDays,
  deleteCallWork,
  deleteDay,
  insertDay,
  listCallWork,
} from './call-days.queries.ts';

// Days are counted again when something in them changed: a cost of that day's calls, never of the whole log.

type LogRow = Awaited<ReturnType<typeof callsBetween>>[number];

const callBackDays = 7;

function toCounted(row: Pick<LogRow, 'direction' | 'state' | 'started_at' | 'answered_at' | 'duration_seconds' | 'outcome'> & Partial<LogRow>): CountedCall {
  return {
    agentId: row.agent_id ?? '',
    direction: row.direction,
    state: row.state,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    durationSeconds: row.duration_seconds,
    outcome: row.outcome,
    contactId: row.contact_id ?? null,
    companyId: row.company_id ?? null,
  };
}

/** Seconds since the first of the calls that were missed since somebody last spoke to the number; undefined when none was. */
async function secondsSinceMissed(ctx: Context, call: LogRow): Promise<number | undefined> {
  if (call.e164 === null) return undefined;
  const since = new Date(Date.parse(call.started_at) - callBackDays * 86_400_000).toISOString();
  let first: string | undefined;
  for (const earlier of await callsWithNumber(ctx.db, { e164: call.e164, since, before: call.started_at })) {
    const result = resultOf(toCounted(earlier));
    if (result === 'answered') break;
    if (result === 'missed') first = earlier.started_at;
  }
  return first === undefined ? undefined : Math.round((Date.parse(call.started_at) - Date.parse(first)) / 1000);
}

async function countCallbacks(ctx: Context, day: string, rows: readonly LogRow[]): Promise<void> {
  for (const row of rows) {
    if (resultOf(toCounted(row)) !== 'answered') continue;
    const seconds = await secondsSinceMissed(ctx, row);
    if (seconds !== undefined) await addCallback(ctx.db, { day, agentId: row.agent_id ?? '', seconds });
  }
}

async function recount(ctx: Context, day: string, timeZone: string): Promise<void> {
  await deleteDay(ctx.db, day);
  const rows = await callsBetween(ctx.db, boundsOf(day, timeZone));
  const { counts, outcomes, callers } = countDay(rows.map(toCounted), timeZone);
  await insertDay(ctx.db, {
    counts: counts.map((row) => ({
      day,
      hour: row.hour,
      agent_id: row.agentId,
      direction: row.direction,
      result: row.result,
      calls: row.calls,
      talk_seconds: row.talkSeconds,
    })),
    outcomes: outcomes.map((row) => ({ day, agent_id: row.agentId, outcome: row.outcome, calls: row.calls })),
    callers: callers.map((row) => ({ day, agent_id: row.agentId, kind: row.kind, record_id: row.recordId, calls: row.calls, missed: row.missed })),
  });
  await countCallbacks(ctx, day, rows);
}

/** One day that changed, counted in a transaction of its own. False when there is none. */
async function countNextDay(ctx: Context): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const [hour] = await listCallWork(ctx.db, 1);
    if (hour === undefined) return false;
    const { timeZone } = await readSettings(ctx, companySettings);
    for (const day of daysOfHour(hour, timeZone)) {
      await recount(ctx, day, timeZone);
      const { from, to } = boundsOf(day, timeZone);
      // Where days begin at half past, their first and last hours lie in two days and stay noted until both are counted.
      const first = from.endsWith(':00:00.000Z') ? from.slice(0, 13) : `${from.slice(0, 13)}:`;
      await deleteCallWork(ctx.db, { from: first, to: to.slice(0, 13) });
    }
    await deleteCallWork(ctx.db, { from: hour, to: `${hour}:` });
    return true;
  });
}

/** The time zone the days were counted in. */
const countedIn = defineSettings('call-reports', z.object({ timeZone: z.string().default('') }));

/** Where the desk moved to another time zone, all its days begin at another time. */
async function keepZone(ctx: Context): Promise<void> {
  const { timeZone } = await readSettings(ctx, companySettings);
  const before = await readSettings(ctx, countedIn);
  if (before.timeZone === timeZone) return;
  await inTransaction(ctx, async (ctx) => {
    await changeSettings(ctx, countedIn, { timeZone });
    if (before.timeZone === '') return;
    await deleteAllDays(ctx.db);
    await addAllCallWork(ctx.db);
  });
}

/** Counts the days that changed, the newest first, for at most about `milliseconds`. True when none is left. */
export async function countCallDays(ctx: Context, milliseconds: number): Promise<boolean> {
  await keepZone(ctx);
  const deadline = performance.now() + milliseconds;
  while ((await ctx.hot.first(anyCallWork, {})) !== undefined) {
    if (performance.now() >= deadline) return false;
    await countNextDay(ctx);
    await new Promise((resume) => setImmediate(resume));
  }
  return true;
}
