import { InvalidInput } from '../kernel/app-error.ts';
import { isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { decodeCursor, encodeCursor } from '../kernel/page.ts';
import { claimAttachments, toAttachment, type Uploader } from './attachments.service.ts';
import type { Attachment, InternalNote, Message } from './conversations.contract.ts';
import {
  findNewestConnectedThread,
  findThreadOf,
  insertMessage,
  insertNote,
  insertThread,
  listFileNamesOfThread,
  filesBefore,
  listTextsOfNotes,
  listTextsOfThread,
  listThreads,
  messagesBefore,
  notesBefore,
  raiseThread,
  type MessageRow,
  type NoteRow,
} from './conversations.queries.ts';

/** A thread that messages can be added to. */
export interface Thread {
  readonly id: string;
  readonly channel: Message['channel'];
}

function toMessage(row: MessageRow, attachments: Attachment[]): Message {
  return {
    id: row.id,
    threadId: row.thread_id,
    // These columns are written by this service only, from the contract's values.
    direction: row.direction as Message['direction'],
    author: { kind: row.author_kind as Message['author']['kind'], id: row.author_id, name: row.author_name },
    text: row.body_text,
    channel: row.channel as Message['channel'],
    createdAt: row.created_at,
    attachments,
  };
}

function toNote(row: NoteRow): InternalNote {
  return {
    id: row.id,
    kind: row.kind as InternalNote['kind'],
    author: { id: row.author_id, name: row.author_name },
    text: row.body_text,
    createdAt: row.created_at,
  };
}

/** The ticket's newest conversation in a connected inbox; undefined when there is none yet. */
export async function newestThread(ctx: Context, ticketId: string): Promise<Thread | undefined> {
  const row = await findNewestConnectedThread(ctx.db, ticketId);
  return row === undefined ? undefined : { id: row.id, channel: row.channel as Thread['channel'] };
}

export async function startThread(
  ctx: Context,
  thread: { readonly ticketId: string; readonly inboxId: string; readonly channel: Thread['channel']; readonly subject: string; readonly at?: string },
): Promise<Thread> {
  const id = newId();
  const at = thread.at ?? isoNow(ctx);
  await insertThread(ctx.db, {
    id,
    ticket_id: thread.ticketId,
    inbox_id: thread.inboxId,
    channel: thread.channel,
    subject: thread.subject,
    created_at: at,
    last_message_at: at,
  });
  return { id, channel: thread.channel };
}

export interface NewMessage {
  readonly ticketId: string;
  readonly thread: Thread;
  readonly direction: Message['direction'];
  readonly author: Message['author'];
  readonly text: string;
  readonly attachmentIds: readonly string[];
  /** Whose uploads the attachments are. */
  readonly uploadedBy: Uploader;
  readonly at?: string;
}

/** Adds a message with its files to a thread, in the caller's transaction. */
export async function addMessage(ctx: Context, message: NewMessage): Promise<Message> {
  const at = message.at ?? isoNow(ctx);
  const row = {
    id: newId(),
    thread_id: message.thread.id,
    ticket_id: message.ticketId,
    direction: message.direction,
    author_kind: message.author.kind,
    author_id: message.author.id,
    author_name: message.author.name,
    body_text: message.text,
    created_at: at,
  };
  await insertMessage(ctx.db, row);
  await raiseThread(ctx.db, message.thread.id, at);
  const attachments = await claimAttachments(ctx, { ids: message.attachmentIds, uploadedBy: message.uploadedBy, messageId: row.id });
  return toMessage({ ...row, channel: message.thread.channel }, attachments);
}

export interface NewNote {
  readonly ticketId: string;
  /** Inside this thread: a comment. Else a note on the ticket. */
  readonly threadId?: string;
  readonly text: string;
  readonly at?: string;
}

/**
 * Writes what only the team reads, as the context's actor.
 * @throws InvalidInput when the thread is not one of the ticket's
 */
export async function addInternalNote(ctx: Context, note: NewNote): Promise<InternalNote> {
  const threadId = note.threadId ?? null;
  if (threadId !== null && (await findThreadOf(ctx.db, note.ticketId, threadId)) === undefined)
    throw new InvalidInput([{ path: 'threadId', message: 'This conversation is not one of the ticket’s. Load the ticket again.' }]);
  const row = {
    id: newId(),
    kind: threadId === null ? 'note' : 'comment',
    ticket_id: note.ticketId,
    thread_id: threadId,
    contact_id: null,
    company_id: null,
    author_id: ctx.actor.id,
    author_name: ctx.actor.name,
    body_text: note.text,
    created_at: note.at ?? isoNow(ctx),
  };
  await insertNote(ctx.db, row);
  return toNote(row);
}

/** Messages and notes of a ticket in one order, oldest first. */
export interface Conversation {
  readonly entries: ({ readonly type: 'message'; readonly message: Message } | { readonly type: 'note'; readonly note: InternalNote })[];
  /** Names what came before the oldest entry; null when nothing did. */
  readonly olderCursor: string | null;
}

const entriesAtOnce = 200;

/** The newest part of a ticket's conversation, or the part before `cursor`: for agents only. */
export async function readConversation(ctx: Context, ticketId: string, cursor?: string): Promise<Conversation> {
  const [at, id] = (cursor === undefined ? undefined : decodeCursor(cursor, 2)) ?? ['9999', ''];
  const before = { ticketId, at: String(at), id: String(id), limit: entriesAtOnce + 1 };
  const [messages, notes, attached] = await Promise.all([
    ctx.hot.all(messagesBefore, before),
    ctx.hot.all(notesBefore, before),
    ctx.hot.all(filesBefore, before),
  ]);
  const newestFirst = [...messages.map((row) => ({ row, isMessage: true as const })), ...notes.map((row) => ({ row, isMessage: false as const }))].sort(
    (left, right) => (isNewer(left.row, right.row) ? -1 : 1),
  );

  const shown = newestFirst.slice(0, entriesAtOnce);
  const oldest = shown.at(-1)?.row;
  const files = Map.groupBy(
    attached.map((row) => ({ messageId: row.message_id, file: toAttachment(row) })),
    ({ messageId }) => messageId,
  );
  const entries = shown.reverse().map((entry) => {
    if (!entry.isMessage) return { type: 'note' as const, note: toNote(entry.row) };
    return {
      type: 'message' as const,
      message: toMessage(
        entry.row,
        (files.get(entry.row.id) ?? []).map(({ file }) => file),
      ),
    };
  });
  const hasMore = newestFirst.length > entriesAtOnce && oldest !== undefined;
  return { entries, olderCursor: hasMore ? encodeCursor([oldest.created_at, oldest.id]) : null };
}

function isNewer(left: { readonly created_at: string; readonly id: string }, right: { readonly created_at: string; readonly id: string }): boolean {
  return left.created_at === right.created_at ? left.id > right.id : left.created_at > right.created_at;
}

/** What the conversations of a ticket can be found by, kept apart by who may find it. */
export interface SearchableText {
  /** The newest thread of a connected inbox: what a customer sees by default. */
  readonly newest: string;
  /** Other threads of connected inboxes. */
  readonly older: string;
  /** Threads of unconnected inboxes, and all notes and comments. */
  readonly internal: string;
}

// So much of one ticket can be found by its words. It bounds what one more message costs in a ticket of ten thousand.
const searchedThreads = 50;
const searchedMessages = 500;
const searchedCharacters = 400_000;

async function textOfThread(ctx: Context, threadId: string): Promise<string> {
  const texts = await listTextsOfThread(ctx.db, threadId, searchedMessages);
  const files = await listFileNamesOfThread(ctx.db, threadId, searchedMessages);
  return [...files.map((file) => file.file_name), ...texts.map((text) => text.body_text)].join('\n').slice(0, searchedCharacters);
}

export async function searchableText(ctx: Context, ticketId: string): Promise<SearchableText> {
  const threads = await listThreads(ctx.db, ticketId, searchedThreads);
  const connected = threads.filter((thread) => thread.is_connected === 1);
  const texts = new Map<string, string>();
  for (const thread of threads) texts.set(thread.id, await textOfThread(ctx, thread.id));
  const notes = await listTextsOfNotes(ctx.db, ticketId, searchedMessages);

  const textsOf = (chosen: readonly { readonly id: string }[]) => chosen.map((thread) => texts.get(thread.id) ?? '').join('\n');
  const hidden = textsOf(threads.filter((thread) => thread.is_connected !== 1));
  return {
    newest: textsOf(connected.slice(0, 1)),
    older: textsOf(connected.slice(1)).slice(0, searchedCharacters),
    internal: [hidden, ...notes.map((note) => note.body_text)].join('\n').slice(0, searchedCharacters),
  };
}

/** A short start of a text, for lists. */
export function previewOf(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199).trimEnd()}…` : line;
}
