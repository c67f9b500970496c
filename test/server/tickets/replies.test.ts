import { describe, expect, test } from 'vitest';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { companySettings } from '#server/setup/company-settings.ts';
import { givenMember, waitingMails } from '#test/support/member-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';
import { givenUpload } from '#test/support/ticket-builders.ts';

async function opened(server: TestServer, input: object = {}) {
  return (await server.asConsole('POST', '/tickets', { subject: 'The door is stuck', ...input })).json();
}

async function answer(server: TestServer, id: string, { key, ...input }: { readonly key?: string; readonly [field: string]: unknown }) {
  return server.admin.inject({
    method: 'POST',
    url: `/admin/v1/tickets/${id}/messages`,
    headers: { host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}`, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    payload: input,
  });
}

describe('answering', () => {
  test('an answer stands in the conversation, the ticket waits for the customer, and a mail holds the whole message', async () => {
    const server = await testServer();
    await changeSettings(server.ctx, companySettings, { name: 'Hausverwaltung Grün' });
    const contact = await givenContact(server.ctx, { email: 'anna@example.com' });
    const ticket = await opened(server, { contactId: contact.id });
    const file = await givenUpload(server.ctx, { fileName: 'plan.pdf', content: '%PDF-1.7' });
    const long = `We will come on Monday.\n\n${'Please keep the keys ready. '.repeat(200)}The end.`;

    const sent = await answer(server, ticket.id, { text: long, attachmentIds: [file.id] });

    expect(sent.statusCode).toBe(201);
    expect(sent.json()).toMatchObject({ direction: 'out', author: { kind: 'agent', id: 'owner' }, attachments: [{ fileName: 'plan.pdf' }] });
    const after = (await server.asConsole('GET', `/tickets/${ticket.id}`)).json();
    expect(after).toMatchObject({ waitsFor: 'customer', stage: { name: 'Waiting for customer' }, attachments: [{ id: file.id }] });
    const [mail] = await waitingMails(server.ctx);
    expect(mail).toMatchObject({ to: 'anna@example.com', subject: `[#${ticket.number}] The door is stuck` });
    expect(mail?.text).toContain(long);
    expect(mail?.text).toContain('plan.pdf');
    expect(mail?.text).toContain('Hausverwaltung Grün');
  });

  test.each([
    ['en', `answered your ticket No. 1001:`],
    ['pl', `odpowiada na Twoje zgłoszenie nr 1001:`],
    ['de', `hat auf Ihre Anfrage Nr. 1001 geantwortet:`],
    ['fr', `answered your ticket No. 1001:`],
  ])('a contact who reads %s is written to so', async (language, words) => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { email: 'anna@example.com', language });
    const ticket = await opened(server, { contactId: contact.id });

    await answer(server, ticket.id, { text: 'Done.' });

    expect((await waitingMails(server.ctx))[0]?.text).toContain(words);
  });

  test('the link goes only to those who can follow it', async () => {
    const server = await testServer();
    await changeSettings(server.ctx, portalSettings, { isOn: true, slug: 'help' });
    const member = await givenMember(server.ctx, { email: 'marta@example.com' });
    const stranger = await givenContact(server.ctx, { email: 'anna@example.com' });
    const ofMember = await opened(server, { contactId: member.contactId });
    const ofStranger = await opened(server, { contactId: stranger.id });
    const hidden = await opened(server, { contactId: member.contactId });
    await server.asConsole('PATCH', `/tickets/${hidden.id}`, { isReleased: false });

    for (const ticket of [ofMember, ofStranger, hidden]) await answer(server, ticket.id, { text: 'Done.' });

    const answers = (await waitingMails(server.ctx)).filter((mail) => mail.subject.startsWith('[#'));
    expect(answers.map((mail) => /https:\S+/u.exec(mail.text)?.[0] ?? null)).toEqual([
      expect.stringMatching(new RegExp(`^https://.*/help/tickets/${ofMember.number}$`, 'u')),
      null,
      null,
    ]);
  });

  test('what looks like a placeholder in a message is only text', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { email: 'anna@example.com' });
    const ticket = await opened(server, { contactId: contact.id, subject: '{{number}} $t(mail.reset.subject)' });
    const text = 'Write {{agent}} and $t(mail.reset.text) here.';

    await answer(server, ticket.id, { text });

    const [mail] = await waitingMails(server.ctx);
    expect(mail?.text).toContain(text);
    expect(mail?.subject).toBe(`[#${ticket.number}] {{number}} $t(mail.reset.subject)`);
  });

  test('a ticket of nobody, or of somebody without an address, is answered without a mail', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx);
    const tickets = [await opened(server), await opened(server, { contactId: contact.id })];

    const sent = await Promise.all(tickets.map((ticket) => answer(server, ticket.id, { text: 'Done.' })));

    expect(sent.map((response) => response.statusCode)).toEqual([201, 201]);
    expect(await waitingMails(server.ctx)).toEqual([]);
  });

  test('Send pressed twice, or sent again after a break, is one answer and one mail', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { email: 'anna@example.com' });
    const ticket = await opened(server, { contactId: contact.id });
    const file = await givenUpload(server.ctx);

    const sent = await Promise.all([1, 2, 3].map(() => answer(server, ticket.id, { text: 'Done.', attachmentIds: [file.id], key: 'key-1' })));
    const other = await answer(server, ticket.id, { text: 'Something else.', key: 'key-1' });

    expect(new Set(sent.map((response) => response.body)).size).toBe(1);
    expect(sent[0]?.statusCode).toBe(201);
    expect(other.statusCode).toBe(409);
    expect((await server.asConsole('GET', `/tickets/${ticket.id}`)).json().conversation).toHaveLength(1);
    expect(await waitingMails(server.ctx)).toHaveLength(1);
  });

  test('the agent may choose the stage it goes to', async () => {
    const server = await testServer();
    const ticket = await opened(server);

    await answer(server, ticket.id, { text: 'We are on it.', stageId: 'support-progress' });
    const atWork = (await server.asConsole('GET', `/tickets/${ticket.id}`)).json();
    await answer(server, ticket.id, { text: 'Done.', stageId: 'support-closed' });
    const closed = (await server.asConsole('GET', `/tickets/${ticket.id}`)).json();
    await answer(server, ticket.id, { text: 'You are welcome.' });
    const stillClosed = (await server.asConsole('GET', `/tickets/${ticket.id}`)).json();

    expect(atWork).toMatchObject({ stage: { name: 'In progress' }, waitsFor: 'team' });
    expect(closed).toMatchObject({ isOpen: false, waitsFor: 'nobody' });
    expect(stillClosed).toMatchObject({ isOpen: false, waitsFor: 'nobody' });
    expect(stillClosed.conversation).toHaveLength(3);
  });

  test.each([
    [{ text: ' ' }, 'text', 'Write something first.'],
    [{ text: 'x'.repeat(100_001) }, 'text', expect.stringContaining('100,000')],
    [{ text: 'x', attachmentIds: ['none'] }, 'attachmentIds', expect.stringContaining('Attach it again')],
    [{ text: 'x', stageId: 'none' }, 'stageId', expect.stringContaining('Choose another')],
  ])('a bad answer (case %#) is refused, and nothing of it is kept', async (input, ...[path, message]) => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { email: 'anna@example.com' });
    const ticket = await opened(server, { contactId: contact.id });

    const refused = await answer(server, ticket.id, input);

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toEqual([{ path, message }]);
    expect((await server.asConsole('GET', `/tickets/${ticket.id}`)).json()).toMatchObject({ conversation: [], waitsFor: 'team' });
    expect(await waitingMails(server.ctx)).toEqual([]);
  });

  test('a file is in one message only, and only in its sender’s', async () => {
    const server = await testServer();
    const ticket = await opened(server);
    const mine = await givenUpload(server.ctx);
    const foreign = await givenUpload(server.ctx, { uploadedBy: 'member:somebody' });
    await answer(server, ticket.id, { text: 'Here.', attachmentIds: [mine.id] });

    const again = await answer(server, ticket.id, { text: 'Here.', attachmentIds: [mine.id] });
    const others = await answer(server, ticket.id, { text: 'Here.', attachmentIds: [foreign.id] });

    expect([again.statusCode, others.statusCode]).toEqual([400, 400]);
  });
});

