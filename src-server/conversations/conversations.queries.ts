import type { ExpressionBuilder, Insertable, Kysely, Selectable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { InternalNotesTable, MessagesTable, Tables, ThreadsTable } from '../database/tables.ts';

export type MessageRow = Selectable<MessagesTable> & { readonly channel: string };
export type NoteRow = Selectable<InternalNotesTable>;

/** A place in a conversation: what is older comes before it. */
export interface Before {
  readonly ticketId: string;
  readonly at: string;
  readonly id: string;
  readonly limit: number;
}

export async function insertThread(db: Kysely<Tables>, row: Insertable<ThreadsTable>): Promise<void> {
  await db.insertInto('threads').values(row).execute();
}

/** The ticket's newest thread whose inbox is connected: the one that the customer sees and that answers go into. */
export function findNewestConnectedThread(db: Kysely<Tables>, ticketId: string) {
  return db
    .selectFrom('threads')
    .innerJoin('inboxes', 'inboxes.id', 'threads.inbox_id')
    .selectAll('threads')
    .where('threads.ticket_id', '=', ticketId)
    .where('inboxes.is_connected', '=', 1)
    .orderBy('threads.last_message_at', 'desc')
    .orderBy('threads.id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function findThreadOf(db: Kysely<Tables>, ticketId: string, threadId: string) {
  return db.selectFrom('threads').selectAll().where('id', '=', threadId).where('ticket_id', '=', ticketId).executeTakeFirst();
}

/** The threads of a ticket, newest first, with whether customers may see them at all. */
export function listThreads(db: Kysely<Tables>, ticketId: string, limit: number) {
  return db
    .selectFrom('threads')
    .leftJoin('inboxes', 'inboxes.id', 'threads.inbox_id')
    .select(['threads.id', 'inboxes.is_connected'])
    .where('threads.ticket_id', '=', ticketId)
    .orderBy('threads.last_message_at', 'desc')
    .orderBy('threads.id', 'desc')
    .limit(limit)
    .execute();
}

export async function insertMessage(db: Kysely<Tables>, row: Insertable<MessagesTable>): Promise<void> {
  await db.insertInto('messages').values(row).execute();
}

/** Notes the time of the newest message; an older one that comes in late does not set it back. */
export async function raiseThread(db: Kysely<Tables>, id: string, at: string): Promise<void> {
  await db.updateTable('threads').set({ last_message_at: at }).where('id', '=', id).where('last_message_at', '<', at).execute();
}

type Comparing<Table extends keyof Tables> = ExpressionBuilder<Tables, Table>;

/** Messages of a ticket in all its threads, newest first. */
export const messagesBefore = hotRead<Before>()((db, parameter) =>
  db
    .selectFrom('messages')
    .innerJoin('threads', 'threads.id', 'messages.thread_id')
    .selectAll('messages')
    .select('threads.channel')
    .where('messages.ticket_id', '=', parameter('ticketId'))
    .where((row: Comparing<'messages'>) => row(row.refTuple('messages.created_at', 'messages.id'), '<', row.tuple(parameter('at'), parameter('id'))))
    .orderBy('messages.created_at', 'desc')
    .orderBy('messages.id', 'desc')
    .limit(parameter('limit')),
);

/** The files of the same messages. */
export const filesBefore = hotRead<Before>()((db, parameter) =>
  db
    .selectFrom('attachments')
    .selectAll()
    .where('message_id', 'in', (messages) =>
      messages
        .selectFrom('messages')
        .select('messages.id')
        .where('messages.ticket_id', '=', parameter('ticketId'))
        .where((row: Comparing<'messages'>) => row(row.refTuple('messages.created_at', 'messages.id'), '<', row.tuple(parameter('at'), parameter('id'))))
        .orderBy('messages.created_at', 'desc')
        .orderBy('messages.id', 'desc')
        .limit(parameter('limit')),
    )
    .orderBy('created_at')
    .orderBy('id'),
);

export const notesBefore = hotRead<Before>()((db, parameter) =>
  db
    .selectFrom('internal_notes')
    .selectAll()
    .where('ticket_id', '=', parameter('ticketId'))
    .where((row: Comparing<'internal_notes'>) => row(row.refTuple('created_at', 'id'), '<', row.tuple(parameter('at'), parameter('id'))))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(parameter('limit')),
);

/** The newest texts of a ticket's notes and comments. */
export function listTextsOfNotes(db: Kysely<Tables>, ticketId: string, limit: number) {
  return db
    .selectFrom('internal_notes')
    .select(['id', 'body_text'])
    .where('ticket_id', '=', ticketId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function insertNote(db: Kysely<Tables>, row: Insertable<InternalNotesTable>): Promise<void> {
  await db.insertInto('internal_notes').values(row).execute();
}

/** The newest texts of a thread: what its search entry is made from. */
export function listTextsOfThread(db: Kysely<Tables>, threadId: string, limit: number) {
  return db
    .selectFrom('messages')
    .select(['id', 'body_text'])
    .where('thread_id', '=', threadId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export function listFileNamesOfThread(db: Kysely<Tables>, threadId: string, limit: number) {
  return db
    .selectFrom('messages')
    .innerJoin('attachments', 'attachments.message_id', 'messages.id')
    .select('attachments.file_name')
    .where('messages.thread_id', '=', threadId)
    .orderBy('messages.created_at', 'desc')
    .limit(limit)
    .execute();
}
