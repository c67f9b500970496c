import { recordAct } from '../audit/audit.service.ts';
import { readConversation } from '../conversations/conversations.service.ts';
import { inboxNamed } from '../conversations/inboxes.service.ts';
import { nextValue } from '../database/counters.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { publish } from '../live/live.service.ts';
import { readPropertyValues, writePropertyValues } from '../people/property-values.service.ts';
import { recordEngagement } from '../people/timeline.service.ts';
import { findStageById } from './pipelines.service.ts';
import { turnIn } from './stage-moves.ts';
import { toTicketSummary } from './ticket-list.service.ts';
import { refreshTicketSearch } from './ticket-search.service.ts';
import type { Stage, Ticket, TicketPatch, TicketSummary } from './tickets.contract.ts';
import {
  findActiveAgent,
  findCompanyName,
  findRequester,
  findTicket,
  insertTicket,
  moveToStage,
  ticketById,
  updateTicket,
  type TicketRow,
} from './tickets.queries.ts';

/** A ticket about to be made, whoever makes it. */
export interface NewTicket {
  readonly subject: string;
  readonly contactId: string | null;
  readonly companyId: string | null;
  readonly inboxId: string;
  readonly stage: Pick<Stage, 'id' | 'isOpen' | 'turn'> & { readonly pipelineId: string };
  readonly source: string;
  readonly priority?: TicketSummary['priority'];
  readonly category?: string | null;
  readonly isReleased?: boolean;
  readonly createdAt?: string;
  readonly lastActivityAt?: string;
  readonly closedAt?: string | null;
}

