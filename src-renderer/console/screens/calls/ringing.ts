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

/** Who it is: the contact's name, else the line phones show, else the number, else that it is withheld. */
export function callerInWords({ caller, isWithheld, displayNumber }: Pick<CallNews, 'caller' | 'isWithheld' | 'displayNumber'>): string {
  const name = caller?.contact === null || caller === null ? '' : `${caller.contact.firstName} ${caller.contact.lastName}`.trim();
  if (name !== '') return name;
  return caller?.display ?? (isWithheld ? 'Withheld number' : displayNumber);
}

/** The line below the name: company and number, without saying anything twice. */
export function belowTheName(call: Pick<CallNews, 'caller' | 'isWithheld' | 'displayNumber'>): string {
  const who = callerInWords(call);
  const company = call.caller?.company?.name;
  const number = call.isWithheld ? 'Nobody can tell who it is' : call.displayNumber;
  const isKnown = call.caller !== null;
  const parts = [company, isKnown || call.isWithheld ? number : 'Not a contact'];
  return parts.filter((part) => part !== undefined && part !== who).join(' · ');
}
