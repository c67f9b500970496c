import { openStoredFile, type OpenedAttachment } from '../conversations/attachments.service.ts';
import { addMessage, startThread, type Thread } from '../conversations/conversations.service.ts';
import { inboxOrDefault } from '../conversations/inboxes.service.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { NotFound } from '../kernel/app-error.ts';
import { decodeCursor, toPage } from '../kernel/page.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { readSettings } from '../settings/settings.service.ts';
import type {
  CustomerReplyInput,
  CustomerTicket,
  CustomerTicketInput,
  CustomerTicketPage,
  CustomerTicketQuery,
  CustomerTicketRef,
  CustomerViewer,
} from './customer-tickets.contract.ts';
import {
  customerFileById,
  customerFiles,
  customerLists,
  customerMessages,
  customerSearches,
  customerTicketByNumber,
  findVisibleThread,
  findVisibleTicket,
  matchBeyond,
  type Audience,
  type CustomerTicketRow,
  type OrderName,
  type Place,
} from './customer-tickets.queries.ts';
import { toCustomerMessage, toCustomerSummary } from './customer-view.ts';
import type { CustomerScope } from './customer-visibility.queries.ts';
import { stagesOf } from './pipelines.service.ts';
import { stageAfterCustomer } from './stage-moves.ts';
import { noteMessage } from './ticket-replies.service.ts';
import { customerMatch } from './ticket-search.service.ts';
import { FilingIsOff, TicketClosed } from './tickets.errors.ts';
import { updateTicket, type TicketRow } from './tickets.queries.ts';
import { announce, createTicket, moveTicket, recordOpening, startOf } from './tickets.service.ts';

// The one reader for customers, and what they may do: file a ticket, answer one.

/** What the viewer's membership lets them see. Nothing a customer sends comes in here. */
function scopeOf(viewer: CustomerViewer): CustomerScope {
  return { contactId: viewer.contactId, companyId: viewer.visibility === 'company' ? viewer.companyId : null };
}

/** Missing and foreign tickets are refused alike, so that a number tells nothing. */
function noSuchTicket(): NotFound {
  return new NotFound('This ticket');
}

const examinedMatches = 1000;
const messagesAtOnce = 100;

/** A page of the customer's tickets. Asking for the organisation's without the right to gives one's own. */
export async function listCustomerTickets(ctx: Context, viewer: CustomerViewer, query: CustomerTicketQuery): Promise<CustomerTicketPage> {
  const scope = scopeOf(viewer);
  const canViewOrganisation = scope.companyId !== null;
  const audience: Audience = canViewOrganisation && query.view === 'organisation' ? 'company' : 'contact';
  const { statusNames, showAllThreads } = await readSettings(ctx, portalSettings);

  const isSearch = query.search !== undefined && query.search !== '';
  const found = isSearch ? await search(ctx, { scope, audience, query, allThreads: showAllThreads }) : await list(ctx, { scope, audience, query });
  const page = toPage(found.rows, query.limit, {
    item: (row) => toCustomerSummary(row, { viewer, statusNames }),
    key: (row) => [keyOf(row, query.sort), row.number],
  });
  const isPartial = page.nextCursor === null && found.match !== undefined && (await hasMatchBeyond(ctx, found.match));
  return { ...page, view: audience === 'company' ? 'organisation' : 'mine', canViewOrganisation, isPartial };
}

interface Listing {
  readonly scope: CustomerScope;
  readonly audience: Audience;
  readonly query: CustomerTicketQuery;
}

interface Found {
  readonly rows: readonly CustomerTicketRow[];
  readonly match?: string;
}

async function list(ctx: Context, { scope, audience, query }: Listing): Promise<Found> {
  const states: readonly (0 | 1)[] = { open: [1] as const, closed: [0] as const, all: [1, 0] as const }[query.state];
  const parameters = { ...scope, ...placeOf(query), limit: query.limit + 1 };
  const lists = await Promise.all(states.map((isOpen) => ctx.hot.all(customerLists[audience][nameOf(query)], { ...parameters, isOpen })));
  const rows =
    lists.length === 1
      ? lists.flat()
      : lists
          .flat()
          .sort(comparing(query))
          .slice(0, query.limit + 1);
  return { rows };
}

