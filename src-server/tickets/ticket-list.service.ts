import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage, type Page } from '../kernel/page.ts';
import { displayName } from '../people/person-name.ts';
import { findStageById } from './pipelines.service.ts';
import { foundTickets, lastExamined, nobody, ticketLists, type TicketFilters } from './ticket-list.queries.ts';
import { agentMatch } from './ticket-search.service.ts';
import type { TicketCounts, TicketQuery, TicketSummary } from './tickets.contract.ts';
import { openTicketCounts, type NamedTicketRow } from './tickets.queries.ts';

/** A row as the desk shows it. */
export function toTicketSummary(row: NamedTicketRow): TicketSummary {
  const contactName = displayName({ firstName: row.first_name ?? '', lastName: row.last_name ?? '', email: row.email });
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    isOpen: row.is_open === 1,
    stage: { id: row.stage_id, name: row.stage_name },
    // These columns are written by this feature only, from the contract's values.
    priority: row.priority as TicketSummary['priority'],
    waitsFor: row.waits_for as TicketSummary['waitsFor'],
    contact: row.contact_id === null ? null : { id: row.contact_id, name: contactName },
    company: row.company_id === null ? null : { id: row.company_id, name: row.company_name ?? '' },
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
    inbox: row.inbox_id === null ? null : { id: row.inbox_id, name: row.inbox_name ?? '' },
    preview: row.last_public_text,
    createdAt: row.created_at,
    lastActivityAt: row.last_activity_at,
  };
}

const emptyPage: Page<TicketSummary> = { items: [], nextCursor: null };

function filtersOf(ctx: Context, query: TicketQuery): TicketFilters {
  return {
    assigneeId: query.assigneeId === 'me' ? ctx.actor.id : (query.assigneeId ?? null),
    contactId: query.contactId ?? null,
    companyId: query.companyId ?? null,
    stageId: query.stageId ?? null,
    waitsFor: query.waitsFor ?? null,
    inboxId: query.inboxId ?? null,
  };
}

/** The filter that leaves the fewest rows, as a rule, leads. */
function leadOf(filters: TicketFilters): keyof typeof ticketLists {
  if (filters.contactId !== null) return 'contactId';
  if (filters.assigneeId !== null) return filters.assigneeId === nobody ? 'nobody' : 'assigneeId';
  if (filters.companyId !== null) return 'companyId';
  if (filters.stageId !== null) return 'stageId';
  if (filters.inboxId !== null) return 'inboxId';
  return filters.waitsFor === null ? 'activity' : 'waitsFor';
}

/** The desk's list: the most recently active first; found ones: the newest ticket first. */
export async function listTickets(ctx: Context, query: TicketQuery): Promise<Page<TicketSummary>> {
  if (query.search !== undefined && query.search !== '') return searchTickets(ctx, query, query.search);
  const filters = filtersOf(ctx, query);
  const states = await statesOf(ctx, query);
  const [at, id] = readCursor(query, 2) ?? ['9999', ''];
  const lead = ticketLists[leadOf(filters)];
  const place = { ...filters, at: String(at), id: String(id), limit: query.limit + 1 };
  const lists = await Promise.all(states.map((isOpen) => ctx.hot.all(lead, { ...place, isOpen })));
  const rows = lists.flat().sort((left, right) => (isNewer(left, right) ? -1 : 1));
  return toPage(rows.slice(0, query.limit + 1), query.limit, { item: toTicketSummary, key: (row) => [row.last_activity_at, row.id] });
}

function isNewer(left: NamedTicketRow, right: NamedTicketRow): boolean {
  return left.last_activity_at === right.last_activity_at ? left.id > right.id : left.last_activity_at > right.last_activity_at;
}

/** Which of open and closed have to be read. A stage holds only the one or the other. */
async function statesOf(ctx: Context, query: TicketQuery): Promise<(0 | 1)[]> {
  const asked: readonly (0 | 1)[] = { open: [1] as const, closed: [0] as const, all: [1, 0] as const }[query.state];
  if (query.stageId === undefined) return [...asked];
  const stage = await findStageById(ctx, query.stageId);
  if (stage === undefined) return [];
  return asked.filter((isOpen) => (isOpen === 1) === stage.isOpen);
}

function readCursor(query: TicketQuery, length: number): (string | number)[] | undefined {
  if (query.cursor === undefined) return undefined;
  const key = decodeCursor(query.cursor, length);
  if (key === undefined) throw new InvalidInput([{ path: 'cursor', message: 'This is not a place in this list. Start again without it.' }]);
  return key;
}

const examinedAtOnce = 5000;

/**
 * Finds tickets by words in subject, number, messages, names of files and notes. One page looks at so many matches at
 * most: with filters that few of them pass, a page may be short or empty and still have a next one.
 */
async function searchTickets(ctx: Context, query: TicketQuery, typed: string): Promise<Page<TicketSummary>> {
  const match = agentMatch(typed);
  if (match === undefined) return emptyPage;
  const before = Number(readCursor(query, 1)?.[0] ?? Number.MAX_SAFE_INTEGER);
  const isOpen = ({ open: 1, closed: 0, all: null } as const)[query.state];
  const rows = await ctx.hot.all(foundTickets, { ...match, ...filtersOf(ctx, query), isOpen, before, limit: query.limit + 1, examined: examinedAtOnce });
  const page = toPage(rows, query.limit, { item: toTicketSummary, key: (row) => [row.search_id] });
  if (page.nextCursor !== null) return page;
  const last = await ctx.hot.first(lastExamined, { ...match, before, skipped: examinedAtOnce - 1 });
  return last === undefined ? page : { ...page, nextCursor: encodeCursor([last.rowid]) };
}

/** How many open tickets there are, whoever's; `mine` are the actor's. Never counted, always known. */
export async function countTickets(ctx: Context): Promise<TicketCounts> {
  const counts = await ctx.hot.first(openTicketCounts, { agentId: ctx.actor.id });
  return {
    open: Number(counts?.open ?? 0),
    unassigned: Number(counts?.unassigned ?? 0),
    mine: Number(counts?.mine ?? 0),
    waitingForTeam: Number(counts?.waiting_for_team ?? 0),
  };
}
