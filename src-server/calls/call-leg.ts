import { nextState, wasSpoken } from './call.ts';
import type { Call, CallEvent, CallState } from './calls.contract.ts';

// A leg is one call as one source saw it. A telephone system and an agent's phone each report their own of the same
// call; together they make one entry of the log, whatever arrives first.

/** What is known of a leg, as it is kept. */
export interface LegFacts {
  readonly source: string;
  readonly source_call_id: string;
  readonly agent_id: string | null;
  readonly state: string;
  readonly started_at: string;
  readonly rang_at: string | null;
  readonly answered_at: string | null;
  readonly ended_at: string | null;
  readonly duration_seconds: number | null;
}

/** An event of a leg, at a time that is believed. */
export interface LegEvent extends Pick<CallEvent, 'event' | 'durationSeconds'> {
  readonly at: string;
  /** Whose telephone it was, where the source can tell. */
  readonly agentId: string | null;
}

const aSecond = 1000;
/** Two legs of one call begin within so long of each other: a mobile rings later than the desk phone beside it. */
const begunTogether = 60 * aSecond;
/** Where it is not known when a leg began: they end within so long of each other. */
const endedTogether = 30 * aSecond;
/** How far clocks differ: a call that was over for longer when the other began is another one. */
const clocksDiffer = 5 * aSecond;
/** No call lasts longer. */
const longestCall = 4 * 3600 * aSecond;

function time(at: string): number {
  return Date.parse(at);
}

function earlier(one: string | null, other: string): string {
  return one === null || other < one ? other : one;
}

/** When a leg began, as far as is known. */
function startOf({ rang_at, answered_at, ended_at, duration_seconds }: Omit<LegFacts, 'started_at'>): string {
  const end = ended_at ?? '';
  return rang_at ?? answered_at ?? new Date(time(end) - (duration_seconds ?? 0) * aSecond).toISOString();
}

/** How a leg stands after an event: with talk in it, it was not missed; without, one word of that is enough. */
function stateAfter(leg: Omit<LegFacts, 'started_at'>, event: CallState): CallState {
  const present = leg.state as CallState; // Written below only.
  const state = nextState(present, event);
  if (state !== 'ended' && state !== 'missed') return state;
  if (event === 'answered' || wasSpoken({ ...leg, outcome: null })) return 'ended';
  return present === 'missed' || event === 'missed' ? 'missed' : 'ended';
}

/** A leg after an event. A repeated one changes nothing, and their order does not matter. */
export function afterEvent(leg: Omit<LegFacts, 'started_at'>, { event, at, durationSeconds, agentId }: LegEvent): LegFacts {
  const state = stateAfter(leg, event);
  const isEnd = (event === 'ended' || event === 'missed') && leg.ended_at === null;
  // A telephone system rings many and learns later who took it.
  const isTaker = agentId !== null && (leg.agent_id === null || event === 'answered');
  const next = {
    ...leg,
    state,
    ...(isTaker ? { agent_id: agentId } : {}),
    ...(event === 'ringing' ? { rang_at: earlier(leg.rang_at, at) } : {}),
    ...(event === 'answered' ? { answered_at: earlier(leg.answered_at, at) } : {}),
    ...(isEnd ? { ended_at: at, duration_seconds: durationSeconds ?? null } : {}),
  };
  return { ...next, started_at: startOf(next) };
}

/** A leg of which this is the first event. */
export function newLeg(source: string, sourceCallId: string, event: LegEvent): LegFacts {
  const nothing = { agent_id: null, state: 'ringing', rang_at: null, answered_at: null, ended_at: null, duration_seconds: null };
  return afterEvent({ source, source_call_id: sourceCallId, ...nothing }, event);
}

export function isOfPbx({ source }: Pick<LegFacts, 'source'>): boolean {
  return source.startsWith('pbx:');
}

function isStartKnown({ rang_at, answered_at, duration_seconds }: LegFacts): boolean {
  return rang_at !== null || answered_at !== null || duration_seconds !== null;
}

