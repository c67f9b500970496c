import { sql, type Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import { matches } from '../database/search.ts';
import type { Tables } from '../database/tables.ts';
import { visibleAttachments, visibleMessages, visibleThreads, visibleTickets, type CustomerScope, type ThreadScope } from './customer-visibility.queries.ts';

type Tickets = ReturnType<typeof visibleTickets>;
type Take<Parameters> = <Name extends keyof Parameters>(name: Name) => Parameters[Name];

function scopeOf(parameter: Take<CustomerScope>): CustomerScope {
  return { contactId: parameter('contactId'), companyId: parameter('companyId') };
}

function threadScopeOf(parameter: Take<ThreadScope>): ThreadScope {
  return { contactId: parameter('contactId'), companyId: parameter('companyId'), allThreads: parameter('allThreads') };
}

/** The columns a customer may read, and no others. `contact_id` only tells whether the ticket is the viewer's. */
function forCustomers(tickets: Tickets) {
  return tickets
    .innerJoin('stages', 'stages.id', 'tickets.stage_id')
    .leftJoin('contacts', 'contacts.id', 'tickets.contact_id')
    .select([
      'tickets.number',
      'tickets.subject',
      'tickets.is_open',
      'tickets.waits_for',
      'tickets.created_at',
      'tickets.last_public_at',
      'tickets.closed_at',
      'tickets.contact_id',
      'stages.public_name',
      'contacts.first_name',
      'contacts.last_name',
    ]);
}

export type CustomerTicketRow = Awaited<ReturnType<ReturnType<typeof forCustomers>['execute']>>[number];

export const customerTicketByNumber = hotRead<CustomerScope & { number: number }>()((db, parameter) =>
  forCustomers(visibleTickets(db, scopeOf(parameter))).where('tickets.number', '=', parameter('number')),
);

/** The whole row, for a change in the caller's transaction. */
export function findVisibleTicket(db: Kysely<Tables>, scope: CustomerScope, number: number) {
  return visibleTickets(db, scope).selectAll('tickets').where('tickets.number', '=', number).executeTakeFirst();
}

// Lists ---------------------------------------------------------------------------------------------------------------

export type Sort = 'activity' | 'created' | 'number' | 'subject';
export type Direction = 'asc' | 'desc';
/** Whose tickets the list is about. For companies, which may have very many, each order has an index. */
export type Audience = 'contact' | 'company';

export interface ListOrder {
  readonly sort: Sort;
  readonly direction: Direction;
}

/** Where the page before ended: the sorted column's value there, and the number, which decides between equals. */
export interface Place {
  readonly key: string;
  readonly number: number;
}

interface ListParameters extends CustomerScope, Place {
  readonly isOpen: 0 | 1;
  readonly limit: number;
}

const sortColumn = { activity: 'tickets.last_public_at', created: 'tickets.created_at', number: 'tickets.number', subject: 'tickets.subject' } as const;
const ownerColumn = { contact: 'tickets.contact_id', company: 'tickets.company_id' } as const;
const ownerParameter = { contact: 'contactId', company: 'companyId' } as const;

/** The sorted column. Kysely has no words for a collation. */
function sortedBy(sort: Sort) {
  return sort === 'subject' ? sql<string>`${sql.ref('tickets.subject')} collate nocase` : sql<string>`${sql.ref(sortColumn[sort])}`;
}

/** After the place. The first of the two conditions says nothing new, but an index with a collation can only be entered by it. */
function isAfter({ sort, direction }: ListOrder, place: Place) {
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  if (sort === 'number') return sql<boolean>`${sql.ref('tickets.number')} ${beyond} ${place.number}`;
  const column = sortedBy(sort);
  return sql<boolean>`(${column} ${beyond}= ${place.key} and (${column}, ${sql.ref('tickets.number')}) ${beyond} (${place.key}, ${place.number}))`;
}

function inOrder(tickets: ReturnType<typeof forCustomers>, { sort, direction }: ListOrder) {
  const rows = tickets.orderBy(sortedBy(sort), direction);
  return sort === 'number' ? rows : rows.orderBy('tickets.number', direction);
}

function placeOf(parameter: Take<Place>): Place {
  return { key: parameter('key'), number: parameter('number') };
}

function listFor(audience: Audience, order: ListOrder) {
  return hotRead<ListParameters>()((db, parameter) =>
    inOrder(forCustomers(visibleTickets(db, scopeOf(parameter))), order)
      .where(ownerColumn[audience], '=', parameter(ownerParameter[audience]))
      .where('tickets.is_open', '=', parameter('isOpen'))
      .where(isAfter(order, placeOf(parameter)))
      .limit(parameter('limit')),
  );
}

interface SearchParameters extends CustomerScope, Place {
  readonly match: string;
  readonly isOpen: 0 | 1 | null;
  /** So many matches, the newest tickets first, are looked at. */
  readonly examined: number;
  readonly limit: number;
}

function hits(db: Kysely<Tables>, match: string) {
  return db.selectFrom('ticket_search').select('rowid').where(matches('ticket_search', match)).orderBy('rowid', 'desc');
}

/** The index narrows to the owner's tickets, and what it finds still has to be visible. */
function searchIn(order: ListOrder) {
  return hotRead<SearchParameters>()((db, parameter) =>
    inOrder(forCustomers(visibleTickets(db, scopeOf(parameter))), order)
      .where('tickets.search_id', 'in', hits(db, parameter('match')).limit(parameter('examined')))
      .where((ticket) => ticket.or([ticket(ticket.val(parameter('isOpen')), 'is', null), ticket('tickets.is_open', '=', parameter('isOpen') as 0 | 1)]))
      .where(isAfter(order, placeOf(parameter)))
      .limit(parameter('limit')),
  );
}

/** Whether there were more matches than were looked at. */
export const matchBeyond = hotRead<{ match: string; examined: number }>()((db, parameter) =>
  hits(db, parameter('match')).limit(1).offset(parameter('examined')),
);

export type OrderName = `${Sort}-${Direction}`;

function everyOrder<Read>(make: (order: ListOrder) => Read): Record<OrderName, Read> {
  const sorts = Object.keys(sortColumn) as Sort[];
  const directions: readonly Direction[] = ['asc', 'desc'];
  const named = sorts.flatMap((sort) => directions.map((direction) => [`${sort}-${direction}`, make({ sort, direction })] as const));
  return Object.fromEntries(named) as Record<OrderName, Read>; // All combinations are made above.
}

export const customerLists = { contact: everyOrder((order) => listFor('contact', order)), company: everyOrder((order) => listFor('company', order)) } as const;
export const customerSearches = everyOrder(searchIn);

// Conversations ---------------------------------------------------------------------------------------------------------

interface ConversationParameters extends ThreadScope {
  readonly number: number;
  /** Only what is older than this message. */
  readonly at: string;
  readonly id: string;
  readonly limit: number;
}

function messagesOf(db: Kysely<Tables>, parameter: Take<ConversationParameters>) {
  return visibleMessages(db, threadScopeOf(parameter))
    .where('tickets.number', '=', parameter('number'))
    .where((message) => message(message.refTuple('messages.created_at', 'messages.id'), '<', message.tuple(parameter('at'), parameter('id'))))
    .orderBy('messages.created_at', 'desc')
    .orderBy('messages.id', 'desc')
    .limit(parameter('limit'));
}

/** The messages of a ticket that the customer may read, newest first. */
export const customerMessages = hotRead<ConversationParameters>()((db, parameter) =>
  messagesOf(db, parameter).select([
    'messages.id',
    'messages.author_kind',
    'messages.author_id',
    'messages.author_name',
    'messages.body_text',
    'messages.created_at',
    'threads.channel',
  ]),
);

/** The files of the same messages. */
export const customerFiles = hotRead<ConversationParameters>()((db, parameter) =>
  visibleAttachments(db, threadScopeOf(parameter))
    .select(['attachments.id', 'attachments.message_id', 'attachments.file_name', 'attachments.media_type', 'attachments.byte_size'])
    .where('messages.id', 'in', messagesOf(db, parameter).select('messages.id'))
    .orderBy('attachments.created_at')
    .orderBy('attachments.id'),
);

export const customerFileById = hotRead<ThreadScope & { id: string }>()((db, parameter) =>
  visibleAttachments(db, threadScopeOf(parameter))
    .select(['attachments.file_name', 'attachments.media_type', 'attachments.byte_size', 'attachments.storage_name'])
    .where('attachments.id', '=', parameter('id')),
);

/** The newest conversation the customer may see: where a reply goes. */
export function findVisibleThread(db: Kysely<Tables>, scope: CustomerScope, number: number) {
  return visibleThreads(db, { ...scope, allThreads: 0 })
    .select(['threads.id', 'threads.channel'])
    .where('tickets.number', '=', number)
    .executeTakeFirst();
}
