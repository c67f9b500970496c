import { searchableText } from '../conversations/conversations.service.ts';
import { indexText, matchExpression, removeText } from '../database/search.ts';
import type { Context } from '../kernel/context.ts';
import type { TicketRow } from './tickets.queries.ts';

// Two indexes: one that customers search too, and one with what only agents may find. A customer's search is narrowed by
// the owner column to their own tickets, so that what others wrote costs and tells nothing.

/** The one word that stands for an owner. An identifier's hyphens would make it several. */
function ownerToken(kind: 'contact' | 'company', id: string): string {
  return `${kind}${id.replace(/[^0-9A-Za-z]/gu, '').toLowerCase()}`;
}

function ownersOf(ticket: Pick<TicketRow, 'contact_id' | 'company_id' | 'is_released'>): string {
  if (ticket.is_released === 0) return '';
  const contact = ticket.contact_id === null ? [] : [ownerToken('contact', ticket.contact_id)];
  const company = ticket.company_id === null ? [] : [ownerToken('company', ticket.company_id)];
  return [...contact, ...company].join(' ');
}

/** What a search in both indexes asks; undefined when nothing searchable was typed. */
export function agentMatch(typed: string): { readonly inConversations: string; readonly inNotes: string } | undefined {
  const inConversations = matchExpression(typed, '{public_text older_text}');
  const inNotes = matchExpression(typed);
  return inConversations === undefined || inNotes === undefined ? undefined : { inConversations, inNotes };
}

/** What a customer's search asks: their words, in what they may see, of tickets that are theirs. */
export function customerMatch(
  typed: string,
  scope: { readonly owner: { readonly kind: 'contact' | 'company'; readonly id: string }; readonly allThreads: boolean },
): string | undefined {
  const words = matchExpression(typed, scope.allThreads ? '{public_text older_text}' : 'public_text');
  return words === undefined ? undefined : `owner : "${ownerToken(scope.owner.kind, scope.owner.id)}" AND ${words}`;
}

/** Renews what a ticket is found by. Call it in the transaction that changes the ticket or its conversation. */
export async function refreshTicketSearch(
  ctx: Context,
  ticket: Pick<TicketRow, 'id' | 'search_id' | 'number' | 'subject' | 'contact_id' | 'company_id' | 'is_released'>,
): Promise<void> {
  const text = await searchableText(ctx, ticket.id);
  const head = `${ticket.number}\n${ticket.subject}`;
  await indexText(ctx, {
    index: 'ticket_search',
    rowid: ticket.search_id,
    columns: { owner: ownersOf(ticket), public_text: `${head}\n${text.newest}`, older_text: text.older },
  });
  await refreshNoteSearch(ctx, ticket, text.internal);
}

async function refreshNoteSearch(ctx: Context, ticket: Pick<TicketRow, 'search_id' | 'number' | 'subject'>, internal: string): Promise<void> {
  if (internal.trim() === '') await removeText(ctx, { index: 'ticket_note_search', rowid: ticket.search_id });
  else await indexText(ctx, { index: 'ticket_note_search', rowid: ticket.search_id, columns: { text: `${ticket.number}\n${ticket.subject}\n${internal}` } });
}

export async function forgetTicketSearch(ctx: Context, searchId: number): Promise<void> {
  await removeText(ctx, { index: 'ticket_search', rowid: searchId });
  await removeText(ctx, { index: 'ticket_note_search', rowid: searchId });
}
