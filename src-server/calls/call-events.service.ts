import { isDeepStrictEqual } from 'node:util';
import { onceByKey } from '../database/idempotency.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import { actingAs, inTransaction, systemActor, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { recordEngagement } from '../people/timeline.service.ts';
import { asAgent } from './as-agent.service.ts';
import { nextState, summaryOf } from './call.ts';
import { keepCallBacks } from './call-backs.service.ts';
import { announceCall } from './call-news.service.ts';
import { addEntry, regroup, sameCall, type Grouping, type ReportedCall } from './call-entries.service.ts';
import { afterEvent, isOfPbx, newLeg, toldByLegs, type LegEvent } from './call-leg.ts';
import { findLeg, findUnfinishedLeg, insertLeg, listLegs, updateLeg, type CallLegRow } from './call-legs.queries.ts';
import type { Call, CallEvent } from './calls.contract.ts';
import { findCall, findSwitches, updateCall } from './calls.queries.ts';
import { getCall } from './calls.service.ts';
import { hearNumber, type HeardNumber } from './heard-number.service.ts';

/** A phone's clock may be ahead by so much before its time is not believed. */
const clockTolerance = 5 * 60_000;

/** How long after its start an event without an id may still belong to a call. */
const longestCall = 4 * 3_600_000;

interface Report {
  readonly event: CallEvent;
  readonly at: string;
  readonly source: string;
  /** Whose phone rings; null where a PBX can't tell. */
  readonly agentId: string | null;
  readonly heard: HeardNumber;
}

function believableTime(ctx: Context, at: string): string {
  const now = ctx.now();
  return Date.parse(at) > now.getTime() + clockTolerance ? now.toISOString() : new Date(at).toISOString();
}

function findReported(ctx: Context, { event, source, at }: Report) {
  if (event.callId !== undefined) return findLeg(ctx.db, source, event.callId);
  if (event.event === 'ringing') return undefined;
  const { number, direction } = event;
  const since = new Date(Date.parse(at) - longestCall).toISOString();
  return findUnfinishedLeg(ctx.db, { source, number, direction, since });
}

function callOf({ event, heard }: Report): ReportedCall {
  return { direction: event.direction, number: event.number, via: event.via, heard };
}

function legEvent({ event, at, agentId }: Report): LegEvent {
  return { event: event.event, at, agentId, ...(event.durationSeconds === undefined ? {} : { durationSeconds: event.durationSeconds }) };
}

/** Notes a leg that was not heard of before; undefined when another report of it was faster. */
async function begin(ctx: Context, report: Report): Promise<Grouping | undefined> {
  const leg = newLeg(report.source, report.event.callId ?? newId(), legEvent(report));
  const known = await sameCall(ctx, leg, callOf(report));
  const id = known ?? (await addEntry(ctx, leg, callOf(report)));
  return (await insertLeg(ctx.db, { ...leg, call_id: id })) ? { id, added: known === undefined ? [id] : [], touched: [id] } : undefined;
}

/** Takes a known leg on; undefined when the event says nothing new. */
async function goOn(ctx: Context, leg: CallLegRow, report: Report): Promise<Grouping | undefined> {
  const next = { ...leg, ...afterEvent(leg, legEvent(report)) };
  if (isDeepStrictEqual(next, leg)) return undefined;
  await updateLeg(ctx.db, next);
  return regroup(ctx, next, callOf(report));
}

/** Brings an entry to what its legs tell. True when the desk is to hear of it. */
async function tell(ctx: Context, id: string, report: Report): Promise<boolean> {
  const before = await findCall(ctx.db, id);
  if (before === undefined) return false;
  const told = toldByLegs(await listLegs(ctx.db, id));
  // Who said how it went said that it is over.
  const state = before.outcome_at === null ? told.state : nextState(told.state, 'ended');
  const via = report.event.via === 'phone-page' ? { via: report.event.via } : {};
  await updateCall(ctx.db, id, { ...told, ...via, state, ended_at: told.ended_at ?? (before.outcome_at === null ? null : before.ended_at) });
  return state !== before.state || (before.agent_id === null && told.agent_id !== null);
}

