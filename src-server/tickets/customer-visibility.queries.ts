import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

// What a customer may see. Every read for a customer is built on these, and nothing else decides: a page, a search, a
// reply or a file that must not be seen has to fail here. Notes and comments are in another table, which no query on
// this path names.

/** Whose eyes. `companyId` is null unless the viewer may see their company's tickets. */
export interface CustomerScope {
  readonly contactId: string;
  readonly companyId: string | null;
}

/**
 * Tickets the customer may know of: released, and their own or their company's. It only lets rows pass: each read names
 * its own way in (a number, an owner's list, what a search found), and the coalesce keeps the database from taking another.
 */
export function visibleTickets(db: Kysely<Tables>, scope: CustomerScope) {
  return (
    db
      .selectFrom('tickets')
      // Written as a constant, because only then an index of released tickets can serve it.
      .where((ticket) => ticket('tickets.is_released', '=', ticket.lit(1)))
      .where((ticket) => {
        const owner = {
          contact: ticket.fn.coalesce('tickets.contact_id', ticket.lit(null)),
          company: ticket.fn.coalesce('tickets.company_id', ticket.lit(null)),
        };
        return ticket.or([ticket(owner.contact, '=', scope.contactId), ticket(owner.company, '=', scope.companyId)]);
      })
  );
}

/** Whether all conversations of a ticket show or only the newest one. */
export interface ThreadScope extends CustomerScope {
  readonly allThreads: 0 | 1;
}

/** Conversations of visible tickets: those of connected inboxes, and of them the newest one unless all are to show. */
export function visibleThreads(db: Kysely<Tables>, scope: ThreadScope) {
  return visibleTickets(db, scope)
    .innerJoin('threads', 'threads.ticket_id', 'tickets.id')
    .innerJoin('inboxes', 'inboxes.id', 'threads.inbox_id')
    .where('inboxes.is_connected', '=', 1)
    .where((thread) =>
      thread.or([
        thread(thread.val(scope.allThreads), '=', 1),
        thread.not(
          thread.exists(
            thread
              .selectFrom('threads as newer')
              .innerJoin('inboxes as newer_inbox', 'newer_inbox.id', 'newer.inbox_id')
              .select('newer.id')
              .whereRef('newer.ticket_id', '=', 'threads.ticket_id')
              .where('newer_inbox.is_connected', '=', 1)
              .where((other: ExpressionBuilder<Tables & { newer: Tables['threads'] }, 'newer' | 'threads'>) =>
                other(other.refTuple('newer.last_message_at', 'newer.id'), '>', other.refTuple('threads.last_message_at', 'threads.id')),
              ),
          ),
        ),
      ]),
    );
}

/** Messages of visible conversations. */
export function visibleMessages(db: Kysely<Tables>, scope: ThreadScope) {
  return visibleThreads(db, scope).innerJoin('messages', 'messages.thread_id', 'threads.id');
}

/** Files of visible messages. */
export function visibleAttachments(db: Kysely<Tables>, scope: ThreadScope) {
  return visibleMessages(db, scope).innerJoin('attachments', 'attachments.message_id', 'messages.id');
}
