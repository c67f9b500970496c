import { z } from 'zod';
import { Attachment } from '#server/conversations/conversations.contract.ts';

/** What is being written on a ticket: a reply with its files, and a note beside it. */
export const ReplyDraft = z.object({
  tab: z.enum(['reply', 'note']),
  reply: z.string(),
  note: z.string(),
  attachments: z.array(Attachment),
});
export type ReplyDraft = z.infer<typeof ReplyDraft>;

export const emptyReply: ReplyDraft = { tab: 'reply', reply: '', note: '', attachments: [] };

export function isNothing(draft: ReplyDraft): boolean {
  return draft.reply.trim() === '' && draft.note.trim() === '' && draft.attachments.length === 0;
}
