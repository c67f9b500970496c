import type { DeskCallNews } from '#server/calls/calls.contract.ts';

/** How long a card stays when nothing more is heard, in milliseconds: a phone may go silent without saying that the call ended. */
export const forgetsAfter: Readonly<Record<DeskCallNews['state'], number>> = { ringing: 120_000, answered: 3_600_000, missed: 600_000, ended: 4000 };

const mostCards = 4;

/** The cards on screen, and the calls whose cards were put away. */
export interface Ringing {
  readonly calls: readonly DeskCallNews[];
  readonly away: readonly string[];
}

export const nothingRings: Ringing = { calls: [], away: [] };

/** `isLate`: what is told happened long ago, as after the console slept. */
type Told = { readonly news: DeskCallNews; readonly isLate?: boolean } | { readonly forget: string } | { readonly ended: string };

/** What has to make room first: calls that are over, then the oldest. */
function fit(calls: readonly DeskCallNews[]): readonly DeskCallNews[] {
  if (calls.length <= mostCards) return calls;
  const least = calls.find((call) => call.state === 'ended' || call.state === 'missed') ?? calls[0];
  return calls.filter((call) => call !== least);
}

/** A missed caller who is on the phone now needs no card any more. */
function isSettledBy(call: DeskCallNews, news: DeskCallNews): boolean {
  return call.state === 'missed' && news.state === 'answered' && call.number !== null && call.number === news.number && call.callId !== news.callId;
}

/** The cards after news of a call. One that was put away stays away, and nobody is shown what was over long ago. */
export function ringing({ calls, away }: Ringing, told: Told): Ringing {
  if ('forget' in told) return { calls: calls.filter((call) => call.callId !== told.forget), away: [...away, told.forget].slice(-50) };
  if ('ended' in told) return { calls: calls.map((call) => (call.callId === told.ended ? { ...call, state: 'ended' } : call)), away };
  const { news, isLate = false } = told;
  const others = calls.filter((call) => !isSettledBy(call, news));
  if (others.some((call) => call.callId === news.callId)) return { calls: others.map((call) => (call.callId === news.callId ? news : call)), away };
  const isWanted = news.direction === 'inbound' && news.state !== 'ended' && !isLate && !away.includes(news.callId);
  return { calls: isWanted ? fit([...others, news]) : others, away };
}

/** Whether a call began so long ago that its end is no news. */
export function isOld(news: DeskCallNews, now: number): boolean {
  return now - new Date(news.startedAt).getTime() > forgetsAfter[news.state];
}

type Known = Pick<DeskCallNews, 'caller' | 'isWithheld' | 'displayNumber'>;

/** Who it is: the contact's name, else the line phones show, else the number, else that it is withheld. */
export function callerInWords({ caller, isWithheld, displayNumber }: Known): string {
  const name = caller?.contact === null || caller === null ? '' : `${caller.contact.firstName} ${caller.contact.lastName}`.trim();
  if (name !== '') return name;
  return caller?.display ?? (isWithheld ? 'Withheld number' : displayNumber);
}

/** The lines below the name: company and number, without saying anything twice. */
export function belowTheName(call: Known): string[] {
  const who = callerInWords(call);
  const company = call.caller?.company?.name;
  const isKnown = call.caller !== null;
  const withheld = isKnown ? 'Withheld number' : 'Nobody can tell who it is';
  const number = call.isWithheld ? withheld : call.displayNumber;
  return [company, isKnown || call.isWithheld ? number : 'Not a contact'].flatMap((line) => (line === undefined || who.startsWith(line) ? [] : [line]));
}

/** Why this name, in a few words; nothing where there is no name. */
export function matchInWords({ caller, isNamedByHand }: Pick<DeskCallNews, 'caller' | 'isNamedByHand'>): string | undefined {
  if (caller === null) return undefined;
  if (isNamedByHand) return 'Named by hand';
  if (caller.candidates.length > 1) return `One of ${caller.candidates.length} who share this number`;
  const kinds = {
    exact: 'Exact match',
    alias: 'Another way to write their number',
    ddi: 'Inside the company’s number range',
    maybe: 'Maybe: only the end of the number is the same',
  } as const;
  return kinds[caller.match];
}

/** How long it rings or how long they talk: 0:07, 1:02:09. */
export function clockOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}
