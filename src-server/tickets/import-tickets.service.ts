import { addInternalNote } from '../conversations/conversations.service.ts';
import { inboxOrDefault } from '../conversations/inboxes.service.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { removePropertyValues, writePropertyValues } from '../people/property-values.service.ts';
import { findStageById } from './pipelines.service.ts';
import { forgetTicketSearch, refreshTicketSearch } from './ticket-search.service.ts';
import type { TicketPatch, TicketSummary } from './tickets.contract.ts';
import { deleteTicket, findTicket, updateTicket } from './tickets.queries.ts';
import { applyPatch, createTicket, requireTicket } from './tickets.service.ts';

/** A ticket as another system kept it. */
export interface ImportedTicket {
  readonly subject: string;
  /** What that system said about it: kept as a note, because nobody knows whether a customer may read it. */
  readonly description?: string;
  readonly contactId: string | null;
  readonly companyId: string | null;
  readonly stageId: string;
  readonly priority?: TicketSummary['priority'];
  readonly category?: string | null;
  readonly assigneeId?: string | null;
  /** ISO 8601 UTC, as the other system has them. */
  readonly createdAt?: string;
  readonly lastActivityAt?: string;
  readonly closedAt?: string | null;
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * Takes a ticket over with its dates. Silently: no mail, no news on screens, nothing on timelines, and hidden from
 * customers until somebody releases it. Call it in the transaction of a whole batch of rows; people must be there already.
 */
export function importTicket(ctx: Context, ticket: ImportedTicket): Promise<{ readonly id: string; readonly number: number }> {
  return inTransaction(ctx, async (ctx) => {
    const stage = await findStageById(ctx, ticket.stageId);
    if (stage === undefined) throw new InvalidInput([{ path: 'stageId', message: 'This stage is not there. Choose another.' }]);
    const inbox = await inboxOrDefault(ctx, null);
    const row = await createTicket(ctx, {
      ...ticket,
      stage,
      inboxId: inbox.id,
      source: 'import',
      isReleased: false,
      lastActivityAt: newest([ticket.createdAt, ticket.closedAt, ticket.lastActivityAt]) ?? ctx.now().toISOString(),
    });
    if (typeof ticket.assigneeId === 'string') await updateTicket(ctx.db, row.id, { assignee_id: ticket.assigneeId });
    if (ticket.description !== undefined && ticket.description.trim() !== '')
      await addInternalNote(ctx, { ticketId: row.id, text: ticket.description, at: row.created_at });
    if (ticket.properties !== undefined) await writePropertyValues(ctx, { object: 'ticket', recordId: row.id, values: ticket.properties });
    await refreshTicketSearch(ctx, row);
    return { id: row.id, number: row.number };
  });
}

function newest(times: readonly (string | null | undefined)[]): string | undefined {
  return times
    .filter((time) => typeof time === 'string')
    .sort()
    .at(-1);
}

/** Changes a ticket because its row was imported again; as silent as `importTicket`. */
export function changeImportedTicket(ctx: Context, id: string, patch: TicketPatch): Promise<void> {
  return inTransaction(ctx, async (ctx) => applyPatch(ctx, await requireTicket(ctx, id), patch));
}

/** Removes an imported ticket with whatever was said in it since; its files follow within a day. */
export function removeImportedTicket(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const ticket = await requireTicket(ctx, id);
    await forgetTicketSearch(ctx, ticket.search_id);
    await removePropertyValues(ctx, id);
    await deleteTicket(ctx.db, id);
  });
}

/**
 * Shows imported tickets to their customers; those that are shown already or gone are passed over. How many were hidden.
 * The import as a whole is audited by its caller.
 */
export function releaseImportedTickets(ctx: Context, ids: readonly string[]): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    let released = 0;
    for (const id of ids) {
      const ticket = await findTicket(ctx.db, id);
      if (ticket === undefined || ticket.is_released === 1) continue;
      await updateTicket(ctx.db, id, { is_released: 1 });
      await refreshTicketSearch(ctx, { ...ticket, is_released: 1 });
      released += 1;
    }
    return released;
  });
}
