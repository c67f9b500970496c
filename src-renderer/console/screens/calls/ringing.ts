import type { CallNews } from '#server/calls/calls.contract.ts';

/** How long a card stays when nothing more is heard, in milliseconds: a phone may go silent without saying that the call ended. */
export const forgetsAfter: Readonly<Record<CallNews['state'], number>> = { ringing: 120_000, answered: 3_600_000, missed: 30_000, ended: 4000 };

const mostCards = 3;

type Told = { readonly news: CallNews } | { readonly forget: string };

/** The cards on screen after news of a call. A call appears when it rings; one that was put away stays away. */
export function ringing(calls: readonly CallNews[], told: Told): readonly CallNews[] {
  if ('forget' in told) return calls.filter((call) => call.callId !== told.forget);
  const { news } = told;
  if (calls.some((call) => call.callId === news.callId)) return calls.map((call) => (call.callId === news.callId ? news : call));
  if (news.state !== 'ringing' || news.direction !== 'inbound') return calls;
  return [...calls, news].slice(-mostCards);
}

/** Who it is: the name, else the number, else that it is withheld. */
export function callerInWords({ caller, isWithheld, displayNumber }: Pick<CallNews, 'caller' | 'isWithheld' | 'displayNumber'>): string {
  return caller?.display ?? (isWithheld ? 'Withheld number' : displayNumber);
}