/** A subject stands in lists and in the header of mails: one line, no control characters. */
function oneLine(subject: string): string {
  return subject.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Writes the ticket's row under the next number. Its search entry is the caller's: it may be about to add a message. */
export async function createTicket(ctx: Context, ticket: NewTicket): Promise<TicketRow> {
  const now = isoNow(ctx);
  const createdAt = ticket.createdAt ?? now;
  const lastActivityAt = ticket.lastActivityAt ?? createdAt;
  const row = {
    id: newId(),
    number: await nextValue(ctx, 'ticket-number', 1000),
    subject: oneLine(ticket.subject),
    pipeline_id: ticket.stage.pipelineId,
    stage_id: ticket.stage.id,
    is_open: ticket.stage.isOpen ? (1 as const) : (0 as const),
    priority: ticket.priority ?? 'medium',
    category: ticket.category ?? null,
    source: ticket.source,
    contact_id: ticket.contactId,
    company_id: ticket.companyId,
    assignee_id: null,
    inbox_id: ticket.inboxId,
    is_released: ticket.isReleased === false ? (0 as const) : (1 as const),
    last_public_text: '',
    waits_for: turnIn(ticket.stage, 'team'),
    created_at: createdAt,
    updated_at: now,
    last_activity_at: lastActivityAt,
    last_public_at: lastActivityAt,
    closed_at: ticket.stage.isOpen ? null : (ticket.closedAt ?? lastActivityAt),
  };
  return { ...row, search_id: await insertTicket(ctx.db, row) };
}

/** The inbox's first stage, where its new tickets start. */
export async function startOf(ctx: Context, inbox: { readonly stageId: string }): Promise<NewTicket['stage']> {
  const stage = await findStageById(ctx, inbox.stageId);
  if (stage === undefined) throw new NotFound('The inbox’s first stage');
  return stage;
}

/**
 * Whose ticket it is: the contact, and the company named or else theirs.
 * @throws InvalidInput naming the field when one is not there
 */
export async function ownersFor(ctx: Context, input: Pick<TicketPatch, 'contactId' | 'companyId'>) {
  const contact = typeof input.contactId === 'string' ? await findRequester(ctx.db, input.contactId) : undefined;
  if (typeof input.contactId === 'string' && contact === undefined)
    throw new InvalidInput([{ path: 'contactId', message: 'This contact is no longer there. Choose another.' }]);
  if (typeof input.companyId === 'string' && (await findCompanyName(ctx.db, input.companyId)) === undefined)
    throw new InvalidInput([{ path: 'companyId', message: 'This company is no longer there. Choose another.' }]);
  return { contact, contactId: contact?.id ?? null, companyId: input.companyId ?? contact?.company_id ?? null };
}

export async function recordOpening(ctx: Context, ticket: TicketRow, callId?: string): Promise<void> {
  await record(ctx, ticket, {
    kind: 'ticket-opened',
    summary: `Ticket ${ticket.number} opened: ${ticket.subject}`,
    subjectId: callId ?? null,
    isInternal: false,
  });
}

/** Puts something on the timelines of the ticket, its contact and its company. */
export async function record(
  ctx: Context,
  ticket: Pick<TicketRow, 'id' | 'contact_id' | 'company_id'>,
  engagement: { readonly kind: string; readonly summary: string; readonly subjectId?: string | null; readonly isInternal: boolean },
): Promise<void> {
  await recordEngagement(ctx, {
    kind: engagement.kind,
    summary: engagement.summary,
    subjectId: engagement.subjectId ?? null,
    isInternal: engagement.isInternal,
    contactId: ticket.contact_id,
    companyId: ticket.company_id,
    ticketId: ticket.id,
  });
}

/** Tells open screens. */
export async function announce(ctx: Context, ticket: Pick<TicketRow, 'id' | 'number'>, change: 'opened' | 'message' | 'note' | 'changed'): Promise<void> {
  await publish(ctx, { audience: 'agents', kind: 'ticket', payload: { ticketId: ticket.id, number: ticket.number, change } });
}

/** A ticket as agents see it. `before` names an older part of its conversation. */
export async function getTicket(ctx: Context, id: string, before?: string): Promise<Ticket> {
  const row = await ctx.hot.first(ticketById, { id });
  if (row === undefined) throw new NotFound('This ticket');
  const [{ entries, olderCursor }, properties] = await Promise.all([readConversation(ctx, id, before), readPropertyValues(ctx, 'ticket', [id])]);
  return {
    ...toTicketSummary(row),
    pipelineId: row.pipeline_id,
    category: row.category,
    source: row.source,
    properties: properties.get(id) ?? {},
    isReleased: row.is_released === 1,
    closedAt: row.closed_at,
    conversation: entries,
    olderCursor,
    attachments: entries.flatMap((entry) => (entry.type === 'message' ? entry.message.attachments : [])),
  };
}

/** The ticket's row, in the caller's transaction. */
export async function requireTicket(ctx: Context, id: string): Promise<TicketRow> {
  const row = await findTicket(ctx.db, id);
  if (row === undefined) throw new NotFound('This ticket');
  return row;
}

/**
 * Moves a ticket to a stage; closing and reopening go on the timeline. False when it was there already, so that of two
 * agents who close it at once the first is the one on record.
 */
export async function moveTicket(ctx: Context, ticket: TicketRow, stage: Stage & { readonly pipelineId: string }): Promise<boolean> {
  const wasOpen = ticket.is_open === 1;
  const now = isoNow(ctx);
  const hasMoved = await moveToStage(ctx.db, ticket.id, {
    pipeline_id: stage.pipelineId,
    stage_id: stage.id,
    is_open: stage.isOpen ? 1 : 0,
    waits_for: turnIn(stage, ticket.waits_for as TicketSummary['waitsFor']), // Written from turnIn only.
    closed_at: closingTime(ticket, stage, now),
    updated_at: now,
  });
  if (!hasMoved) return false;
  if (wasOpen && !stage.isOpen)
    await record(ctx, ticket, { kind: 'ticket-closed', summary: `Ticket ${ticket.number} closed: ${ticket.subject}`, isInternal: false });
  if (!wasOpen && stage.isOpen)
    await record(ctx, ticket, { kind: 'ticket-reopened', summary: `Ticket ${ticket.number} reopened: ${ticket.subject}`, isInternal: false });
  if (wasOpen !== stage.isOpen) await updateTicket(ctx.db, ticket.id, { last_activity_at: now, last_public_at: now });
  return true;
}

function closingTime(ticket: TicketRow, stage: Stage, now: string): string | null {
  if (stage.isOpen) return null;
  return ticket.is_open === 1 ? now : ticket.closed_at;
}

/**
 * Changes the fields that are there. Another contact brings their company along unless one is named.
 * @throws InvalidInput naming the field
 */
export async function changeTicket(ctx: Context, id: string, patch: TicketPatch): Promise<Ticket> {
  await inTransaction(ctx, async (ctx) => {
    await applyPatch(ctx, await requireTicket(ctx, id), patch);
    const after = await requireTicket(ctx, id);
    await announce(ctx, after, 'changed');
  });
  return getTicket(ctx, id);
}

/** Does what `changeTicket` does, for a caller with its own transaction who tells the screens itself. */
export async function applyPatch(ctx: Context, ticket: TicketRow, patch: TicketPatch): Promise<void> {
  const { id } = ticket;
  const owners = patch.contactId === undefined && patch.companyId === undefined ? undefined : await ownersFor(ctx, { contactId: ticket.contact_id, ...patch });
  if (typeof patch.assigneeId === 'string' && (await findActiveAgent(ctx.db, patch.assigneeId)) === undefined)
    throw new InvalidInput([{ path: 'assigneeId', message: 'This agent is no longer on the team. Choose another.' }]);
  const inbox = patch.inboxId === undefined ? undefined : await inboxNamed(ctx, patch.inboxId);
  const stage = patch.stageId === undefined ? undefined : await findStageById(ctx, patch.stageId);
  if (patch.stageId !== undefined && stage === undefined)
    throw new InvalidInput([{ path: 'stageId', message: 'This stage is no longer there. Choose another.' }]);

  await updateTicket(ctx.db, id, {
    updated_at: isoNow(ctx),
    ...(patch.subject === undefined ? {} : { subject: oneLine(patch.subject) }),
    ...(patch.priority === undefined ? {} : { priority: patch.priority }),
    ...(patch.category === undefined ? {} : { category: patch.category }),
    ...(patch.assigneeId === undefined ? {} : { assignee_id: patch.assigneeId }),
    ...(inbox === undefined ? {} : { inbox_id: inbox.id }),
    ...(owners === undefined ? {} : { contact_id: owners.contactId, company_id: companyAfter(ticket, patch, owners) }),
    ...(patch.isReleased === undefined ? {} : { is_released: patch.isReleased ? 1 : 0 }),
  });
  if (patch.properties !== undefined) await writePropertyValues(ctx, { object: 'ticket', recordId: id, values: patch.properties });
  if (stage !== undefined) await moveTicket(ctx, ticket, stage);
  const isFoundOtherwise = patch.subject !== undefined || owners !== undefined || patch.isReleased !== undefined;
  if (isFoundOtherwise) await refreshTicketSearch(ctx, await requireTicket(ctx, id));
  if (patch.isReleased !== undefined && patch.isReleased !== (ticket.is_released === 1))
    await recordAct(ctx, { action: patch.isReleased ? 'ticket.released' : 'ticket.hidden', target: { kind: 'ticket', id, name: `${ticket.number}` } });
}

function companyAfter(ticket: TicketRow, patch: TicketPatch, owners: { readonly companyId: string | null }): string | null {
  if (patch.companyId !== undefined) return patch.companyId;
  return patch.contactId === null ? ticket.company_id : owners.companyId;
}
