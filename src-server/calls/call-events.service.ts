import { onceByKey } from '../database/idempotency.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { recordEngagement } from '../people/timeline.service.ts';
import { asAgent } from './as-agent.service.ts';
import { nextState, summaryOf } from './call.ts';
import { keepCallBacks } from './call-backs.service.ts';
import { announceCall } from './call-news.service.ts';
import type { Call, CallEvent } from './calls.contract.ts';
import { findCallOfSource, findSwitches, findUnfinished, insertCall, updateCall, type CallRow } from './calls.queries.ts';
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

function minus(at: string, seconds: number): string {
  return new Date(Date.parse(at) - seconds * 1000).toISOString();
}

/** The columns that an event of this kind tells. */
function timesOf({ event, at }: Report, answeredAt: string | null) {
  if (event.event === 'answered') return { answered_at: answeredAt ?? at };
  if (event.event !== 'ended') return event.event === 'missed' ? { ended_at: at } : {};
  const talked = answeredAt === null ? null : Math.max(0, Math.round((Date.parse(at) - Date.parse(answeredAt)) / 1000));
  return { ended_at: at, duration_seconds: event.durationSeconds ?? talked };
}

function findReported(ctx: Context, { event, source, at }: Report) {
  if (event.callId !== undefined) return findCallOfSource(ctx.db, source, event.callId);
  if (event.event === 'ringing') return undefined;
  const { number, direction } = event;
  return findUnfinished(ctx.db, { source, number, direction, since: minus(at, longestCall / 1000) });
}

/** Notes a call that was not heard of before; its id, or undefined when another report of it was faster. */
async function begin(ctx: Context, report: Report): Promise<string | undefined> {
  const { event, at, heard } = report;
  const id = newId();
  const sure = heard.caller?.match === 'maybe' ? null : heard.caller;
  const isAdded = await insertCall(ctx.db, {
    id,
    source: report.source,
    source_call_id: event.callId ?? null,
    agent_id: report.agentId,
    direction: event.direction,
    number: event.number,
    e164: heard.e164,
    is_withheld: heard.isWithheld ? 1 : 0,
    state: event.event,
    contact_id: sure?.contact?.id ?? null,
    company_id: sure?.company?.id ?? null,
    match_kind: heard.caller?.match ?? null,
    label: heard.publicCaller?.display ?? null,
    shared_by: sure?.contact === null ? sure.candidates.length : 0,
    via: event.via,
    started_at: event.event === 'ended' ? minus(at, event.durationSeconds ?? 0) : at,
    answered_at: null,
    ended_at: null,
    duration_seconds: null,
    outcome: null,
    note: null,
    outcome_at: null,
    created_at: isoNow(ctx),
    ...timesOf(report, null),
  });
  return isAdded ? id : undefined;
}

/** Takes a known call on. True when it came into another state. */
async function advance(ctx: Context, call: CallRow, report: Report): Promise<boolean> {
  const present = call.state as Call['state']; // Written above and here only.
  const state = nextState(present, report.event.event);
  const isLateStart = report.event.event === 'ringing' && report.at < call.started_at;
  // A PBX rings many and learns later who took it.
  const taker = call.agent_id === null && report.agentId !== null ? { agent_id: report.agentId } : {};
  if (state === present && !isLateStart) return false;
  await updateCall(ctx.db, call.id, { state, ...taker, ...(isLateStart ? { started_at: report.at } : timesOf(report, call.answered_at)) });
  return state !== present;
}

/** Whether calls of a source are logged. A PBX logs all it carries. */
async function logsCalls(ctx: Context, source: string): Promise<boolean> {
  if (!source.startsWith('device:')) return true;
  return (await findSwitches(ctx.db, source.slice('device:'.length)))?.log_calls === 1;
}

/** Puts the call on the timelines of known people, unless the outcome screen will. */
async function remember(ctx: Context, id: string, { event, source }: Report): Promise<void> {
  const call = await getCall(ctx, id);
  if (call.state !== 'missed' && call.state !== 'ended') return;
  if (call.state === 'ended' && (call.asksForOutcome || !(await logsCalls(ctx, source)))) return;
  if (event.direction === 'outbound' && call.state === 'missed') return;
  await engage(ctx, id, summaryOf({ ...call, note: '' }));
}

/** Writes a call on the timelines of its contact and company, when there is one. */
export async function engage(ctx: Context, id: string, summary: string): Promise<void> {
  const agent = await asAgent(ctx);
  // The desk's view: a contact that phones may not know of has a timeline all the same.
  const call = await getCall(agent, id);
  if (call.contact === null && call.company === null) return;
  await recordEngagement(agent, {
    kind: 'call',
    at: call.startedAt,
    ...(call.contact === null ? {} : { contactId: call.contact.id }),
    ...(call.company === null ? {} : { companyId: call.company.id }),
    summary,
    subjectId: id,
    isInternal: true,
  });
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
      const call = known ?? (begun === undefined ? await findReported(ctx, report) : undefined);
      const id = begun ?? call?.id ?? '';
      const isNews = begun !== undefined || (call !== undefined && (await advance(ctx, call, report)));
      if (isNews) {
        await announceCall(ctx, id, heard);
        await remember(ctx, id, report);
        await keepCallBacks(ctx, id);
      }
      return getCall(ctx, id);
    }),
  );
}
