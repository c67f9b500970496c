import type { Context } from '../kernel/context.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { askForCallBack, closeCallBacks } from '../tasks/call-back-tasks.service.ts';
import { callBackDue } from './call-back-due.ts';
import { getCallSettings } from './call-settings.service.ts';
import { wasSpoken } from './call.ts';
import { listLegs } from './call-legs.queries.ts';
import { findCall, listCallsOfCaller, type ShownCallRow } from './calls.queries.ts';

/** A missed call that is reported later than this is history, not something to do. */
const longestWait = 24 * 3_600_000;

/** Phones that ring together begin within so long of each other. */
const ringsTogether = 5 * 60_000;

const mostCallsOfCaller = 50;

/** By what somebody is known who may ring again: E.164, else the digits as they rang. Undefined for who can't be told apart. */
export function callerOf(call: ShownCallRow): string | undefined {
  const digits = call.number?.trim() ?? '';
  return call.is_withheld === 1 || digits === '' ? undefined : (call.e164 ?? digits);
}

/** Whether somebody else took the call, or they were spoken to since, as far as is known by now. */
async function wasSpokenSince(ctx: Context, caller: string, missedAt: string): Promise<boolean> {
  const since = new Date(Date.parse(missedAt) - ringsTogether).toISOString();
  const calls = await listCallsOfCaller(ctx.db, { caller, since, limit: mostCallsOfCaller });
  return calls.some((call) => wasSpoken(call) && (call.ended_at === null || call.ended_at >= missedAt));
}

/** When a call was heard of last. A phone whose clock is ahead may have missed it later than another took it. */
async function lastHeardAt(ctx: Context, call: ShownCallRow): Promise<string> {
  const legs = await listLegs(ctx.db, call.id);
  const times = [call.ended_at ?? call.answered_at ?? call.started_at, ...legs.map((leg) => leg.started_at)];
  return times.toSorted().at(-1) ?? call.started_at;
}

/** After news of a call: who rang in vain is to be called back, and who was spoken to is not any more. */
export async function keepCallBacks(ctx: Context, callId: string): Promise<void> {
  const call = await findCall(ctx.db, callId);
  const caller = call === undefined ? undefined : callerOf(call);
  if (call === undefined || caller === undefined) return;
  if (wasSpoken(call)) await closeCallBacks(ctx, { caller, at: await lastHeardAt(ctx, call) });
  else if (call.state === 'missed' && call.direction === 'inbound') await keepMissed(ctx, call, caller);
}

async function keepMissed(ctx: Context, call: ShownCallRow, caller: string): Promise<void> {
  const settings = await getCallSettings(ctx);
  const isOld = ctx.now().getTime() - Date.parse(call.started_at) > longestWait;
  if (!settings.callBackTasks || isOld || (await wasSpokenSince(ctx, caller, call.started_at))) return;
  const { timeZone } = await readSettings(ctx, companySettings);
  await askForCallBack(ctx, {
    caller,
    missedAt: call.started_at,
    dueAt: callBackDue(call.started_at, settings, timeZone),
    agentId: call.agent_id,
    contactId: call.contact_id,
    companyId: call.company_id,
    callId: call.id,
  });
}
