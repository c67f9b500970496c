import { z } from 'zod';
import { Attachment, InternalNote, Message, MessageInput, NoteInput } from '../conversations/conversations.contract.ts';
import { Id, IsoTime, pageOf, PageQuery, visible } from '../kernel/primitives.contract.ts';

export const Priority = z.enum(['low', 'medium', 'high', 'urgent']);

export const Stage = z.object({
  id: Id,
  name: z.string(),
  position: z.number().int(),
  isOpen: z.boolean(),
  /** What customers read instead of Open or Closed, by language. */
  publicName: z.record(z.string(), z.string()).nullable(),
  turn: z.enum(['team', 'customer']).nullable(),
});
export type Stage = z.infer<typeof Stage>;
export const Pipeline = z.object({ id: Id, name: z.string(), stages: z.array(Stage) });
export type Pipeline = z.infer<typeof Pipeline>;
export const StageInput = z.object({
  id: Id.optional(),
  name: z.string().trim().min(1).max(80),
  isOpen: z.boolean(),
  publicName: z.record(z.string(), z.string().max(80)).nullable().default(null),
  turn: z.enum(['team', 'customer']).nullable().default(null),
});
export const PipelinePage = pageOf(Pipeline);
export const PipelineInput = z.object({ name: z.string().trim().min(1).max(80), stages: z.array(StageInput).min(2).max(30) });
export type PipelineInput = z.infer<typeof PipelineInput>;

const Party = z.object({ id: Id, name: z.string() });

/** A ticket as a row of the desk's list. */
export const TicketSummary = z.object({
  id: Id,
  number: z.number().int(),
  subject: z.string(),
  isOpen: z.boolean(),
  stage: Party,
  priority: Priority,
  waitsFor: z.enum(['team', 'customer', 'nobody']),
  contact: Party.nullable(),
  company: Party.nullable(),
  assignee: Party.nullable(),
  inbox: Party.nullable(),
  preview: z.string(),
  createdAt: IsoTime,
  lastActivityAt: IsoTime,
});
export type TicketSummary = z.infer<typeof TicketSummary>;

/** One entry of the conversation as agents see it: messages and internal notes in one order. */
export const ConversationEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: Message }),
  z.object({ type: z.literal('note'), note: InternalNote }),
]);

export const Ticket = TicketSummary.extend({
  pipelineId: Id,
  category: z.string().nullable(),
  source: z.string(),
  properties: z.record(z.string(), z.string()),
  isReleased: z.boolean(),
  closedAt: IsoTime.nullable(),
  /** The newest part of the conversation, oldest entry first. */
  conversation: z.array(ConversationEntry),
  /** Ask again with `before` for what came earlier; null: this is all. */
  olderCursor: z.string().nullable(),
  /** The files of the messages above. */
  attachments: z.array(Attachment),
});
export type Ticket = z.infer<typeof Ticket>;

export const TicketQuery = PageQuery.extend({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  search: z.string().trim().max(200).optional(),
  /** `me`: the caller's; `nobody`: what nobody has taken yet. */
  assigneeId: Id.optional(),
  waitsFor: TicketSummary.shape.waitsFor.optional(),
  inboxId: Id.optional(),
  stageId: Id.optional(),
  contactId: Id.optional(),
  companyId: Id.optional(),
});
export type TicketQuery = z.infer<typeof TicketQuery>;
export const TicketPage = pageOf(TicketSummary);
export const TicketView = z.object({ before: z.string().max(500).optional() });
export const TicketCounts = z.object({ open: z.number().int(), unassigned: z.number().int(), mine: z.number().int(), waitingForTeam: z.number().int() });
export type TicketCounts = z.infer<typeof TicketCounts>;

const Subject = z.string().trim().regex(visible, 'Write what it is about.').max(200, 'At most 200 characters.');

export const TicketInput = z.object({
  subject: Subject,
  /** As the customer told it: the first message of the conversation, which they see on the portal. Empty: none yet. */
  text: z.string().trim().max(100_000).default(''),
  /** For the team only. */
  note: z.string().trim().max(100_000).default(''),
  contactId: Id.nullable().default(null),
  companyId: Id.nullable().default(null),
  inboxId: Id.optional(),
  priority: Priority.default('medium'),
  source: z.enum(['desk', 'phone']).default('desk'),
  callId: Id.optional(),
});
export type TicketInput = z.infer<typeof TicketInput>;
export const TicketPatch = z
  .object({
    subject: Subject,
    stageId: Id,
    priority: Priority,
    assigneeId: Id.nullable(),
    inboxId: Id,
    category: z.string().max(80).nullable(),
    contactId: Id.nullable(),
    companyId: Id.nullable(),
    isReleased: z.boolean(),
    properties: z.record(z.string(), z.string()),
  })
  .partial();
export type TicketPatch = z.infer<typeof TicketPatch>;

/** An answer to the customer. Without `stageId` an open ticket goes to the pipeline's stage that waits for the customer. */
export const ReplyInput = MessageInput.extend({ stageId: Id.optional() });
export type ReplyInput = z.infer<typeof ReplyInput>;
/** A remark inside a conversation; without `threadId` inside the newest one. */
export const CommentInput = NoteInput.extend({ threadId: Id.optional() });
export type CommentInput = z.infer<typeof CommentInput>;
