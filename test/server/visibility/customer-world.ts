import { inTransaction, type Context } from '#server/kernel/context.ts';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import type { CustomerViewer } from '#server/tickets/customer-tickets.contract.ts';
import type * as customerTickets from '#server/tickets/customer-tickets.service.ts';
import { importTicket } from '#server/tickets/import-tickets.service.ts';
import { addComment, addNote, replyAsAgent } from '#server/tickets/ticket-replies.service.ts';
import { changeTicket } from '#server/tickets/tickets.service.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { asCustomer, givenFiledTicket, givenThread, givenUnconnectedInbox, givenUpload, testDesk, viewerFor } from '#test/support/ticket-builders.ts';

// Two companies, three customers, and a word of its own at every place a customer must never see into.

/** Words no customer may ever read; `zq` begins nothing else. */
export const canaries = {
  note: 'zqnote',
  comment: 'zqcomment',
  olderThread: 'zqolder',
  olderFile: 'zqolderfile',
  unconnected: 'zqunconnected',
  unconnectedFile: 'zqunconnectedfile',
  unreleased: 'zqunreleased',
  category: 'zqcategory',
  inboxName: 'zqinbox',
  stageName: 'zqstage',
} as const;

export interface World {
  readonly ctx: Context;
  /** Anna and Adam are of one company, Bea of another. */
  readonly people: { readonly anna: CustomerViewer; readonly adam: CustomerViewer; readonly bea: CustomerViewer };
  /** Ticket numbers by whose they are. */
  readonly tickets: {
    readonly anna: number;
    readonly annaClosed: number;
    readonly adam: number;
    readonly bea: number;
    readonly unreleased: number;
    readonly nobody: number;
  };
  /** Every attachment there is, by the ticket and whether it is in what customers see of it. */
  readonly files: readonly { readonly id: string; readonly number: number; readonly isVisible: boolean }[];
  readonly ids: { readonly annaTicket: string };
}

async function filedBy(ctx: Context, viewer: CustomerViewer, word: string) {
  const uploaded = await givenUpload(ctx, { fileName: `${word}file.png`, uploadedBy: `member:${viewer.memberId}` });
  return givenFiledTicket(ctx, viewer, { subject: `${word}subject of a ticket`, text: `${word}text of a ticket`, attachmentIds: [uploaded.id] });
}

