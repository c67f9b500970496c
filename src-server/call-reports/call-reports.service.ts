import { CallOutcome } from '../calls/calls.contract.ts';
import type { Context } from '../kernel/context.ts';
import { displayName } from '../people/person-name.ts';
import { listAgents } from '../team/team.service.ts';
import { countCallDays } from './call-days.service.ts';
import type { CallReport, CallReportQuery, CallTotals } from './call-reports.contract.ts';
import { callbacksOf, callersOf, callersOfAgent, countsByDay, inboundByHour, outcomesOf } from './call-reports.queries.ts';

const aDay = 86_400_000;
const callersShown = 10;

/** How long a report waits for days that changed to be counted; the rest is counted in the background. */
const waitMilliseconds = 300;

interface Days {
  readonly from: string;
  readonly to: string;
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * aDay).toISOString().slice(0, 10);
}

function daysOf({ from, to }: Days): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / aDay) + 1;
  return Array.from({ length: count }, (_, index) => shifted(from, index));
}

/** The same number of days just before. */
function daysBefore({ from, to }: Days): Days {
  const length = daysOf({ from, to }).length;
  return { from: shifted(from, -length), to: shifted(from, -1) };
}

/** ISO 8601 weekday of a day: 1 is Monday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

type CountRow = Awaited<ReturnType<typeof readCounts>>[number];

async function readCounts(ctx: Context, days: Days, agentId: string | undefined) {
  const rows = await ctx.hot.all(countsByDay, { ...days });
  return rows
    .filter((row) => agentId === undefined || row.agent_id === agentId)
    .map((row) => ({ ...row, calls: Number(row.calls), talk_seconds: Number(row.talk_seconds) }));
}

function sumOf(rows: readonly CountRow[], test: (row: CountRow) => boolean): number {
  return rows.reduce((sum, row) => sum + (test(row) ? row.calls : 0), 0);
}

const isInbound = (row: CountRow) => row.direction === 'inbound';
const isOutbound = (row: CountRow) => row.direction === 'outbound';
const isAnswered = (row: CountRow) => isInbound(row) && row.result === 'answered';
const isMissed = (row: CountRow) => isInbound(row) && row.result !== 'answered';

async function totalsOf(
  ctx: Context,
  rows: readonly CountRow[],
  { days, agentId }: { readonly days: Days; readonly agentId: string | undefined },
): Promise<CallTotals> {
  const callbacks = (await ctx.hot.all(callbacksOf, { ...days })).filter((row) => agentId === undefined || row.agent_id === agentId);
  const calledBack = callbacks.reduce((sum, row) => sum + Number(row.callers), 0);
  const seconds = callbacks.reduce((sum, row) => sum + Number(row.seconds), 0);
  const inbound = sumOf(rows, isInbound);
  return {
    inbound,
    outbound: sumOf(rows, isOutbound),
    missed: sumOf(rows, isMissed),
    answeredShare: inbound === 0 ? null : sumOf(rows, isAnswered) / inbound,
    talkSeconds: rows.reduce((sum, row) => sum + row.talk_seconds, 0),
    calledBack,
    secondsToCallBack: calledBack === 0 ? null : Math.round(seconds / calledBack),
  };
}

async function agentsOf(ctx: Context, rows: readonly CountRow[]): Promise<CallReport['agents']> {
  const names = new Map((await listAgents(ctx)).items.map((agent) => [agent.id, agent.name]));
  const byAgent = Map.groupBy(rows, (row) => row.agent_id);
  return [...byAgent]
    .map(([id, own]) => ({
      id: id === '' ? null : id,
      name: id === '' ? 'Nobody in particular' : (names.get(id) ?? 'Somebody who left'),
      answered: sumOf(own, isAnswered),
      outbound: sumOf(own, isOutbound),
      missed: sumOf(own, isMissed),
      talkSeconds: own.reduce((sum, row) => sum + row.talk_seconds, 0),
    }))
    .sort((left, right) => right.answered + right.outbound + right.missed - (left.answered + left.outbound + left.missed));
}

async function hoursOf(ctx: Context, days: Days, agentId: string | undefined): Promise<CallReport['hours']> {
  const rows = (await ctx.hot.all(inboundByHour, { ...days })).filter((row) => agentId === undefined || row.agent_id === agentId);
  const slots = Map.groupBy(rows, (row) => weekdayOf(row.day) * 24 + row.hour);
  return [...slots]
    .sort(([left], [right]) => left - right)
    .map(([slot, own]) => ({
      weekday: Math.floor(slot / 24),
      hour: slot % 24,
      calls: own.reduce((sum, row) => sum + Number(row.calls), 0),
      missed: own.reduce((sum, row) => sum + (row.result === 'answered' ? 0 : Number(row.calls)), 0),
    }));
}

async function outcomeCounts(ctx: Context, days: Days, agentId: string | undefined): Promise<CallReport['outcomes']> {
  const rows = (await ctx.hot.all(outcomesOf, { ...days })).filter((row) => agentId === undefined || row.agent_id === agentId);
  return CallOutcome.options
    .map((outcome) => ({ outcome, calls: rows.reduce((sum, row) => sum + (row.outcome === outcome ? Number(row.calls) : 0), 0) }))
    .filter((row) => row.calls > 0);
}

async function topCallers(ctx: Context, days: Days, agentId: string | undefined): Promise<CallReport['callers']> {
  const rows =
    agentId === undefined
      ? await ctx.hot.all(callersOf, { ...days, limit: callersShown })
      : await ctx.hot.all(callersOfAgent, { ...days, agentId, limit: callersShown });
  return rows.map((row) => ({
    kind: row.kind === 'contact' ? 'contact' : 'company',
    id: row.record_id,
    name: row.company_name ?? displayName({ firstName: row.first_name ?? '', lastName: row.last_name ?? '', email: row.email }),
    calls: Number(row.calls),
    missed: Number(row.missed),
  }));
}

/** What the calls of some days add up to, beside the same number of days before. Reads counts of days, not calls. */
export async function reportCalls(ctx: Context, { from, to, agentId }: CallReportQuery): Promise<CallReport> {
  const isComplete = await countCallDays(ctx, waitMilliseconds);
  const days = { from, to };
  const earlier = daysBefore(days);
  const rows = await readCounts(ctx, days, agentId);
  const byDay = Map.groupBy(rows, (row) => row.day);
  return {
    from,
    to,
    totals: await totalsOf(ctx, rows, { days, agentId }),
    before: await totalsOf(ctx, await readCounts(ctx, earlier, agentId), { days: earlier, agentId }),
    days: daysOf(days).map((day) => {
      const own = byDay.get(day) ?? [];
      return { day, answered: sumOf(own, isAnswered), outbound: sumOf(own, isOutbound), missed: sumOf(own, isMissed) };
    }),
    agents: await agentsOf(ctx, rows),
    hours: await hoursOf(ctx, days, agentId),
    outcomes: await outcomeCounts(ctx, days, agentId),
    callers: await topCallers(ctx, days, agentId),
    isComplete,
  };
}
