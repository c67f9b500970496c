import { describe, expect, test } from 'vitest';
import { listTickets } from '#server/tickets/ticket-list.service.ts';
import { TicketQuery } from '#server/tickets/tickets.contract.ts';
import { givenMember } from '#test/support/member-builders.ts';
import { portalVisitor } from '#test/support/portal-visitor.ts';
import { asAgent, file, png, signedIn } from '#test/support/portal-tickets.ts';

describe('filing a ticket', () => {
  test('leads to the ticket with its conversation and files', async () => {
    const { visitor } = await signedIn();

    const number = await file(visitor, { subject: 'Label printer', text: 'First line\r\n\r\nSee https://example.com/a?b=1.' }, [
      { name: 'photo of the roll.png', body: png },
      { name: 'log.txt', body: 'feed ok' },
    ]);
    const page = await visitor.get(`/tickets/${number}?done=filed`);

    expect(page.body).toContain('<h1 dir="auto">Label printer</h1>');
    expect(page.body).toContain('Your ticket has been filed');
    expect(page.body).toContain('First line\n\nSee ');
    expect(page.body).toContain('<a href="https://example.com/a?b=1" target="_blank" rel="noopener noreferrer nofollow">https://example.com/a?b=1</a>.');
    expect(page.body).toContain('alt="photo of the roll.png"');
    expect(page.body).toContain('log.txt');
  });

  test('stands on the desk and on the contact’s timeline', async () => {
    const { server, member, visitor } = await signedIn();

    const number = await file(visitor, { subject: 'Label printer' });

    const page = await listTickets(asAgent(server), TicketQuery.parse({ contactId: member.contactId }));
    expect(page.items).toMatchObject([{ number, subject: 'Label printer' }]);
    const timeline = await server.asConsole('GET', `/contacts/${member.contactId}/timeline`);
    expect(timeline.body).toContain('Label printer');
  });

  test('pressed twice files it once', async () => {
    const { server, visitor } = await signedIn();
    const form = await visitor.get('/tickets/new');
    const sending = /name="sending" value="([\w-]+)"/u.exec(form.body)?.[1] ?? '';
    const fields = { sending, subject: 'Only once', text: 'Please' };

    const answers = await Promise.all([visitor.send('/tickets/new', { fields }), visitor.send('/tickets/new', { fields })]);
    const again = await visitor.send('/tickets/new', { fields });

    expect(new Set([...answers, again].map((answer) => answer.headers.location)).size).toBe(1);
    expect(await server.ctx.db.selectFrom('tickets').selectAll().execute()).toHaveLength(1);
  });

  test('without a text comes back with everything typed, the reason by the field, and the files still attached', async () => {
    const { server, visitor } = await signedIn();
    await visitor.get('/tickets/new');

    const refused = await visitor.send('/tickets/new', {
      fields: { subject: 'A “subject” <worth> keeping', text: ' ' },
      files: [{ name: 'kept.txt', body: 'kept' }],
    });

    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('value="A “subject” &lt;worth> keeping"');
    expect(refused.body).toContain('id="text-problem"');
    expect(refused.body).toContain('aria-describedby="text-problem text-hint"');
    const kept = /name="keep" value="([\w-]+)"/u.exec(refused.body)?.[1] ?? '';
    expect(refused.body).toContain('kept.txt');
    const sent = await visitor.send('/tickets/new', { fields: { subject: 'Now with text', text: 'Here it is' }, keep: [kept] });
    expect(sent.statusCode).toBe(303);
    const attached = await server.ctx.db.selectFrom('attachments').select(['file_name', 'message_id']).execute();
    expect(attached).toEqual([{ file_name: 'kept.txt', message_id: expect.any(String) }]);
  });

  test('a file unticked is left out', async () => {
    const { server, visitor } = await signedIn();
    await visitor.get('/tickets/new');
    await visitor.send('/tickets/new', { fields: { subject: 'x', text: '' }, files: [{ name: 'a.txt', body: 'a' }] });

    await visitor.send('/tickets/new', { fields: { subject: 'x', text: 'now' } });

    const attached = await server.ctx.db.selectFrom('attachments').select('message_id').execute();
    expect(attached).toEqual([{ message_id: null }]);
  });

  test('a subject and a text of which nothing can be seen are none', async () => {
    const { visitor } = await signedIn();
    await visitor.get('/tickets/new');

    const refused = await visitor.send('/tickets/new', { fields: { subject: '\u202E\u200B \u00AD', text: '\u200B\n\u2060' } });

    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('href="#subject"');
    expect(refused.body).toContain('href="#text"');
  });

  test('a file that is too large is left out in words; the others are kept', async () => {
    const { visitor } = await signedIn({ maxAttachmentMegabytes: 1 });
    await visitor.get('/tickets/new');

    const refused = await visitor.send('/tickets/new', {
      fields: { subject: 'Big', text: 'Big' },
      files: [
        { name: 'small.txt', body: 'small' },
        { name: 'big.bin', body: Buffer.alloc(1_048_577, 1) },
        { name: 'much-bigger.bin', body: Buffer.alloc(3 * 1_048_576, 1) },
        { name: 'empty.txt', body: '' },
        { name: 'after.txt', body: 'after' },
      ],
    });

    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('“big.bin” is larger than 1 MB and was left out');
    expect(refused.body).toContain('“much-bigger.bin” is larger than 1 MB and was left out');
    expect(refused.body).toContain('“empty.txt” is empty');
    expect(refused.body.match(/name="keep"/gu)).toHaveLength(2);
  });

  test.each([25, 120])('%i files, more than a message takes, are refused in words', async (length) => {
    const { visitor } = await signedIn();
    await visitor.get('/tickets/new');

    const refused = await visitor.send('/tickets/new', {
      fields: { subject: 'Many', text: 'A text that took long' },
      files: Array.from({ length }, (_, index) => ({ name: `${index}.txt`, body: String(index) })),
    });

    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('A text that took long');
    expect(refused.body).toContain('At most 20 files');
    expect(refused.body.match(/name="keep"/gu)).toHaveLength(20);
  });

  test('nobody sends along a file that somebody else uploaded', async () => {
    const { server, visitor } = await signedIn();
    const other = await givenMember(server.ctx, { email: 'other@example.com' });
    const stranger = portalVisitor(server);
    await stranger.signIn(other.email);
    await stranger.get('/tickets/new');
    const theirs = await stranger.send('/tickets/new', { fields: { subject: 'x', text: '' }, files: [{ name: 'secret.txt', body: 'secret' }] });
    const id = /name="keep" value="([\w-]+)"/u.exec(theirs.body)?.[1] ?? '';
    await visitor.get('/tickets/new');

    const answer = await visitor.send('/tickets/new', { fields: { subject: 'Mine', text: 'Mine' }, keep: [id] });

    const page = await visitor.get(String(answer.headers.location).replace('/support', ''));
    expect(page.body).not.toContain('secret.txt');
    expect((await visitor.get(`/files/${id}`)).statusCode).toBe(404);
  });

  test('fields of the database that somebody adds to the form change nothing', async () => {
    const { server, member, visitor } = await signedIn();
    const other = await givenMember(server.ctx, { email: 'other@example.com' });
    await visitor.get('/tickets/new');

    const extra = {
      contactId: other.contactId,
      contact_id: other.contactId,
      priority: 'urgent',
      is_open: '0',
      createdAt: '2001-01-01T00:00:00Z',
      author: 'agent',
      direction: 'out',
      number: '1',
      role: 'owner',
    };
    await visitor.send('/tickets/new', { fields: { subject: 'Plain', text: 'Plain', ...extra } });

    const ticket = await server.ctx.db.selectFrom('tickets').selectAll().executeTakeFirstOrThrow();
    expect(ticket).toMatchObject({ contact_id: member.contactId, priority: 'medium', is_open: 1, source: 'portal' });
    expect(ticket.created_at).toMatch(/^2026/u);
    expect(await server.ctx.db.selectFrom('messages').select(['direction', 'author_kind']).execute()).toEqual([{ direction: 'in', author_kind: 'contact' }]);
  });

  test('is not offered when the manager does not want it', async () => {
    const { visitor } = await signedIn({ canFileTickets: false });

    expect((await visitor.get('/tickets')).body).not.toContain('File a support ticket');
    expect((await visitor.get('/tickets/new')).statusCode).toBe(404);
    expect((await visitor.send('/tickets/new', { fields: { subject: 'x', text: 'y' } })).statusCode).toBe(404);
  });
});
