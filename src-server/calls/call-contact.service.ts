import { InvalidInput } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { nameMissedCaller } from '../tasks/call-back-tasks.service.ts';
import { callerOf } from './call-backs.service.ts';
import { engage } from './call-events.service.ts';
import { namedByHand, announceCall } from './call-news.service.ts';
import { summaryOf } from './call.ts';
import type { Call } from './calls.contract.ts';
import { findCallingContact, updateCall } from './calls.queries.ts';
import { getCall, requireCall } from './calls.service.ts';
import { hearNumber } from './heard-number.service.ts';

/**
 * Who somebody says it was; null: nobody known.
 * @throws InvalidInput when that contact is not there, or not for phones
 */
export async function chosenContact(ctx: Context, id: string | null) {
  if (id === null) return { contact_id: null, company_id: null, match_kind: namedByHand };
  const contact = await findCallingContact(ctx.db, id);
  const isHidden = ctx.actor.kind === 'device' && contact?.publish_to_phones === 0;
  if (contact === undefined || isHidden) throw new InvalidInput([{ path: 'contactId', message: 'This contact is not there any more. Choose another.' }]);
  return { contact_id: contact.id, company_id: contact.company_id, match_kind: namedByHand };
}

/**
 * Says by hand who a call was with, also while it rings: one of several who share the number, or somebody whose number
 * was withheld. A call that is over comes onto their timeline. Null takes it back.
 * @throws InvalidInput when that contact is not there
 */
export async function nameCaller(ctx: Context, id: string, contactId: string | null): Promise<Call> {
  const { number, agent_id: agentId } = await requireCall(ctx, id);
  const heard = await hearNumber(ctx, number, agentId);
  return inTransaction(ctx, async (ctx) => {
    const before = await requireCall(ctx, id);
    if (before.contact_id === contactId && before.match_kind === namedByHand) return getCall(ctx, id);
    await updateCall(ctx.db, id, await chosenContact(ctx, contactId));
    await nameTask(ctx, id);
    const call = await getCall(ctx, id);
    const isOver = call.state === 'ended' || call.state === 'missed';
    if (isOver && before.contact_id !== contactId) await engage(ctx, id, summaryOf({ ...call, note: call.note ?? '' }));
    await announceCall(ctx, id, heard);
    return call;
  });
}

/** The task to call back who was missed is about them from now on. */
export async function nameTask(ctx: Context, id: string): Promise<void> {
  const call = await requireCall(ctx, id);
  const caller = call.state === 'missed' ? callerOf(call) : undefined;
  if (caller === undefined) return;
  await nameMissedCaller(ctx, caller, { contactId: call.contact_id, companyId: call.company_id });
}