function isOverBefore(one: LegFacts, other: LegFacts): boolean {
  return one.ended_at !== null && time(other.started_at) - time(one.ended_at) > clocksDiffer;
}

function apart(one: string, other: string): number {
  return Math.abs(time(one) - time(other));
}

/**
 * How far apart two legs with the same number and direction are, in milliseconds; undefined when they are not of one
 * call: of the same kind of source, of two agents, or at different times.
 */
export function distanceOf(one: LegFacts, other: LegFacts): number | undefined {
  if (isOfPbx(one) === isOfPbx(other)) return undefined;
  if (one.agent_id !== null && other.agent_id !== null && one.agent_id !== other.agent_id) return undefined;
  const begun = apart(one.started_at, other.started_at);
  const ended = one.ended_at === null || other.ended_at === null ? Infinity : apart(one.ended_at, other.ended_at);
  if (isStartKnown(one) && isStartKnown(other)) {
    return begun <= begunTogether && !isOverBefore(one, other) && !isOverBefore(other, one) ? begun : undefined;
  }
  return begun <= begunTogether || ended <= endedTogether ? Math.min(begun, ended) : undefined;
}

/** Where legs of one call can begin, seen from one of them: what a search must look through. */
export function searchedSpan({ started_at }: Pick<LegFacts, 'started_at'>): { readonly from: string; readonly to: string } {
  const at = (milliseconds: number) => new Date(time(started_at) + milliseconds).toISOString();
  return { from: at(-longestCall), to: at(longestCall) };
}

/** An entry of the log, as its legs tell it. */
export interface ToldByLegs {
  readonly source: string;
  readonly source_call_id: string;
  readonly agent_id: string | null;
  readonly state: Call['state'];
  readonly started_at: string;
  readonly answered_at: string | null;
  readonly ended_at: string | null;
  readonly duration_seconds: number | null;
}

function talked(leg: LegFacts): boolean {
  return wasSpoken({ ...leg, outcome: null });
}

/** Seconds of talk: as the source said, else as its events tell. */
function talkOf({ duration_seconds, answered_at, ended_at, state }: LegFacts): number | null {
  if (duration_seconds !== null) return duration_seconds;
  if (state !== 'ended' || answered_at === null || ended_at === null) return null;
  return Math.max(0, Math.round((time(ended_at) - time(answered_at)) / aSecond));
}

/** Whoever talked knows how the call went: a phone that rang in vain beside it missed nothing. */
function stateOf(legs: readonly LegFacts[]): Call['state'] {
  const heard = legs.filter(talked);
  if (heard.length > 0) return heard.some(({ state }) => state === 'ended' || state === 'missed') ? 'ended' : 'answered';
  return (['missed', 'ended'] as const).find((state) => legs.some((leg) => leg.state === state)) ?? 'ringing';
}

/** What a call is by its legs, of which there is one at least. The telephone system's clock and word go first. */
export function toldByLegs(legs: readonly LegFacts[]): ToldByLegs {
  const inOrder = legs.toSorted((one, other) => Number(isOfPbx(other)) - Number(isOfPbx(one)));
  const state = inOrder.length === 1 ? (inOrder[0]?.state as Call['state']) : stateOf(inOrder);
  const told = inOrder.filter((leg) => talked(leg) || !inOrder.some(talked));
  const isOver = state === 'ended' || state === 'missed';
  const first = inOrder[0] as LegFacts; // One at least.
  return {
    source: first.source,
    source_call_id: first.source_call_id,
    // A phone knows whose it is, and they see it in their log.
    agent_id: inOrder.findLast((leg) => leg.agent_id !== null)?.agent_id ?? null,
    state,
    started_at: (inOrder.find((leg) => leg.rang_at !== null) ?? inOrder.find(isStartKnown) ?? first).started_at,
    answered_at: inOrder.find((leg) => leg.answered_at !== null)?.answered_at ?? null,
    ended_at: isOver ? (told.find((leg) => leg.ended_at !== null)?.ended_at ?? null) : null,
    duration_seconds: state === 'ended' ? (told.map(talkOf).find((seconds) => seconds !== null) ?? null) : null,
  };
}
