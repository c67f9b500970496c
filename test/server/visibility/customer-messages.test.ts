import { describe, expect, test } from 'vitest';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { addInbox } from '#server/conversations/inboxes.service.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { fileCustomerTicket, getCustomerTicket, openCustomerAttachment, replyAsCustomer } from '#server/tickets/customer-tickets.service.ts';
import { openTicket } from '#server/tickets/open-ticket.service.ts';
import { addPipeline } from '#server/tickets/pipelines.service.ts';
import { TicketInput } from '#server/tickets/tickets.contract.ts';
import { changeTicket, getTicket } from '#server/tickets/tickets.service.ts';
import { replyAsAgent } from '#server/tickets/ticket-replies.service.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { ada, asCustomer, givenFiledTicket, givenThread, givenUnconnectedInbox, givenUpload, testDesk, viewerFor } from '#test/support/ticket-builders.ts';
import { actingAs } from '#server/kernel/context.ts';

const reply = { text: 'It is stuck again.', attachmentIds: [] };

describe('filing a ticket', () => {
  test('it arrives in the portal’s inbox, with its files, and stands on every timeline', async () => {
    const ctx = await testDesk();
    const company = await givenCompany(ctx);
    const contact = await givenContact(ctx, { companyId: company.id });
    const viewer = viewerFor(contact);
    const repairs = await addPipeline(ctx, {
      name: 'Repairs',
      stages: [
        { name: 'Reported', isOpen: true, publicName: null, turn: 'team' },
        { name: 'Done', isOpen: false, publicName: null, turn: null },
      ],
    });
    const inbox = await addInbox(ctx, { name: 'Repairs', pipelineId: repairs.id, stageId: repairs.stages[0]?.id ?? '' });
    await changeSettings(ctx, portalSettings, { inboxId: inbox.id });
    const file = await givenUpload(ctx, { fileName: 'door.png', uploadedBy: `member:${viewer.memberId}` });

    const { number, id } = await givenFiledTicket(ctx, viewer, { attachmentIds: [file.id] });

    expect(await getTicket(ctx, id)).toMatchObject({
      number,
      source: 'portal',
      waitsFor: 'team',
      stage: { name: 'Reported' },
      inbox: { id: inbox.id },
      contact: { id: contact.id },
      company: { id: company.id },
      conversation: [{ message: { direction: 'in', channel: 'portal', author: { kind: 'contact', id: contact.id, name: 'Anna Nowak' } } }],
      attachments: [{ id: file.id }],
    });
    const entries = await ctx.db.selectFrom('engagements').selectAll().where('ticket_id', '=', id).orderBy('id').execute();
    expect(entries.map((entry) => [entry.kind, entry.contact_id, entry.company_id, entry.actor_kind, entry.actor_name])).toEqual([
      ['ticket-opened', contact.id, company.id, 'member', 'Anna Nowak'],
      ['message', contact.id, company.id, 'member', 'Anna Nowak'],
    ]);
    const events = await ctx.db.selectFrom('live_events').select('payload').where('kind', '=', 'ticket').execute();
    expect(events.map((event) => JSON.parse(event.payload))).toEqual([{ ticketId: id, number, change: 'opened' }]);
  });

  test('a portal whose inbox is gone uses the first one', async () => {
    const ctx = await testDesk();
    const viewer = viewerFor(await givenContact(ctx));
    await changeSettings(ctx, portalSettings, { inboxId: 'gone' });

    const { id } = await givenFiledTicket(ctx, viewer);

    expect((await getTicket(ctx, id)).inbox).toMatchObject({ id: 'support' });
  });

  test('is refused when switched off, with nothing written', async () => {
    const ctx = await testDesk();
    const viewer = viewerFor(await givenContact(ctx));
    await changeSettings(ctx, portalSettings, { canFileTickets: false });

    const refused = fileCustomerTicket(asCustomer(ctx, viewer), viewer, { subject: 'x', text: 'x', attachmentIds: [] });

    await expect(refused).rejects.toMatchObject({ kind: 'forbidden', code: 'filing-is-off' });
    expect(await ctx.db.selectFrom('tickets').select('id').execute()).toEqual([]);
  });

  test('with somebody else’s file it is refused, with nothing written', async () => {
    const ctx = await testDesk();
    const viewer = viewerFor(await givenContact(ctx));
    const foreign = await givenUpload(ctx, { uploadedBy: 'member:somebody-else' });

    const refused = fileCustomerTicket(asCustomer(ctx, viewer), viewer, { subject: 'x', text: 'x', attachmentIds: [foreign.id] });

    await expect(refused).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: 'attachmentIds' }] });
    for (const table of ['tickets', 'threads', 'messages', 'engagements', 'live_events'] as const)
      expect(
        await ctx.db
          .selectFrom(table)
          .select((row) => row.fn.countAll<number>().as('rows'))
          .executeTakeFirst(),
      ).toEqual({ rows: 0 });
    await expect(openCustomerAttachment(ctx, viewer, foreign.id)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('replying', () => {
  test('the message stands where both sides see it, and the ticket goes back to the team', async () => {
    const ctx = await testDesk();
    const viewer = viewerFor(await givenContact(ctx));
    const { id, number } = await givenFiledTicket(ctx, viewer);
    await changeTicket(ctx, id, { stageId: 'support-progress' });
    await replyAsAgent(ctx, { ticketId: id, input: { text: 'Which door?', attachmentIds: [] } });
    expect(await getTicket(ctx, id)).toMatchObject({ waitsFor: 'customer', stage: { name: 'Waiting for customer' } });

    await replyAsCustomer(asCustomer(ctx, viewer), viewer, number, { text: 'The front one.', attachmentIds: [] });

    expect(await getTicket(ctx, id)).toMatchObject({ waitsFor: 'team', stage: { name: 'In progress' }, preview: 'The front one.' });
    const { messages, turn } = await getCustomerTicket(ctx, viewer, number);
    expect(turn).toBe('team');
    expect(messages.map((message) => [message.from, message.authorName, message.text])).toEqual([
      ['you', 'Anna Nowak', 'It opens only half-way.'],
      ['team', 'Ada', 'Which door?'],
      ['you', 'Anna Nowak', 'The front one.'],
    ]);
    expect(await ctx.db.selectFrom('threads').select('id').execute()).toHaveLength(1);
  });

  test('a closed ticket is not answered, and the refusal says what to do', async () => {
    const ctx = await testDesk();
    const viewer = viewerFor(await givenContact(ctx));
    const { id, number } = await givenFiledTicket(ctx, viewer);
    await changeTicket(ctx, id, { stageId: 'support-closed' });

    expect((await getCustomerTicket(ctx, viewer, number)).canReply).toBe(false);
    await expect(replyAsCustomer(asCustomer(ctx, viewer), viewer, number, reply)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'ticket-closed',
      message: expect.stringContaining('File a new ticket'),
    });
    expect((await getTicket(ctx, id)).conversation).toHaveLength(1);
  });

  test('a ticket without a conversation, after a call say, gets one in the portal’s inbox', async () => {
    const ctx = await testDesk();
    const contact = await givenContact(ctx);
    const viewer = viewerFor(contact);
    const ticket = await openTicket(ctx, TicketInput.parse({ subject: 'Called about the door', contactId: contact.id, source: 'phone', note: 'zqnote' }));

    await replyAsCustomer(asCustomer(ctx, viewer), viewer, ticket.number, reply);

    const threads = await ctx.db.selectFrom('threads').select(['channel', 'inbox_id']).execute();
    expect(threads).toEqual([{ channel: 'portal', inbox_id: 'support' }]);
    expect((await getCustomerTicket(ctx, viewer, ticket.number)).messages).toMatchObject([{ from: 'you', text: reply.text }]);
  });

  test('a ticket whose only conversation is in an unconnected inbox gets a new one', async () => {
    const ctx = await testDesk();
    const contact = await givenContact(ctx);
    const viewer = viewerFor(contact);
    const ticket = await openTicket(ctx, TicketInput.parse({ subject: 'By mail', contactId: contact.id }));
    await givenThread(ctx, ticket.id, { inboxId: await givenUnconnectedInbox(ctx), text: 'zqunconnected', at: '2035-01-01T00:00:00.000Z' });

    await replyAsCustomer(asCustomer(ctx, viewer), viewer, ticket.number, reply);

    expect((await getCustomerTicket(ctx, viewer, ticket.number)).messages.map((message) => message.text)).toEqual([reply.text]);
    expect(await ctx.db.selectFrom('threads').select('id').execute()).toHaveLength(2);
  });

  test('goes into the conversation the customer sees, the newest one', async () => {
    const clock = testClock();
    const ctx = await testDesk({ clock });
    const viewer = viewerFor(await givenContact(ctx));
    const { id, number } = await givenFiledTicket(ctx, viewer);
    clock.advance(60_000);
    await givenThread(ctx, id, { inboxId: 'support', text: 'A newer one', at: clock.now().toISOString() });
    clock.advance(60_000);

    await replyAsCustomer(asCustomer(ctx, viewer), viewer, number, reply);
    const newest = await getCustomerTicket(ctx, viewer, number);
    await changeSettings(ctx, portalSettings, { showAllThreads: true });
    const all = await getCustomerTicket(ctx, viewer, number);

    expect(newest.messages.map((message) => message.text)).toEqual(['A newer one', reply.text]);
    expect(all.messages.map((message) => message.text)).toEqual(['It opens only half-way.', 'A newer one', reply.text]);
  });

  test('a colleague’s answer is theirs, and their files are seen by both', async () => {
    const ctx = await testDesk();
    const company = await givenCompany(ctx);
    const anna = viewerFor(await givenContact(ctx, { companyId: company.id }), 'company');
    const adam = viewerFor(await givenContact(ctx, { firstName: 'Adam', companyId: company.id }), 'company');
    const { number } = await givenFiledTicket(ctx, anna);
    const file = await givenUpload(ctx, { fileName: 'door.png', uploadedBy: `member:${adam.memberId}` });

    await replyAsCustomer(asCustomer(ctx, adam), adam, number, { text: 'I saw it too.', attachmentIds: [file.id] });

    const seen = await getCustomerTicket(ctx, anna, number);
    expect(seen.messages.at(-1)).toMatchObject({ from: 'colleague', authorName: 'Adam Nowak', attachments: [{ id: file.id, isInline: false }] });
    (await openCustomerAttachment(ctx, anna, file.id)).stream.destroy();
  });

  test('while an agent closes the ticket, a reply either stands in it or is refused, never lost', async () => {
    const ctx = await testDesk();
    const viewer = viewerFor(await givenContact(ctx));
    const { id, number } = await givenFiledTicket(ctx, viewer);

    const outcomes = await Promise.allSettled([
      replyAsCustomer(asCustomer(ctx, viewer), viewer, number, { text: 'one', attachmentIds: [] }),
      changeTicket(actingAs(ctx, ada), id, { stageId: 'support-closed' }),
      replyAsCustomer(asCustomer(ctx, viewer), viewer, number, { text: 'two', attachmentIds: [] }),
    ]);

    const { messages, status } = await getCustomerTicket(ctx, viewer, number);
    const accepted = [outcomes[0], outcomes[2]].filter((outcome) => outcome?.status === 'fulfilled').length;
    expect(messages).toHaveLength(1 + accepted);
    expect(status.isOpen).toBe(false);
  });
});

