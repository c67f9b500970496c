import type { CallNews } from '#server/calls/calls.contract.ts';

/** So long after its start a call is believed to go on when nothing more was heard of it. */
const believed: Readonly<Partial<Record<CallNews['state'], number>>> = { ringing: 2 * 60_000, answered: 3_600_000 };

/** Whether a call rings or goes on: a telephone system may never say that it ended. */
export function isPresent({ state, startedAt }: Pick<CallNews, 'state' | 'startedAt'>, now: Date): boolean {
  return now.getTime() - Date.parse(startedAt) <= (believed[state] ?? -Infinity);
}
