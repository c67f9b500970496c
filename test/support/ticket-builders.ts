import { Readable } from 'node:stream';
import type { z } from 'zod';
import { storeUpload, type Uploader } from '#server/conversations/attachments.service.ts';
import { addMessage, startThread } from '#server/conversations/conversations.service.ts';
import { actingAs, inTransaction, type Actor, type Context } from '#server/kernel/context.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Contact } from '#server/people/people.contract.ts';
import { ensureOwner } from '#server/team/team.service.ts';
import { CustomerTicketInput, CustomerTicketQuery, type CustomerViewer } from '#server/tickets/customer-tickets.contract.ts';
import { fileCustomerTicket } from '#server/tickets/customer-tickets.service.ts';
import { ensureTicketDefaults } from '#server/tickets/ticket-defaults.service.ts';
import { refreshTicketSearch } from '#server/tickets/ticket-search.service.ts';
import { testContext, type TestClock } from './test-context.ts';

const megabyte = 1_048_576;

/** Stores a file as if it had just been uploaded. */
export function givenUpload(
  ctx: Context,
  upload: { readonly content?: string | Uint8Array; readonly fileName?: string; readonly uploadedBy?: Uploader; readonly maxBytes?: number } = {},
) {
  return storeUpload(ctx, {
    stream: Readable.from([Buffer.from(upload.content ?? 'some text')]),
    fileName: upload.fileName ?? 'note.txt',
    uploadedBy: upload.uploadedBy ?? 'agent:owner',
    maxBytes: upload.maxBytes ?? 25 * megabyte,
  });
}

/** The body and headers of a multipart/form-data request with one file, as a browser writes it. */
export function multipartOf(file: { readonly fileName: string; readonly content: string | Uint8Array; readonly type?: string }) {
  const boundary = '----doorline-test-boundary';
  const escaped = file.fileName.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${escaped}"\r\ncontent-type: ${file.type ?? 'application/octet-stream'}\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(file.content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

export const ada: Actor = { kind: 'agent', id: 'owner', name: 'Ada' };

/** A desk as the first start leaves it, seen by its owner. */
export async function testDesk(options: { readonly clock?: TestClock } = {}): Promise<Context> {
  const ctx = await testContext(options);
  await ensureOwner(ctx);
  await ensureTicketDefaults(ctx);
  return actingAs(ctx, ada);
}

/** A contact as the portal sees them. Own tickets only, unless the test says otherwise. */
export function viewerFor(contact: Contact, visibility: CustomerViewer['visibility'] = 'own'): CustomerViewer {
  return { memberId: `member-of-${contact.id}`, contactId: contact.id, companyId: contact.company?.id ?? null, name: contact.displayName, visibility };
}

/** Acting as the viewer, as the portal does. */
export function asCustomer(ctx: Context, viewer: CustomerViewer): Context {
  return actingAs(ctx, { kind: 'member', id: viewer.memberId, name: viewer.name, contactId: viewer.contactId });
}

/** A ticket the customer filed; its number and id. */
export async function givenFiledTicket(
  ctx: Context,
  viewer: CustomerViewer,
  input: Partial<z.input<typeof CustomerTicketInput>> = {},
): Promise<{ readonly number: number; readonly id: string }> {
  const parsed = CustomerTicketInput.parse({ subject: 'The door is stuck', text: 'It opens only half-way.', ...input });
  const { number } = await fileCustomerTicket(asCustomer(ctx, viewer), viewer, parsed);
  const row = await ctx.db.selectFrom('tickets').select('id').where('number', '=', number).executeTakeFirstOrThrow();
  return { number, id: row.id };
}

/** What a customer asks for, defaults filled in. */
export function customerQuery(query: z.input<typeof CustomerTicketQuery> = {}) {
  return CustomerTicketQuery.parse(query);
}

/** An inbox that is not connected: nothing from it may reach a customer. */
export async function givenUnconnectedInbox(ctx: Context): Promise<string> {
  const row = {
    id: newId(),
    name: 'Old mailbox',
    pipeline_id: 'support',
    stage_id: 'support-new',
    is_connected: 0 as const,
    created_at: ctx.now().toISOString(),
  };
  await ctx.db.insertInto('inboxes').values(row).execute();
  return row.id;
}

/** A conversation on the ticket besides what it has, with one message of the team's. */
export async function givenThread(
  ctx: Context,
  ticketId: string,
  thread: { readonly inboxId: string; readonly text: string; readonly at: string; readonly fileName?: string },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const started = await startThread(ctx, { ticketId, inboxId: thread.inboxId, channel: 'email', subject: 'Another one', at: thread.at });
    const upload = thread.fileName === undefined ? undefined : await givenUpload(ctx, { fileName: thread.fileName });
    await addMessage(ctx, {
      ticketId,
      thread: started,
      direction: 'out',
      author: { kind: 'agent', id: 'owner', name: 'Ada' },
      text: thread.text,
      attachmentIds: upload === undefined ? [] : [upload.id],
      uploadedBy: 'agent:owner',
      at: thread.at,
    });
    await refreshTicketSearch(ctx, await ctx.db.selectFrom('tickets').selectAll().where('id', '=', ticketId).executeTakeFirstOrThrow());
  });
}
