import { addInternalNote, addMessage, startThread } from '../conversations/conversations.service.ts';
import { inboxNamed, inboxOrDefault } from '../conversations/inboxes.service.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { displayName } from '../people/person-name.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { readSettings } from '../settings/settings.service.ts';
import { noteMessage } from './ticket-replies.service.ts';
import { refreshTicketSearch } from './ticket-search.service.ts';
import type { Ticket, TicketInput } from './tickets.contract.ts';
import type { TicketRow } from './tickets.queries.ts';
import { announce, createTicket, getTicket, ownersFor, recordOpening, startOf } from './tickets.service.ts';

type Owners = Awaited<ReturnType<typeof ownersFor>>;

/**
 * Opens a ticket from the desk, after a call, say. What the customer told is the first message of its conversation; the
 * note is for the team. Nobody gets mail.
 * @throws InvalidInput naming the field
 */
export async function openTicket(ctx: Context, input: TicketInput): Promise<Ticket> {
  const { id } = await writeTicket(ctx, input);
  return getTicket(ctx, id);
}

/** The same inside the transaction of what it follows from, where a ticket can't be read with its conversation yet. */
export function writeTicket(ctx: Context, input: TicketInput): Promise<TicketRow> {
  return inTransaction(ctx, async (ctx) => {
    const owners = await ownersFor(ctx, input);
    const { inboxId } = await readSettings(ctx, portalSettings);
    const inbox = input.inboxId === undefined ? await inboxOrDefault(ctx, inboxId) : await inboxNamed(ctx, input.inboxId);
    const { subject, priority, source } = input;
    const { contactId, companyId } = owners;
    const ticket = await createTicket(ctx, { subject, priority, source, contactId, companyId, inboxId: inbox.id, stage: await startOf(ctx, inbox) });
    await recordOpening(ctx, ticket, input.callId);
    if (input.note !== '') await addInternalNote(ctx, { ticketId: ticket.id, text: input.note });
    if (input.text === '') await refreshTicketSearch(ctx, ticket);
    else await writeDown(ctx, ticket, { owners, text: input.text, inboxId: inbox.id, channel: source });
    await announce(ctx, ticket, 'opened');
    return ticket;
  });
}

/** Writes down what a customer said, in their name. */
async function writeDown(
  ctx: Context,
  ticket: TicketRow,
  told: { readonly owners: Owners; readonly text: string; readonly inboxId: string; readonly channel: TicketInput['source'] },
): Promise<void> {
  const { contact } = told.owners;
  const message = await addMessage(ctx, {
    ticketId: ticket.id,
    thread: await startThread(ctx, { ticketId: ticket.id, inboxId: told.inboxId, channel: told.channel, subject: ticket.subject }),
    direction: 'in',
    author:
      contact === undefined
        ? { kind: 'agent', id: ctx.actor.id, name: ctx.actor.name }
        : { kind: 'contact', id: contact.id, name: displayName({ firstName: contact.first_name, lastName: contact.last_name, email: contact.email }) },
    text: told.text,
    attachmentIds: [],
    uploadedBy: `agent:${ctx.actor.id}`,
  });
  await noteMessage(ctx, ticket, message);
}
