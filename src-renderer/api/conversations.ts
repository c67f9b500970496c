import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { Attachment, Inbox, InternalNote, Message, type InboxInput, type MessageInput } from '#server/conversations/conversations.contract.ts';
import { call, get, getFile } from './client.ts';

export const inboxesQuery = queryOptions({
  queryKey: ['inboxes'],
  queryFn: async ({ signal }) => (await get('/inboxes', z.object({ items: z.array(Inbox) }), { signal })).items,
});

export function addInbox(input: z.input<typeof InboxInput>): Promise<Inbox> {
  return call({ method: 'POST', path: '/inboxes', body: input, answer: Inbox });
}

/** Answers the customer. The key makes pressing Send twice one message. */
export function reply(ticketId: string, input: z.input<typeof MessageInput>, key: string): Promise<Message> {
  return call({ method: 'POST', path: `/tickets/${ticketId}/messages`, body: input, headers: { 'idempotency-key': key }, answer: Message });
}

export function addNote(ticketId: string, text: string): Promise<InternalNote> {
  return call({ method: 'POST', path: `/tickets/${ticketId}/notes`, body: { text }, answer: InternalNote });
}

export function uploadAttachment(file: File, signal?: AbortSignal): Promise<Attachment> {
  const form = new FormData();
  form.append('file', file, file.name);
  return call({ method: 'POST', path: '/attachments', body: form, answer: Attachment, signal });
}

export function attachmentFile(id: string, signal?: AbortSignal): Promise<Blob> {
  return getFile(`/attachments/${id}`, signal);
}
