import { isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { publish } from '../live/live.service.ts';
import { dropEngagement } from '../people/timeline.service.ts';
import { moveTasks } from '../tasks/tasks.service.ts';
import { namedByHand } from './call-news.service.ts';
import { distanceOf, isOfPbx, searchedSpan, toldByLegs, type LegFacts } from './call-leg.ts';
import { listLegs, listLegsOfNumber, updateLeg, type CallLegRow } from './call-legs.queries.ts';
import type { CallEvent } from './calls.contract.ts';
import { deleteCall, findCall, insertCall, updateCall } from './calls.queries.ts';
import type { HeardNumber } from './heard-number.service.ts';

// Which legs make one entry of the log. It is looked at again with everything that is heard, because what comes first
// may leave open when a call began, or whose it was. The entry of a phone keeps its id: the phone goes on using it.

/** What is the same for all legs of a call. */
export interface ReportedCall extends Pick<CallEvent, 'direction' | 'number' | 'via'> {
  readonly heard: HeardNumber;
}

/** The entry a report belongs to, and which entries are new or changed with it. */
export interface Grouping {
  readonly id: string;
  readonly added: readonly string[];
  readonly touched: readonly string[];
}

/** A caller rings so often within hours; the newest of their calls are looked through. */
const mostLegs = 50;

/** The entry that is waiting for this leg: the other kind of source reported the same call. Undefined: none. */
export async function sameCall(ctx: Context, leg: LegFacts, { direction, heard }: ReportedCall): Promise<string | undefined> {
  // Withheld callers, and numbers only this house knows, may be anybody.
  if (heard.e164 === null) return undefined;
  const near = await listLegsOfNumber(ctx.db, { e164: heard.e164, direction, ...searchedSpan(leg), limit: mostLegs });
  const fitting = [...Map.groupBy(near, ({ call_id }) => call_id)].flatMap(([callId, [only, ...others]]) => {
    const distance = only === undefined || others.length > 0 ? undefined : distanceOf(leg, only);
    return distance === undefined ? [] : [{ callId, distance }];
  });
  return fitting.toSorted((one, other) => one.distance - other.distance)[0]?.callId;
}

/** Adds an entry to the log. */
export async function addEntry(ctx: Context, leg: LegFacts, { direction, number, via, heard }: ReportedCall): Promise<string> {
  const id = newId();
  const sure = heard.caller?.match === 'maybe' ? null : heard.caller;
  await insertCall(ctx.db, {
    id,
    ...toldByLegs([leg]),
    direction,
    number,
    e164: heard.e164,
    is_withheld: heard.isWithheld ? 1 : 0,
    contact_id: sure?.contact?.id ?? null,
    company_id: sure?.company?.id ?? null,
    match_kind: heard.caller?.match ?? null,
    label: heard.publicCaller?.display ?? null,
    shared_by: sure?.contact === null ? sure.candidates.length : 0,
    via,
    outcome: null,
    note: null,
    outcome_at: null,
    created_at: isoNow(ctx),
  });
  return id;
}

/** Puts what was said of one entry onto another, where nothing was said yet, and takes the one away. */
async function absorb(ctx: Context, from: string, into: string): Promise<void> {
  const [gone, kept] = [await findCall(ctx.db, from), await findCall(ctx.db, into)];
  if (gone === undefined || kept === undefined) return;
  for (const leg of await listLegs(ctx.db, from)) await updateLeg(ctx.db, { ...leg, call_id: into });
  const { contact_id, company_id, match_kind, outcome, note, outcome_at } = gone;
  await updateCall(ctx.db, into, {
    ticket_id: kept.ticket_id ?? gone.ticket_id,
    ...(match_kind === namedByHand && kept.match_kind !== namedByHand ? { contact_id, company_id, match_kind } : {}),
    ...(kept.outcome === null ? { outcome, note, outcome_at } : {}),
  });
  await moveTasks(ctx, { from, to: into });
  // What was written by itself is written anew, unless the outcome stands on the timeline.
  for (const line of [gone.engagement_id, outcome === null ? null : kept.engagement_id]) if (line !== null) await dropEngagement(ctx, line);
  await deleteCall(ctx.db, from);
  // Screens that show it ringing put it away; the other entry is told of by itself.
  await publish(ctx, { audience: 'agents', kind: 'call', payload: { callId: from, state: 'ended' } });
}

/** Brings a leg that is alone together with the other one of its call, where there is one. */
async function join(ctx: Context, leg: CallLegRow, call: ReportedCall): Promise<string> {
  const waiting = await sameCall(ctx, leg, call);
  if (waiting === undefined) return leg.call_id;
  const [from, into] = isOfPbx(leg) ? [leg.call_id, waiting] : [waiting, leg.call_id];
  await absorb(ctx, from, into);
  return into;
}

/** Takes two legs apart that turned out to be of two calls: the phone's keeps the entry. */
async function part(ctx: Context, legs: readonly [ofPbx: CallLegRow, ofPhone: CallLegRow], call: ReportedCall): Promise<Omit<Grouping, 'id'>> {
  const [ofPbx, ofPhone] = legs;
  // The entry bears the system's name of the call until now, which no two entries share.
  await updateCall(ctx.db, ofPhone.call_id, { source: ofPhone.source, source_call_id: ofPhone.source_call_id });
  const waiting = await sameCall(ctx, ofPbx, call);
  const id = waiting ?? (await addEntry(ctx, ofPbx, { ...call, via: 'phone' }));
  await updateLeg(ctx.db, { ...ofPbx, call_id: id });
  return { added: waiting === undefined ? [id] : [], touched: [await join(ctx, ofPhone, call), id] };
}

/** After news of a leg: whether it stays with the other leg of its entry, leaves it, or finds one. */
export async function regroup(ctx: Context, leg: CallLegRow, call: ReportedCall): Promise<Grouping> {
  const other = (await listLegs(ctx.db, leg.call_id)).find(({ source }) => source !== leg.source);
  if (other === undefined) {
    const id = await join(ctx, leg, call);
    return { id, added: [], touched: [id] };
  }
  // Once somebody said how the call went, the entry is theirs.
  const isSaid = (await findCall(ctx.db, leg.call_id))?.outcome_at !== null;
  if (isSaid || distanceOf(leg, other) !== undefined) return { id: leg.call_id, added: [], touched: [leg.call_id] };
  const parted = await part(ctx, isOfPbx(leg) ? [leg, other] : [other, leg], call);
  const [ofPhone = leg.call_id, ofPbx = leg.call_id] = parted.touched;
  return { ...parted, id: isOfPbx(leg) ? ofPbx : ofPhone };
}