export async function customerWorld(): Promise<World> {
  const ctx = await testDesk();
  await changeSettings(ctx, portalSettings, { isOn: true });
  const [north, south] = [await givenCompany(ctx, { name: 'North' }), await givenCompany(ctx, { name: 'South' })];
  const anna = viewerFor(await givenContact(ctx, { firstName: 'Anna', lastName: 'zqanna', email: 'anna@example.com', companyId: north.id }));
  const adam = viewerFor(await givenContact(ctx, { firstName: 'Adam', lastName: 'zqadam', email: 'adam@example.com', companyId: north.id }));
  const bea = viewerFor(await givenContact(ctx, { firstName: 'Bea', lastName: 'zqbea', email: 'bea@example.com', companyId: south.id }));

  const ofAnna = await filedBy(ctx, anna, 'zqanna');
  const closed = await filedBy(ctx, anna, 'zqanna');
  await changeTicket(ctx, closed.id, { stageId: 'support-closed' });
  const ofAdam = await filedBy(ctx, adam, 'zqadam');
  const ofBea = await filedBy(ctx, bea, 'zqbea');
  await givenThread(ctx, ofAnna.id, { inboxId: 'support', text: canaries.olderThread, at: '2020-01-01T00:00:00.000Z', fileName: `${canaries.olderFile}.png` });
  const unconnected = await givenUnconnectedInbox(ctx);
  const newestOfAll = '2035-01-01T00:00:00.000Z';
  await givenThread(ctx, ofAnna.id, { inboxId: unconnected, text: canaries.unconnected, at: newestOfAll, fileName: `${canaries.unconnectedFile}.png` });
  for (const ticket of [ofAnna, ofAdam, ofBea]) {
    await addNote(ctx, ticket.id, { text: canaries.note });
    await addComment(ctx, ticket.id, { text: canaries.comment });
    await replyAsAgent(ctx, { ticketId: ticket.id, input: { text: 'We are looking at it.', attachmentIds: [] } });
  }
  await changeTicket(ctx, ofAnna.id, { category: canaries.category });
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.updateTable('inboxes').set({ name: canaries.inboxName }).where('id', '=', 'support').execute();
    await ctx.db.updateTable('stages').set({ name: canaries.stageName }).where('id', '=', 'support-waiting').execute();
  });
  const hidden = await importTicket(ctx, {
    subject: canaries.unreleased,
    description: canaries.unreleased,
    contactId: anna.contactId,
    companyId: north.id,
    stageId: 'support-new',
  });
  const nobodys = await importTicket(ctx, { subject: 'zqnobody', contactId: null, companyId: null, stageId: 'support-new' });
  await changeTicket(ctx, nobodys.id, { isReleased: true });

  const tickets = {
    anna: ofAnna.number,
    annaClosed: closed.number,
    adam: ofAdam.number,
    bea: ofBea.number,
    unreleased: hidden.number,
    nobody: nobodys.number,
  };
  const rows = await ctx.db
    .selectFrom('attachments')
    .innerJoin('messages', 'messages.id', 'attachments.message_id')
    .innerJoin('tickets', 'tickets.id', 'messages.ticket_id')
    .select(['attachments.id', 'attachments.file_name', 'tickets.number'])
    .execute();
  const files = rows.map((row) => ({ id: row.id, number: row.number, isVisible: !/zqolder|zqunconnected/u.test(row.file_name) }));
  return { ctx, people: { anna, adam, bea }, tickets, files, ids: { annaTicket: ofAnna.id } };
}

/** The service under test: the real one, or one whose visibility was broken on purpose. */
export type CustomerReader = Pick<typeof customerTickets, 'listCustomerTickets' | 'getCustomerTicket' | 'openCustomerAttachment' | 'replyAsCustomer'>;

/** A refusal as a customer sees it. */
export function refusalOf(error: unknown): string {
  const { name, message, kind, code, fields } = error as { name: string; message: string; kind: string; code: string; fields: unknown };
  return JSON.stringify({ name, message, kind, code, fields });
}

/** Everything this viewer can get out of the portal, as text: every list, search, ticket, file and refusal. */
export async function crawl(reader: CustomerReader, world: World, viewer: CustomerViewer): Promise<string> {
  const { ctx } = world;
  const me = asCustomer(ctx, viewer);
  const seen: string[] = [];
  const words = [undefined, 'zq', 'zqanna', 'zqadam', 'zqbea', ...Object.values(canaries), 'we', 'support', 'a', '1'];
  for (const search of words)
    for (const view of ['mine', 'organisation'] as const)
      for (const sort of ['activity', 'created', 'number', 'subject'] as const)
        for (const direction of ['ascending', 'descending'] as const) {
          const query = { state: 'all' as const, view, sort, direction, limit: 2, ...(search === undefined ? {} : { search }) };
          let page = await reader.listCustomerTickets(me, viewer, query);
          seen.push(JSON.stringify(page));
          while (page.nextCursor !== null) {
            page = await reader.listCustomerTickets(me, viewer, { ...query, cursor: page.nextCursor });
            seen.push(JSON.stringify(page));
          }
        }
  for (let number = 1000; number < 1012; number += 1) {
    seen.push(await reader.getCustomerTicket(me, viewer, number).then((ticket) => JSON.stringify(ticket), refusalOf));
  }
  for (const file of world.files) {
    const opened = await reader.openCustomerAttachment(me, viewer, file.id).catch(refusalOf);
    if (typeof opened === 'string') seen.push(opened);
    else {
      seen.push(JSON.stringify(opened.headers));
      opened.stream.destroy();
    }
  }
  return seen.join('\n');
}
