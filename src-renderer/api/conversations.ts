import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  Attachment,
  Inbox,
  InboxPage,
  InternalNote,
  Message,
  type InboxInput,
  type InboxPatch,
  type MessageInput,
} from '#server/conversations/conversations.contract.ts';
import { call, get, getFile } from './client.ts';
import { upload } from './upload.ts';

export const inboxesQuery = queryOptions({
  queryKey: ['inboxes'],
  queryFn: async ({ signal }) => (await get('/inboxes', InboxPage, { signal })).items,
});

export function addInbox(input: z.input<typeof InboxInput>): Promise<Inbox> {
  return call({ method: 'POST', path: '/inboxes', body: input, answer: Inbox });
}

export function changeInbox(id: string, patch: InboxPatch): Promise<Inbox> {
  return call({ method: 'PATCH', path: `/inboxes/${id}`, body: patch, answer: Inbox });
}

/** Answers the customer. The key makes pressing Send twice one message. */
export function reply(ticketId: string, input: z.input<typeof MessageInput>, key: string): Promise<Message> {
  return call({ method: 'POST', path: `/tickets/${ticketId}/messages`, body: input, headers: { 'idempotency-key': key }, answer: Message });
}

export function addNote(ticketId: string, text: string): Promise<InternalNote> {
  return call({ method: 'POST', path: `/tickets/${ticketId}/notes`, body: { text }, answer: InternalNote });
}

/** Stores a file until a message takes it along. */
export function uploadAttachment(
  file: File,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void } = {},
): Promise<Attachment> {
  return upload({ path: '/attachments', file, answer: Attachment, ...options });
}

/** The bytes of an attachment. Never stale: a stored file does not change. */
export function attachmentQuery(id: string) {
  return queryOptions({
    queryKey: ['attachments', id],
    queryFn: ({ signal }) => getFile(`/attachments/${id}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}
