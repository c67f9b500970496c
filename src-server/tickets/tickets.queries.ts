import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { Tables, TicketsTable } from '../database/tables.ts';

export type TicketRow = Selectable<TicketsTable>;

export async function insertTicket(db: Kysely<Tables>, row: Insertable<TicketsTable>): Promise<number> {
  const inserted = await db.insertInto('tickets').values(row).returning('search_id').executeTakeFirstOrThrow();
  return inserted.search_id;
}

export function findTicket(db: Kysely<Tables>, id: string) {
  return db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function updateTicket(db: Kysely<Tables>, id: string, patch: Updateable<TicketsTable>): Promise<void> {
  await db.updateTable('tickets').set(patch).where('id', '=', id).execute();
}

/** Moves the ticket unless it is in that stage already. One statement, so that of two who close it at once only one does. */
export async function moveToStage(
  db: Kysely<Tables>,
  id: string,
  move: Pick<Updateable<TicketsTable>, 'pipeline_id' | 'is_open' | 'waits_for' | 'closed_at' | 'updated_at'> & { readonly stage_id: string },
): Promise<boolean> {
  const result = await db.updateTable('tickets').set(move).where('id', '=', id).where('stage_id', '!=', move.stage_id).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function deleteTicket(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('tickets').where('id', '=', id).execute();
}

/** Whom a ticket is for: the company it belongs to by default, and where its mails go. */
export function findRequester(db: Kysely<Tables>, contactId: string) {
  return db
    .selectFrom('contacts')
    .leftJoin('members', (members) => members.onRef('members.contact_id', '=', 'contacts.id').on('members.state', '=', 'active'))
    .select([
      'contacts.id',
      'contacts.company_id',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'contacts.language',
      'members.id as member_id',
    ])
    .where('contacts.id', '=', contactId)
    .executeTakeFirst();
}

export function findCompanyName(db: Kysely<Tables>, id: string) {
  return db.selectFrom('companies').select('name').where('id', '=', id).executeTakeFirst();
}

export function findActiveAgent(db: Kysely<Tables>, id: string) {
  return db.selectFrom('agents').select(['id', 'name']).where('id', '=', id).where('is_active', '=', 1).executeTakeFirst();
}

/** A ticket with the names of what it refers to. */
export function selectTickets(db: Kysely<Tables>) {
  return db
    .selectFrom('tickets')
    .innerJoin('stages', 'stages.id', 'tickets.stage_id')
    .leftJoin('contacts', 'contacts.id', 'tickets.contact_id')
    .leftJoin('companies', 'companies.id', 'tickets.company_id')
    .leftJoin('agents', 'agents.id', 'tickets.assignee_id')
    .leftJoin('inboxes', 'inboxes.id', 'tickets.inbox_id')
    .selectAll('tickets')
    .select([
      'stages.name as stage_name',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'companies.name as company_name',
      'agents.name as assignee_name',
      'inboxes.name as inbox_name',
    ]);
}

export const ticketById = hotRead<{ id: string }>()((db, parameter) => selectTickets(db).where('tickets.id', '=', parameter('id')));

export function findNamedTicket(db: Kysely<Tables>, id: string) {
  return selectTickets(db).where('tickets.id', '=', id).executeTakeFirst();
}
export type NamedTicketRow = NonNullable<Awaited<ReturnType<typeof findNamedTicket>>>;

/** How many open tickets there are, read from the tallies: as many rows as there are inboxes times agents. */
export const openTicketCounts = hotRead<{ agentId: string }>()((db, parameter) =>
  db
    .selectFrom('ticket_tallies')
    .select((tally) => [
      tally.fn.sum<number | null>('open_tickets').as('open'),
      tally.fn.sum<number | null>('open_tickets').filterWhere('assignee_id', '=', '').as('unassigned'),
      tally.fn.sum<number | null>('open_tickets').filterWhere('assignee_id', '=', parameter('agentId')).as('mine'),
      tally.fn.sum<number | null>('open_tickets').filterWhere('waits_for', '=', 'team').as('waiting_for_team'),
    ]),
);