test('a long conversation comes in parts, the newest first, and nothing twice', async () => {
  const clock = testClock();
  const ctx = await testDesk({ clock });
  const viewer = viewerFor(await givenContact(ctx));
  const { id, number } = await givenFiledTicket(ctx, viewer, { text: 'message 0' });
  const { thread_id } = await ctx.db.selectFrom('messages').select('thread_id').executeTakeFirstOrThrow();
  for (let index = 1; index < 230; index += 1) {
    clock.advance(1000);
    const row = { direction: 'out', author_kind: 'agent', author_id: 'owner', author_name: 'Ada', ticket_id: id, thread_id };
    await ctx.db
      .insertInto('messages')
      .values({ ...row, id: `m${String(index).padStart(4, '0')}`, body_text: `message ${index}`, created_at: clock.now().toISOString() })
      .execute();
  }

  const parts: string[][] = [];
  let before: string | null | undefined;
  do {
    const part = await getCustomerTicket(ctx, viewer, { number, ...(typeof before === 'string' ? { before } : {}) });
    parts.unshift(part.messages.map((message) => message.text));
    before = part.olderCursor;
  } while (before !== null);

  expect(parts.map((part) => part.length)).toEqual([30, 100, 100]);
  expect(parts.flat()).toEqual(Array.from({ length: 230 }, (_, index) => `message ${index}`));
});
