import { wasSpoken } from '../calls/call.ts';
import { instantOf, zonedTime } from '../kernel/zoned-time.ts';

// What one day of calls adds up to. Pure: rows of the log in, counts out.

/** What is counted of a call. */
export interface CountedCall {
  readonly agentId: string;
  readonly direction: string;
  readonly state: string;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly durationSeconds: number | null;
  readonly outcome: string | null;
  readonly contactId: string | null;
  readonly companyId: string | null;
}

export type CallResult = 'answered' | 'missed' | 'unanswered';

/** How a call ended; undefined while it rings. */
export function resultOf(call: CountedCall): CallResult | undefined {
  if (call.state === 'ringing') return undefined;
  if (wasSpoken({ ...call, answered_at: call.answeredAt, duration_seconds: call.durationSeconds })) return 'answered';
  return call.direction === 'inbound' && call.state === 'missed' ? 'missed' : 'unanswered';
}

/** The day and hour of an instant in a time zone. */
export function localHour(at: string, timeZone: string): { readonly day: string; readonly hour: number } {
  const { date, minutes } = zonedTime(Date.parse(at), timeZone);
  return { day: new Date(date).toISOString().slice(0, 10), hour: Math.floor(minutes / 60) };
}

/** The days of a time zone that an hour of UTC lies in: one, or two where days begin at half past. */
export function daysOfHour(hour: string, timeZone: string): string[] {
  return [...new Set([localHour(`${hour}:00:00.000Z`, timeZone).day, localHour(`${hour}:59:59.999Z`, timeZone).day])];
}

/** When a day of a time zone begins and the next one does, in UTC. */
export function boundsOf(day: string, timeZone: string): { readonly from: string; readonly to: string } {
  const date = Date.parse(day);
  const begin = (midnight: number) => new Date(instantOf({ date: midnight, minutes: 0 }, timeZone)).toISOString();
  return { from: begin(date), to: begin(date + 86_400_000) };
}

function add<Row extends object>(
  rows: Map<string, Row>,
  key: readonly (string | number)[],
  { first, change }: { readonly first: Row; readonly change: (row: Row) => void },
): void {
  const name = JSON.stringify(key);
  const row = rows.get(name) ?? first;
  change(row);
  rows.set(name, row);
}

export interface DayCounts {
  readonly counts: { hour: number; agentId: string; direction: string; result: CallResult; calls: number; talkSeconds: number }[];
  readonly outcomes: { agentId: string; outcome: string; calls: number }[];
  readonly callers: { agentId: string; kind: 'contact' | 'company'; recordId: string; calls: number; missed: number }[];
}

/** The counts of one day's calls. */
export function countDay(calls: readonly CountedCall[], timeZone: string): DayCounts {
  const counts = new Map<string, DayCounts['counts'][number]>();
  const outcomes = new Map<string, DayCounts['outcomes'][number]>();
  const callers = new Map<string, DayCounts['callers'][number]>();
  for (const call of calls) {
    const result = resultOf(call);
    if (result === undefined) continue;
    const { agentId, direction, outcome } = call;
    const { hour } = localHour(call.startedAt, timeZone);
    add(counts, [hour, agentId, direction, result], {
      first: { hour, agentId, direction, result, calls: 0, talkSeconds: 0 },
      change: (row) => {
        row.calls += 1;
        row.talkSeconds += result === 'answered' ? (call.durationSeconds ?? 0) : 0;
      },
    });
    if (outcome !== null) add(outcomes, [agentId, outcome], { first: { agentId, outcome, calls: 0 }, change: (row) => (row.calls += 1) });
    const kind = call.contactId === null ? 'company' : 'contact';
    const recordId = call.contactId ?? call.companyId;
    if (direction !== 'inbound' || recordId === null) continue;
    add(callers, [agentId, kind, recordId], {
      first: { agentId, kind, recordId, calls: 0, missed: 0 },
      change: (row) => {
        row.calls += 1;
        row.missed += result === 'missed' ? 1 : 0;
      },
    });
  }
  return { counts: [...counts.values()], outcomes: [...outcomes.values()], callers: [...callers.values()] };
}