describe('notes and comments', () => {
  test('stand between the messages in the order they were written, a comment inside its conversation', async () => {
    const server = await testServer();
    const ticket = await opened(server, { text: 'It opens only half-way.' });
    const threadId = ticket.conversation[0].message.threadId;

    await server.asConsole('POST', `/tickets/${ticket.id}/comments`, { text: 'He said that before.' });
    await server.asConsole('POST', `/tickets/${ticket.id}/notes`, { text: 'Ask the locksmith.' });
    await answer(server, ticket.id, { text: 'We will come.' });
    const foreign = await server.asConsole('POST', `/tickets/${ticket.id}/comments`, { text: 'x', threadId: 'none' });

    const { conversation, preview, lastActivityAt } = (await server.asConsole('GET', `/tickets/${ticket.id}`)).json();
    expect(conversation.map((entry: { type: string; note?: { kind: string } }) => entry.note?.kind ?? entry.type)).toEqual([
      'message',
      'comment',
      'note',
      'message',
    ]);
    expect(preview).toBe('We will come.');
    expect(lastActivityAt >= ticket.lastActivityAt).toBe(true);
    expect(foreign.json().errors).toMatchObject([{ path: 'threadId' }]);
    const rows = await server.ctx.db.selectFrom('internal_notes').select(['kind', 'thread_id']).orderBy('created_at').orderBy('id').execute();
    expect(rows).toEqual([
      { kind: 'comment', thread_id: threadId },
      { kind: 'note', thread_id: null },
    ]);
  });

  test('are marked internal on the timelines, messages are not', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx);
    const ticket = await opened(server, { contactId: contact.id, text: 'It opens only half-way.' });
    await server.asConsole('POST', `/tickets/${ticket.id}/notes`, { text: 'Ask the locksmith.' });

    const rows = await server.ctx.db
      .selectFrom('engagements')
      .select(['kind', 'is_internal', 'contact_id'])
      .where('ticket_id', '=', ticket.id)
      .orderBy('id')
      .execute();

    expect(rows).toEqual([
      { kind: 'ticket-opened', is_internal: 0, contact_id: contact.id },
      { kind: 'message', is_internal: 0, contact_id: contact.id },
      { kind: 'note', is_internal: 1, contact_id: contact.id },
    ]);
  });

  test('open screens are told of everything, in order', async () => {
    const server = await testServer();
    const ticket = await opened(server);
    await server.asConsole('POST', `/tickets/${ticket.id}/notes`, { text: 'x' });
    await answer(server, ticket.id, { text: 'x' });
    await server.asConsole('PATCH', `/tickets/${ticket.id}`, { priority: 'low' });

    const events = await server.ctx.db.selectFrom('live_events').select('payload').where('kind', '=', 'ticket').orderBy('seq').execute();

    expect(events.map((event) => JSON.parse(event.payload))).toEqual(
      ['opened', 'note', 'message', 'changed'].map((change) => ({ ticketId: ticket.id, number: ticket.number, change })),
    );
  });
});

test('a very long conversation comes in parts, the newest first', async () => {
  const server = await testServer();
  const ticket = await opened(server);
  for (let index = 0; index < 205; index += 1) {
    const at = new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();
    const row = { kind: 'note', author_id: 'owner', author_name: 'Ada', ticket_id: ticket.id, thread_id: null, contact_id: null, company_id: null };
    await server.ctx.db
      .insertInto('internal_notes')
      .values({ ...row, id: `note-${String(index).padStart(3, '0')}`, body_text: `note ${index}`, created_at: at })
      .execute();
  }

  const newest = (await server.asConsole('GET', `/tickets/${ticket.id}`)).json();
  const older = (await server.asConsole('GET', `/tickets/${ticket.id}?before=${newest.olderCursor}`)).json();

  expect(newest.conversation).toHaveLength(200);
  expect(newest.conversation.at(-1).note.text).toBe('note 204');
  expect(older.conversation.map((entry: { note: { text: string } }) => entry.note.text)).toEqual(['note 0', 'note 1', 'note 2', 'note 3', 'note 4']);
  expect(older.olderCursor).toBeNull();
});
