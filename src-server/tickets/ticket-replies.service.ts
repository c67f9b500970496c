import { addInternalNote, addMessage, newestThread, previewOf, startThread, type Thread } from '../conversations/conversations.service.ts';
import type { InternalNote, Message, NoteInput } from '../conversations/conversations.contract.ts';
import { inboxOrDefault } from '../conversations/inboxes.service.ts';
import { onceByKey } from '../database/idempotency.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { findStageById, stagesOf } from './pipelines.service.ts';
import { stageAfterAgent, turnIn } from './stage-moves.ts';
import { mailAnswer } from './ticket-mail.service.ts';
import { refreshTicketSearch } from './ticket-search.service.ts';
import type { CommentInput, ReplyInput, Stage } from './tickets.contract.ts';
import { updateTicket, type TicketRow } from './tickets.queries.ts';
import { announce, moveTicket, record, requireTicket } from './tickets.service.ts';

/** An answer, and the key under which its sender repeats it if the connection breaks. */
interface Sending {
  readonly ticketId: string;
  readonly input: ReplyInput;
  readonly key?: string | undefined;
}

/**
 * Answers the customer: into the newest conversation or a new one, by mail with the whole message inside, and the ticket
 * waits for them unless it is closed. Sent again under the same key it stays one answer.
 * @throws InvalidInput naming the field
 */
export function replyAsAgent(ctx: Context, { ticketId, input, key }: Sending): Promise<Message> {
  return onceByKey(ctx, { scope: `agent:${ctx.actor.id}`, key, content: { ticketId, input } }, (ctx) =>
    inTransaction(ctx, async (ctx) => {
      const ticket = await requireTicket(ctx, ticketId);
      const message = await addMessage(ctx, {
        ticketId,
        thread: (await newestThread(ctx, ticketId)) ?? (await threadFromDesk(ctx, ticket)),
        direction: 'out',
        author: { kind: 'agent', id: ctx.actor.id, name: ctx.actor.name },
        text: input.text,
        attachmentIds: input.attachmentIds,
        uploadedBy: `agent:${ctx.actor.id}`,
      });
      await noteMessage(ctx, ticket, message);
      await passTheTurn(ctx, ticket, input.stageId);
      await mailAnswer(ctx, ticket, message);
      await announce(ctx, ticket, 'message');
      return message;
    }),
  );
}

async function threadFromDesk(ctx: Context, ticket: TicketRow): Promise<Thread> {
  const inbox = await inboxOrDefault(ctx, ticket.inbox_id);
  return startThread(ctx, { ticketId: ticket.id, inboxId: inbox.id, channel: 'desk', subject: ticket.subject });
}

/** After an answer an open ticket waits for the customer, unless the agent chose a stage that says otherwise. */
async function passTheTurn(ctx: Context, ticket: TicketRow, stageId: string | undefined): Promise<void> {
  const chosen = stageId === undefined ? await stageThatWaits(ctx, ticket) : await findStageById(ctx, stageId);
  if (stageId !== undefined && chosen === undefined) throw new InvalidInput([{ path: 'stageId', message: 'This stage is no longer there. Choose another.' }]);
  const staysClosed = ticket.is_open === 0 && chosen === undefined;
  if (staysClosed) return;
  const waitsFor = stageId === undefined || chosen === undefined ? 'customer' : turnIn(chosen, 'customer');
  await updateTicket(ctx.db, ticket.id, { waits_for: waitsFor });
  if (chosen !== undefined) await moveTicket(ctx, { ...ticket, waits_for: waitsFor }, chosen);
}

async function stageThatWaits(ctx: Context, ticket: TicketRow): Promise<(Stage & { pipelineId: string }) | undefined> {
  const stages = await stagesOf(ctx, ticket.pipeline_id);
  const current = stages.find((stage) => stage.id === ticket.stage_id);
  const next = current === undefined ? undefined : stageAfterAgent(stages, current);
  return next === undefined ? undefined : { ...next, pipelineId: ticket.pipeline_id };
}

/** What every message does to its ticket, whoever wrote it: times, preview, search, timelines. */
export async function noteMessage(ctx: Context, ticket: TicketRow, message: Message): Promise<void> {
  const now = isoNow(ctx);
  await updateTicket(ctx.db, ticket.id, { last_public_text: previewOf(message.text), last_public_at: now, last_activity_at: now, updated_at: now });
  await refreshTicketSearch(ctx, ticket);
  await record(ctx, ticket, { kind: 'message', summary: message.text, subjectId: message.id, isInternal: false });
}

/** Writes a note that only the team reads. */
export function addNote(ctx: Context, ticketId: string, input: NoteInput): Promise<InternalNote> {
  return inTransaction(ctx, async (ctx) => noteInternally(ctx, await requireTicket(ctx, ticketId), input));
}

/** Remarks on a conversation, for the team only. A ticket without a conversation gets a note instead. */
export function addComment(ctx: Context, ticketId: string, input: CommentInput): Promise<InternalNote> {
  return inTransaction(ctx, async (ctx) => {
    const ticket = await requireTicket(ctx, ticketId);
    const threadId = input.threadId ?? (await newestThread(ctx, ticketId))?.id;
    return noteInternally(ctx, ticket, { text: input.text, ...(threadId === undefined ? {} : { threadId }) });
  });
}

async function noteInternally(ctx: Context, ticket: TicketRow, input: CommentInput): Promise<InternalNote> {
  const note = await addInternalNote(ctx, { ticketId: ticket.id, text: input.text, ...(input.threadId === undefined ? {} : { threadId: input.threadId }) });
  const now = isoNow(ctx);
  await updateTicket(ctx.db, ticket.id, { last_activity_at: now, updated_at: now });
  await refreshTicketSearch(ctx, ticket);
  await record(ctx, ticket, { kind: note.kind, summary: note.text, subjectId: note.id, isInternal: true });
  await announce(ctx, ticket, 'note');
  return note;
}
