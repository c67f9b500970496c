import { onceByKey } from '../database/idempotency.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { recordEngagement } from '../people/timeline.service.ts';
import { writeTicket } from '../tickets/open-ticket.service.ts';
import { addNote } from '../tickets/ticket-replies.service.ts';
import { requireTicket } from '../tickets/tickets.service.ts';
import { asAgent } from './as-agent.service.ts';
import { announceCall } from './call-news.service.ts';
import { summaryOf } from './call.ts';
import type { Call, CallLinkInput, CallTicket, CallTicketInput } from './calls.contract.ts';
import { updateCall } from './calls.queries.ts';
import { getCall, requireCall } from './calls.service.ts';
import { hearNumber } from './heard-number.service.ts';

/** Opens a ticket for a call, with the caller as its contact. */
export async function openTicketForCall(
  ctx: Context,
  id: string,
  { input, key }: { readonly input: CallTicketInput; readonly key: string | undefined },
): Promise<CallTicket> {
  return onceByKey(ctx, { scope: `${ctx.actor.kind}:${ctx.actor.id}`, key, content: { ticketFor: id, ...input } }, async (ctx) => {
    const call = await requireCall(ctx, id);
    const ticket = await writeTicket(await asAgent(ctx), {
      subject: input.subject,
      // What the agent writes while talking is for the team; nothing is sent to the caller.
      text: '',
      note: input.text,
      contactId: call.contact_id,
      companyId: call.company_id,
      priority: 'medium',
      source: 'phone',
      callId: id,
    });
    await updateCall(ctx.db, id, { ticket_id: ticket.id });
    return { id: ticket.id, number: ticket.number, subject: ticket.subject };
  });
}

/**
 * Says that a call is about a ticket: it stands on the ticket's timeline, and a note for the team says who rang. The same
 * call on the same ticket twice is one note.
 * @throws NotFound when that ticket is not there
 */
export async function linkTicket(ctx: Context, id: string, { ticketId, note }: CallLinkInput): Promise<Call> {
  const row = await requireCall(ctx, id);
  const heard = await hearNumber(ctx, row.number, row.agent_id);
  return inTransaction(ctx, async (ctx) => {
    const before = await requireCall(ctx, id);
    if (before.ticket_id === ticketId) return getCall(ctx, id);
    await requireTicket(ctx, ticketId);
    await updateCall(ctx.db, id, { ticket_id: ticketId });
    const call = await getCall(ctx, id);
    if (note) {
      await addNote(ctx, ticketId, { text: noteOf(call) });
      await recordEngagement(ctx, { kind: 'call', at: call.startedAt, ticketId, summary: summaryOf({ ...call, note: '' }), subjectId: id, isInternal: true });
    }
    await announceCall(ctx, id, heard);
    return call;
  });
}

/** “Phone call from Jonas Brandt, +49 1511 2345678, on Tom Keller’s phone”. */
function noteOf(call: Call): string {
  const way = call.direction === 'inbound' ? 'from' : 'to';
  const number = call.isWithheld || call.displayNumber === call.display ? '' : `, ${call.displayNumber}`;
  const agent = call.agent === null ? '' : `, on ${call.agent.name}’s phone`;
  return `Phone call ${way} ${call.display}${number}${agent}`;
}
