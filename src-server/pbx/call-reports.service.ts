import { createHash } from 'node:crypto';
import type { CallEvent } from '../calls/calls.contract.ts';
import { takeCallEvent } from '../calls/call-events.service.ts';
import { openCallOf } from '../calls/open-call.service.ts';
import { isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { numberOfParty, partiesOf } from './call-parties.ts';
import type { PbxEvent, ThreeCxCall } from './pbx.contract.ts';
import { agentOfExtension, listExtensions } from './pbx.queries.ts';

async function agentOf(ctx: Context, extension: string): Promise<string | null> {
  if (extension === '') return null;
  const row = await ctx.hot.first(agentOfExtension, { sourceId: ctx.actor.id, extension });
  return row?.agent_id ?? null;
}

/** Who reports, as the call log notes it. */
function sourceName(ctx: Context): string {
  return `pbx:${ctx.actor.id}`;
}

/** What is reported of a call. Some telephones give their calls no id. */
export type ReportedEvent = Omit<PbxEvent, 'callId'> & Partial<Pick<PbxEvent, 'callId'>>;

/** Takes what a telephone or telephone system says of a call; however often it says so, it is one call. */
export async function reportEvent(ctx: Context, event: ReportedEvent): Promise<{ callId: string }> {
  const extensions = new Set((await listExtensions(ctx.db, [ctx.actor.id])).map((row) => row.extension));
  const { direction, number, extension } = partiesOf(event, (party) => extensions.has(party));
  const at = event.at === undefined ? isoNow(ctx) : new Date(event.at).toISOString();
  const callId = event.callId === undefined ? await guessedId(ctx, { event: event.event, number }) : idOfCall(event.callId);
  const report: CallEvent = { callId, event: event.event, direction, number, at, via: 'phone' };
  const call = await takeCallEvent(ctx, report, { source: sourceName(ctx), agentId: await agentOf(ctx, extension), key: undefined });
  return { callId: call.id };
}

/** A telephone has one call with a number at a time: the one that is not over, or was just now. */
async function guessedId(ctx: Context, call: Pick<CallEvent, 'event' | 'number'>): Promise<string> {
  return (await openCallOf(ctx, { source: sourceName(ctx), ...call })) ?? newId();
}

const longestId = 120;

/** A call id as it is kept: SIP's may be longer than a record takes. */
function idOfCall(callId: string): string {
  return callId.length <= longestId ? callId : hashOf([callId]);
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** 3CX says seconds, or hours, minutes and seconds with colons. */
function secondsOf(duration: string): number | undefined {
  const parts = duration.split(':').map(Number);
  if (duration === '' || parts.length > 3 || parts.some((part) => !Number.isFinite(part) || part < 0)) return undefined;
  return Math.min(86_400, Math.round(parts.reduce((total, part) => total * 60 + part, 0)));
}

/**
 * Takes 3CX's journal entry of a call that is over. 3CX has no id for a call, so start, agent, number and direction
 * make one.
 */
export async function reportThreeCxCall(ctx: Context, call: ThreeCxCall): Promise<{ callId: string }> {
  const direction = call.type === 'Outbound' || call.type === 'Notanswered' ? 'outbound' : 'inbound';
  const isTaken = call.type === 'Inbound' || call.type === 'Outbound';
  const start = new Date(call.start);
  const seconds = isTaken ? (secondsOf(call.duration) ?? 0) : 0;
  const number = numberOfParty(call.number);
  const agent = numberOfParty(call.agent);
  const event: CallEvent = {
    callId: hashOf([start.toISOString(), agent, number, direction]),
    event: call.type === 'Missed' ? 'missed' : 'ended',
    direction,
    number: number === '' ? null : number,
    at: new Date(start.getTime() + seconds * 1000).toISOString(),
    durationSeconds: seconds,
    via: 'phone',
  };
  const recorded = await takeCallEvent(ctx, event, { source: sourceName(ctx), agentId: await agentOf(ctx, agent), key: undefined });
  return { callId: recorded.id };
}