async function search(ctx: Context, { scope, audience, query, allThreads }: Listing & { readonly allThreads: boolean }): Promise<Found> {
  const owner = audience === 'company' ? { kind: audience, id: scope.companyId ?? '' } : { kind: audience, id: scope.contactId };
  const match = customerMatch(query.search ?? '', { owner, allThreads });
  if (match === undefined) return { rows: [] };
  const isOpen = ({ open: 1, closed: 0, all: null } as const)[query.state];
  // Among one's own tickets the company's are out of sight.
  const narrowed = audience === 'company' ? scope : { ...scope, companyId: null };
  const parameters = { ...narrowed, ...placeOf(query), match, isOpen, examined: examinedMatches, limit: query.limit + 1 };
  return { rows: await ctx.hot.all(customerSearches[nameOf(query)], parameters), match };
}

async function hasMatchBeyond(ctx: Context, match: string): Promise<boolean> {
  return (await ctx.hot.first(matchBeyond, { match, examined: examinedMatches })) !== undefined;
}

function nameOf(query: CustomerTicketQuery): OrderName {
  return `${query.sort}-${query.direction === 'ascending' ? 'asc' : 'desc'}`;
}

function keyOf(row: CustomerTicketRow, sort: CustomerTicketQuery['sort']): string {
  return { activity: row.last_public_at, created: row.created_at, subject: row.subject, number: '' }[sort];
}

// Beyond every time and every subject, which has 200 characters at most.
const aboveAllKeys = '\u{10FFFF}'.repeat(201);

/** Where the page starts: after the cursor, or before everything. */
function placeOf(query: CustomerTicketQuery): Place {
  const { cursor } = query;
  if (cursor === undefined) return query.direction === 'ascending' ? { key: '', number: 0 } : { key: aboveAllKeys, number: Number.MAX_SAFE_INTEGER };
  const [key, number] = decodeCursor(cursor, 2) ?? [];
  // An address somebody has cut short shows the first page rather than a refusal.
  return typeof key === 'string' && typeof number === 'number' ? { key, number } : placeOf({ ...query, cursor: undefined });
}

/** As the database sorts: subjects without regard to the case of A to Z, by code points. */
function comparing(query: CustomerTicketQuery): (left: CustomerTicketRow, right: CustomerTicketRow) => number {
  const sign = query.direction === 'ascending' ? 1 : -1;
  const keyFor = (row: CustomerTicketRow) => Buffer.from(keyOf(row, query.sort).replace(/[A-Z]/gu, (letter) => letter.toLowerCase()));
  return (left, right) => sign * (Buffer.compare(keyFor(left), keyFor(right)) || left.number - right.number);
}

/** A ticket with the newest part of its conversation, or the part before `ref.before`. */
export async function getCustomerTicket(ctx: Context, viewer: CustomerViewer, ref: number | CustomerTicketRef): Promise<CustomerTicket> {
  const { number, before } = typeof ref === 'number' ? { number: ref, before: undefined } : ref;
  const { statusNames, showAllThreads } = await readSettings(ctx, portalSettings);
  const scope = scopeOf(viewer);
  const row = await ctx.hot.first(customerTicketByNumber, { ...scope, number });
  if (row === undefined) throw noSuchTicket();

  const [at, id] = (before === undefined ? undefined : decodeCursor(before, 2)) ?? [aboveAllKeys, ''];
  const place = { ...scope, allThreads: showAllThreads ? 1 : 0, number, at: String(at), id: String(id), limit: messagesAtOnce + 1 } as const;
  const [messages, attached] = await Promise.all([ctx.hot.all(customerMessages, place), ctx.hot.all(customerFiles, place)]);
  const files = Map.groupBy(attached, (file) => file.message_id ?? '');
  const shown = toPage(messages, messagesAtOnce, {
    item: (message) => toCustomerMessage(message, { viewer, files: files.get(message.id) ?? [] }),
    key: (message) => [message.created_at, message.id],
  });
  return {
    ...toCustomerSummary(row, { viewer, statusNames }),
    closedAt: row.closed_at,
    canReply: row.is_open === 1,
    messages: shown.items.reverse(),
    olderCursor: shown.nextCursor,
  };
}

