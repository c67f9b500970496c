import { z } from 'zod';
import { Id, IsoTime, pageOf } from '../kernel/primitives.contract.ts';

export const Attachment = z.object({
  id: Id,
  fileName: z.string(),
  mediaType: z.string(),
  byteSize: z.number().int(),
  createdAt: IsoTime,
});
export type Attachment = z.infer<typeof Attachment>;

export const Channel = z.enum(['portal', 'email', 'form', 'chat', 'phone', 'desk', 'webhook']);

/** What both sides may read. */
export const Message = z.object({
  id: Id,
  threadId: Id,
  direction: z.enum(['in', 'out']),
  author: z.object({ kind: z.enum(['contact', 'agent', 'system']), id: Id.nullable(), name: z.string() }),
  text: z.string(),
  channel: Channel,
  createdAt: IsoTime,
  attachments: z.array(Attachment),
});
export type Message = z.infer<typeof Message>;

/** What only the team reads: a note on a record, or a comment inside a thread. */
export const InternalNote = z.object({
  id: Id,
  kind: z.enum(['note', 'comment']),
  author: z.object({ id: Id, name: z.string() }),
  text: z.string(),
  createdAt: IsoTime,
});
export type InternalNote = z.infer<typeof InternalNote>;

const Text = z.string().trim().min(1, 'Write something first.').max(100_000, 'At most 100,000 characters; attach longer texts as a file.');
export const MessageInput = z.object({ text: Text, attachmentIds: z.array(Id).max(20).default([]) });
export type MessageInput = z.infer<typeof MessageInput>;
export const NoteInput = z.object({ text: Text });
export type NoteInput = z.infer<typeof NoteInput>;

export const Inbox = z.object({ id: Id, name: z.string(), pipelineId: Id, stageId: Id, openTickets: z.number().int() });
export type Inbox = z.infer<typeof Inbox>;
export const InboxPage = pageOf(Inbox);
export const InboxInput = z.object({ name: z.string().trim().min(1, 'Write the inbox’s name.').max(80), pipelineId: Id, stageId: Id });
export type InboxInput = z.infer<typeof InboxInput>;
export const InboxPatch = InboxInput.partial();
export type InboxPatch = z.infer<typeof InboxPatch>;