/** Does what follows for each entry that a report changed. */
async function follow(ctx: Context, { id, added, touched }: Grouping, report: Report): Promise<void> {
  for (const each of touched) {
    const isNews = await tell(ctx, each, report);
    // A phone may not look at the calls of others, and its report may concern them all the same.
    await remember(each === id ? ctx : actingAs(ctx, systemActor), each, report.source);
    if (!isNews && !added.includes(each)) continue;
    await announceCall(ctx, each, report.heard);
    await keepCallBacks(ctx, each);
  }
}

/** Whether calls of a source are logged. A PBX logs all it carries. */
async function logsCalls(ctx: Context, source: string): Promise<boolean> {
  if (!source.startsWith('device:')) return true;
  return (await findSwitches(ctx.db, source.slice('device:'.length)))?.log_calls === 1;
}

/** Puts the call on the timelines of known people, unless the outcome screen will; what was written there before is told anew. */
async function remember(ctx: Context, id: string, source: string): Promise<void> {
  const call = await getCall(ctx, id);
  if (call.outcome !== null || (call.state !== 'missed' && call.state !== 'ended')) return;
  const isOfSystem = (await listLegs(ctx.db, id)).some(isOfPbx);
  if (call.state === 'ended' && !isOfSystem && (call.asksForOutcome || !(await logsCalls(ctx, source)))) return;
  if (call.direction === 'outbound' && call.state === 'missed') return;
  await engage(ctx, id, summaryOf({ ...call, note: '' }));
}

/** Writes a call on the timelines of its contact and company, when there is one, in the place of what was written by itself. */
export async function engage(ctx: Context, id: string, summary: string): Promise<void> {
  const agent = await asAgent(ctx);
  // The desk's view: a contact that phones may not know of has a timeline all the same.
  const call = await getCall(agent, id);
  if (call.contact === null && call.company === null) return;
  const row = await findCall(ctx.db, id);
  const engagement = await recordEngagement(agent, {
    kind: 'call',
    at: call.startedAt,
    ...(call.contact === null ? {} : { contactId: call.contact.id }),
    ...(call.company === null ? {} : { companyId: call.company.id }),
    summary,
    subjectId: id,
    isInternal: true,
    replaces: row?.engagement_id ?? null,
  });
  // What an agent said of a call stands, also when they say something else later.
  await updateCall(ctx.db, id, { engagement_id: call.outcome === null ? engagement : null });
}

export interface CallSource {
  /** 'device:ID' or 'pbx:ID'. */
  readonly source: string;
  /** Whose phone it is; null where a PBX can't tell. */
  readonly agentId: string | null;
  /** The key of the report, so that a repetition is no second call. */
  readonly key: string | undefined;
}

/** Takes what a phone reports of a call. */
export function recordCallEvent(ctx: Context, event: CallEvent, key: string | undefined): Promise<Call> {
  if (ctx.actor.kind !== 'device') throw new Error('Only phones report calls here.');
  const { agentId, id } = ctx.actor;
  return takeCallEvent(ctx, event, { source: `device:${id}`, agentId, key });
}

/**
 * Takes what a phone or a PBX reports of a call. Events of one call merge into one entry of the log, in whatever order
 * and however often they come.
 * @throws InvalidInput when a repetition could not be told from another call; KeyUsedTwice
 */
export async function takeCallEvent(ctx: Context, event: CallEvent, { source, agentId, key }: CallSource): Promise<Call> {
  if (key === undefined && event.callId === undefined) {
    throw new InvalidInput([
      { path: 'Idempotency-Key', message: 'Send an Idempotency-Key header, or a callId in the body, so that a repeated report is not a second call.' },
    ]);
  }
  const heard = await hearNumber(ctx, event.number, agentId);
  const report: Report = { event, at: believableTime(ctx, event.at), source, agentId, heard };

  return onceByKey(ctx, { scope: source, key, content: { call: event } }, (ctx) =>
    inTransaction(ctx, async (ctx) => {
      const known = await findReported(ctx, report);
      const begun = known === undefined ? await begin(ctx, report) : undefined;
      const leg = known ?? (begun === undefined ? await findReported(ctx, report) : undefined);
      const grouping = begun ?? (leg === undefined ? undefined : await goOn(ctx, leg, report));
      if (grouping !== undefined) await follow(ctx, grouping, report);
      return getCall(ctx, grouping?.id ?? leg?.call_id ?? '');
    }),
  );
}
