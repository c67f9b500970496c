import { previewOf } from '../conversations/conversations.service.ts';
import { foldForSearch } from '../database/search.ts';
import { displayName } from '../people/person-name.ts';
import { iso, type SeedPlan } from './made-people.ts';
import { madeTicket, type MadeMessage, type MadeTicket } from './made-tickets.ts';
import { idOf, randomFor } from './random.ts';
import type { SeedWriter } from './seed.queries.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Where tickets of a seeded desk stand. */
export interface SeedStages {
  readonly pipelineId: string;
  readonly fresh: string;
  readonly inProgress: string;
  readonly waiting: string;
  readonly closed: string;
}

export interface TicketParts {
  readonly plan: SeedPlan;
  readonly stages: SeedStages;
  readonly inboxId: string;
  readonly agents: readonly Named[];
  /** The number before the first ticket's. */
  readonly numberBefore: number;
}

/** A ticket with what it got from its desk. */
interface Placed {
  readonly ticket: MadeTicket;
  readonly number: number;
  readonly rowid: number;
  readonly companyId: string | null;
  readonly contactName: string;
  readonly agent: Named;
}

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly at: number;
  readonly summary: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly subjectId: string | null;
  readonly isInternal: boolean;
}

function writeEntry(writer: SeedWriter, { ticket, companyId }: Placed, entry: Entry): void {
  writer.engagements({
    id: entry.id,
    kind: entry.kind,
    at: iso(entry.at),
    contact_id: ticket.contact.id,
    company_id: companyId,
    ticket_id: ticket.id,
    actor_kind: entry.actor.kind,
    actor_name: entry.actor.name,
    summary: entry.summary,
    subject_id: entry.subjectId,
    is_internal: entry.isInternal ? 1 : 0,
  });
}

function writeMessage(writer: SeedWriter, { ticket, contactName, agent }: Placed, message: MadeMessage): void {
  const author = message.isFromCustomer ? { kind: 'contact', id: ticket.contact.id, name: contactName } : { kind: 'agent', ...agent };
  writer.messages({
    id: message.id,
    thread_id: ticket.threadId,
    ticket_id: ticket.id,
    direction: message.isFromCustomer ? 'in' : 'out',
    author_kind: author.kind,
    author_id: author.id,
    author_name: author.name,
    body_text: message.text,
    created_at: iso(message.at),
  });
}

function writeConversation(writer: SeedWriter, placed: Placed): void {
  const { ticket, contactName, agent } = placed;
  for (const message of ticket.messages) {
    writeMessage(writer, placed, message);
    const actor = message.isFromCustomer ? { kind: 'member', name: contactName } : { kind: 'agent', name: agent.name };
    writeEntry(writer, placed, {
      id: message.entryId,
      kind: 'message',
      at: message.at,
      summary: message.text,
      actor,
      subjectId: message.id,
      isInternal: false,
    });
  }
  if (ticket.note === null) return;
  const { id, text, at } = ticket.note;
  writer.internal_notes({
    id,
    kind: 'note',
    ticket_id: ticket.id,
    thread_id: null,
    contact_id: null,
    company_id: null,
    author_id: agent.id,
    author_name: agent.name,
    body_text: text,
    created_at: iso(at),
  });
  const actor = { kind: 'agent', name: agent.name };
  writeEntry(writer, placed, { id: ticket.note.entryId, kind: 'note', at, summary: text, actor, subjectId: id, isInternal: true });
}

function stateOf(ticket: MadeTicket, stages: SeedStages): { readonly stage: string; readonly waitsFor: string } {
  if (!ticket.isOpen) return { stage: stages.closed, waitsFor: 'nobody' };
  if (ticket.messages.at(-1)?.isFromCustomer === false) return { stage: stages.waiting, waitsFor: 'customer' };
  return { stage: ticket.messages.length === 1 ? stages.fresh : stages.inProgress, waitsFor: 'team' };
}

function place(index: number, { plan, agents, numberBefore }: TicketParts): Placed {
  const ticket = madeTicket(plan, index);
  return {
    ticket,
    number: numberBefore + index + 1,
    rowid: index + 1,
    companyId: ticket.contact.company?.id ?? null,
    contactName: displayName(ticket.contact),
    agent: randomFor('agent-of', index).pick(agents),
  };
}

/** Writes the words a ticket is found by, as tickets/ticket-search.service.ts does; a test compares the two. */
export function writeTicketSearch(writer: SeedWriter, index: number, parts: TicketParts): void {
  const { ticket, number, rowid, companyId } = place(index, parts);
  const owner = [`contact${ticket.contact.id}`, ...(companyId === null ? [] : [`company${companyId}`])].map((token) => token.replaceAll('-', '')).join(' ');
  const head = `${number}\n${ticket.subject}`;
  const texts = ticket.messages.map((message) => message.text).join('\n');
  writer.ticket_search({ rowid, owner, public_text: foldForSearch(`${head}\n${texts}`), older_text: '' });
  if (ticket.note !== null) writer.ticket_note_search({ rowid, text: foldForSearch(`${head}\n${ticket.note.text}`) });
}

export function writeTicket(writer: SeedWriter, index: number, parts: TicketParts): void {
  const { stages, inboxId } = parts;
  const placed = place(index, parts);
  const { ticket, agent } = placed;
  const { stage, waitsFor } = stateOf(ticket, stages);
  const newest = ticket.messages.at(-1);
  const lastPublicAt = newest?.at ?? ticket.createdAt;
  const lastActivityAt = iso(Math.max(lastPublicAt, ticket.note?.at ?? 0, ticket.closedAt ?? 0));
  writer.tickets({
    search_id: placed.rowid,
    id: ticket.id,
    number: placed.number,
    subject: ticket.subject,
    pipeline_id: stages.pipelineId,
    stage_id: stage,
    is_open: ticket.isOpen ? 1 : 0,
    priority: ticket.priority,
    category: null,
    source: ticket.source,
    contact_id: ticket.contact.id,
    company_id: placed.companyId,
    assignee_id: ticket.isAssigned ? agent.id : null,
    inbox_id: inboxId,
    is_released: 1,
    last_public_text: previewOf(newest?.text ?? ''),
    waits_for: waitsFor,
    created_at: iso(ticket.createdAt),
    updated_at: lastActivityAt,
    last_activity_at: lastActivityAt,
    last_public_at: iso(lastPublicAt),
    closed_at: ticket.closedAt === null ? null : iso(ticket.closedAt),
  });
  writer.threads({
    id: ticket.threadId,
    ticket_id: ticket.id,
    inbox_id: inboxId,
    channel: ticket.source,
    subject: ticket.subject,
    created_at: iso(ticket.createdAt),
    last_message_at: iso(lastPublicAt),
  });
  const opened = `Ticket ${placed.number} opened: ${ticket.subject}`;
  const actor = { kind: 'member', name: placed.contactName };
  writeEntry(writer, placed, {
    id: idOf('opened', index),
    kind: 'ticket-opened',
    at: ticket.createdAt,
    summary: opened,
    actor,
    subjectId: null,
    isInternal: false,
  });
  writeConversation(writer, placed);
}
