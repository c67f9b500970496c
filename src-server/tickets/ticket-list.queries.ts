import type { ExpressionBuilder, Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import { matches } from '../database/search.ts';
import type { Tables } from '../database/tables.ts';
import { selectTickets } from './tickets.queries.ts';

// The desk's lists. One filter leads and has an index that gives the order; the others only let rows pass. Each read is
// for open or for closed tickets, because that stands before the time in every index.

/** Null: any. */
export interface TicketFilters {
  readonly assigneeId: string | null;
  readonly contactId: string | null;
  readonly companyId: string | null;
  readonly stageId: string | null;
  readonly waitsFor: string | null;
  readonly inboxId: string | null;
}

type Filter = keyof TicketFilters;

interface ListParameters extends TicketFilters {
  readonly isOpen: 0 | 1;
  readonly at: string;
  readonly id: string;
  readonly limit: number;
}

const columnOf = {
  assigneeId: 'tickets.assignee_id',
  contactId: 'tickets.contact_id',
  companyId: 'tickets.company_id',
  stageId: 'tickets.stage_id',
  waitsFor: 'tickets.waits_for',
  inboxId: 'tickets.inbox_id',
} as const;

/** Stands for tickets nobody has taken, where an agent's id is expected. */
export const nobody = 'nobody';

const filters = Object.keys(columnOf) as Filter[];

type Tickets = ExpressionBuilder<Tables, 'tickets'>;
type Parameters = <Name extends Filter>(name: Name) => TicketFilters[Name];

/** Lets a row pass when the filter is not set or fits. */
function passes(ticket: Tickets, filter: Filter, parameter: Parameters) {
  const wanted = parameter(filter);
  const fits = [ticket.val(wanted), ticket.ref(columnOf[filter])] as const;
  const isUnset = ticket(fits[0], 'is', null);
  if (filter !== 'assigneeId') return ticket.or([isUnset, ticket(fits[1], '=', wanted)]);
  return ticket.or([isUnset, ticket(ticket.fn.coalesce(fits[1], ticket.val(nobody)), '=', wanted)]);
}

function residualsOf(lead: Filter | 'activity' | 'nobody'): Filter[] {
  return filters.filter((filter) => filter !== lead && !(lead === 'nobody' && filter === 'assigneeId'));
}

function page(db: Kysely<Tables>) {
  return selectTickets(db).orderBy('tickets.last_activity_at', 'desc').orderBy('tickets.id', 'desc');
}

/** A list led by one filter; `nobody`: by having no assignee; `activity`: by none. */
function listBy(lead: Filter | 'activity' | 'nobody') {
  return hotRead<ListParameters>()((db, parameter) =>
    page(db)
      .$if(lead === 'nobody', (rows) => rows.where('tickets.assignee_id', 'is', null))
      .$if(lead !== 'nobody' && lead !== 'activity', (rows) => rows.where(columnOf[lead as Filter], '=', parameter(lead as Filter)))
      // A stage is open or closed as a whole, so its index needs no such column.
      .$if(lead !== 'stageId', (rows) => rows.where('tickets.is_open', '=', parameter('isOpen')))
      .where((ticket: Tickets) => ticket.and(residualsOf(lead).map((filter) => passes(ticket, filter, parameter))))
      .where((ticket: Tickets) => ticket(ticket.refTuple('tickets.last_activity_at', 'tickets.id'), '<', ticket.tuple(parameter('at'), parameter('id'))))
      .limit(parameter('limit')),
  );
}

/** By the filter that leads. */
export const ticketLists = {
  activity: listBy('activity'),
  nobody: listBy('nobody'),
  assigneeId: listBy('assigneeId'),
  contactId: listBy('contactId'),
  companyId: listBy('companyId'),
  stageId: listBy('stageId'),
  waitsFor: listBy('waitsFor'),
  inboxId: listBy('inboxId'),
} as const;

interface Wanted {
  readonly inConversations: string;
  readonly inNotes: string;
  /** Only rowids below: the page before ended there. */
  readonly before: number;
}

interface SearchParameters extends TicketFilters, Wanted {
  readonly isOpen: 0 | 1 | null;
  readonly limit: number;
  /** So many matches are looked at for one page. */
  readonly examined: number;
}

/** Matches in what customers may find or in what only agents may, the newest ticket first. Both are read in that order, so no more is read than is wanted. */
function hits(db: Kysely<Tables>, { inConversations, inNotes, before }: Wanted) {
  return db
    .selectFrom('ticket_search')
    .select('rowid')
    .where(matches('ticket_search', inConversations))
    .where('rowid', '<', before)
    .union(db.selectFrom('ticket_note_search').select('rowid').where(matches('ticket_note_search', inNotes)).where('rowid', '<', before))
    .orderBy('rowid', 'desc');
}

function wantedOf(parameter: <Name extends keyof Wanted>(name: Name) => Wanted[Name]): Wanted {
  return { inConversations: parameter('inConversations'), inNotes: parameter('inNotes'), before: parameter('before') };
}

export const foundTickets = hotRead<SearchParameters>()((db, parameter) =>
  selectTickets(db)
    .where('tickets.search_id', 'in', hits(db, wantedOf(parameter)).limit(parameter('examined')))
    .where((ticket: Tickets) => {
      const isOpen = parameter('isOpen');
      return ticket.or([ticket(ticket.val(isOpen), 'is', null), ticket('tickets.is_open', '=', isOpen as 0 | 1)]);
    })
    .where((ticket: Tickets) => ticket.and(filters.map((filter) => passes(ticket, filter, parameter))))
    .orderBy('tickets.search_id', 'desc')
    .limit(parameter('limit')),
);

/** The last match that was looked at for a page; undefined when there were fewer. */
export const lastExamined = hotRead<Wanted & { skipped: number }>()((db, parameter) => hits(db, wantedOf(parameter)).limit(1).offset(parameter('skipped')));