/** Opens a file of a message the customer may read; checked at every request, whatever was allowed before. */
// oxlint-disable-next-line max-params -- who looks stays apart from what they name.
export async function openCustomerAttachment(ctx: Context, viewer: CustomerViewer, id: string, wish: 'show' | 'download' = 'show'): Promise<OpenedAttachment> {
  const { showAllThreads } = await readSettings(ctx, portalSettings);
  const row = await ctx.hot.first(customerFileById, { ...scopeOf(viewer), allThreads: showAllThreads ? 1 : 0, id });
  if (row === undefined) throw new NotFound('This file');
  return openStoredFile(ctx, row, wish);
}

/**
 * Answers an open ticket the customer may see: into its newest conversation, or a new one in the portal's inbox. The
 * ticket waits for the team again.
 * @throws NotFound for a missing and for a foreign ticket, TicketClosed, InvalidInput for a file that is gone
 */
// oxlint-disable-next-line max-params -- as above.
export function replyAsCustomer(ctx: Context, viewer: CustomerViewer, number: number, input: CustomerReplyInput): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const scope = scopeOf(viewer);
    const ticket = await findVisibleTicket(ctx.db, scope, number);
    if (ticket === undefined) throw noSuchTicket();
    if (ticket.is_open === 0) throw new TicketClosed(number);

    const known = await findVisibleThread(ctx.db, scope, number);
    const thread: Thread = known === undefined ? await startPortalThread(ctx, ticket) : { id: known.id, channel: known.channel as Thread['channel'] };
    await addCustomerMessage(ctx, { viewer, ticket, thread, input });
    await updateTicket(ctx.db, ticket.id, { waits_for: 'team' });
    const stages = await stagesOf(ctx, ticket.pipeline_id);
    const current = stages.find((stage) => stage.id === ticket.stage_id);
    const next = current === undefined ? undefined : stageAfterCustomer(stages, current);
    if (next !== undefined) await moveTicket(ctx, { ...ticket, waits_for: 'team' }, { ...next, pipelineId: ticket.pipeline_id });
    await announce(ctx, ticket, 'message');
  });
}

/**
 * Files a ticket in the portal's inbox, for the customer and the company they belong to now.
 * @throws FilingIsOff, InvalidInput for a file that is gone
 */
export function fileCustomerTicket(ctx: Context, viewer: CustomerViewer, input: CustomerTicketInput): Promise<{ readonly number: number }> {
  return inTransaction(ctx, async (ctx) => {
    const { canFileTickets, inboxId } = await readSettings(ctx, portalSettings);
    if (!canFileTickets) throw new FilingIsOff();
    const inbox = await inboxOrDefault(ctx, inboxId);
    const ticket = await createTicket(ctx, {
      subject: input.subject,
      contactId: viewer.contactId,
      companyId: viewer.companyId,
      inboxId: inbox.id,
      stage: await startOf(ctx, inbox),
      source: 'portal',
    });
    await recordOpening(ctx, ticket);
    await addCustomerMessage(ctx, { viewer, ticket, thread: await startPortalThread(ctx, ticket), input });
    await announce(ctx, ticket, 'opened');
    return { number: ticket.number };
  });
}

async function startPortalThread(ctx: Context, ticket: TicketRow): Promise<Thread> {
  const { inboxId } = await readSettings(ctx, portalSettings);
  const inbox = await inboxOrDefault(ctx, inboxId);
  return startThread(ctx, { ticketId: ticket.id, inboxId: inbox.id, channel: 'portal', subject: ticket.subject });
}

async function addCustomerMessage(
  ctx: Context,
  {
    viewer,
    ticket,
    thread,
    input,
  }: { readonly viewer: CustomerViewer; readonly ticket: TicketRow; readonly thread: Thread; readonly input: CustomerReplyInput },
): Promise<void> {
  const message = await addMessage(ctx, {
    ticketId: ticket.id,
    thread,
    direction: 'in',
    author: { kind: 'contact', id: viewer.contactId, name: viewer.name },
    text: input.text,
    attachmentIds: input.attachmentIds,
    uploadedBy: `member:${viewer.memberId}`,
  });
  await noteMessage(ctx, ticket, message);
}
