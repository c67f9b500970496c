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

/** How a call ended; undefined while it goes on. A call with any talk in it was answered, whatever was reported. */
export function resultOf(call: CountedCall): CallResult | undefined {
  if (call.state === 'ringing') return undefined;
  const wasTalk = call.state === 'answered' || call.answeredAt !== null || (call.durationSeconds ?? 0) > 0 || call.outcome === 'connected';
  if (wasTalk) return 'answered';
  return call.direction === 'inbound' && call.state === 'missed' ? 'missed' : 'unanswered';
}

/** The desk's own day and hour of an instant. */
export function localHour(at: string): { readonly day: string; readonly hour: number } {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return { day: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`, hour: date.getHours() };
}

/** The days of the desk's own time that an hour of UTC lies in: one, or two where zones differ by half an hour. */
export function daysOfHour(hour: string): string[] {
  return [...new Set([localHour(`${hour}:00:00.000Z`).day, localHour(`${hour}:59:59.999Z`).day])];
}

/** When a day of the desk's own time begins and the next one does, in UTC. */
export function boundsOf(day: string): { readonly from: string; readonly to: string } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { from: new Date(year, month - 1, date).toISOString(), to: new Date(year, month - 1, date + 1).toISOString() };
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
export function countDay(calls: readonly CountedCall[]): DayCounts {
  const counts = new Map<string, DayCounts['counts'][number]>();
  const outcomes = new Map<string, DayCounts['outcomes'][number]>();
  const callers = new Map<string, DayCounts['callers'][number]>();
  for (const call of calls) {
    const result = resultOf(call);
    if (result === undefined) continue;
    const { agentId, direction, outcome } = call;
    const { hour } = localHour(call.startedAt);
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
