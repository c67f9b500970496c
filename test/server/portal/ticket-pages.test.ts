import { describe, expect, test } from 'vitest';
import { actingAs, type Context } from '#server/kernel/context.ts';
import { changeMember } from '#server/members/members.service.ts';
import { createCompany } from '#server/people/companies.service.ts';
import { CompanyInput } from '#server/people/people.contract.ts';
import { addComment, addNote, replyAsAgent } from '#server/tickets/ticket-replies.service.ts';
import { listTickets } from '#server/tickets/ticket-list.service.ts';
import { changeTicket } from '#server/tickets/tickets.service.ts';
import { TicketQuery } from '#server/tickets/tickets.contract.ts';
import { listPipelines } from '#server/tickets/pipelines.service.ts';
import { givenMember } from '#test/support/member-builders.ts';
import { givenOpenPortal, portalVisitor, type PortalVisitor, type SentFile } from '#test/support/portal-visitor.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function signedIn(settings: Parameters<typeof givenOpenPortal>[1] = {}) {
  const clock = testClock();
  const server = await testServer({ clock });
  await givenOpenPortal(server, settings);
  const member = await givenMember(server.ctx);
  const visitor = portalVisitor(server);
  await visitor.signIn(member.email);
  return { clock, server, member, visitor };
}

/** Files a ticket by the form; its number. */
async function file(visitor: PortalVisitor, fields: { readonly subject: string; readonly text?: string }, files: readonly SentFile[] = []): Promise<number> {
  await visitor.get('/tickets/new');
  const answer = await visitor.send('/tickets/new', { fields: { text: 'It does not work.', ...fields }, files });
  return Number(/tickets\/(\d+)\?done=filed$/u.exec(String(answer.headers.location))?.[1]);
}

function asAgent(server: TestServer): Context {
  return actingAs(server.ctx, { kind: 'agent', id: 'owner', name: 'Tom Keller' });
}

async function idOf(server: TestServer, number: number): Promise<string> {
  const page = await listTickets(asAgent(server), TicketQuery.parse({ state: 'all', limit: 200 }));
  return page.items.find((ticket) => ticket.number === number)?.id ?? '';
}

async function close(server: TestServer, number: number): Promise<void> {
  const pipelines = await listPipelines(server.ctx);
  const stage = pipelines.items[0]?.stages.find((one) => !one.isOpen);
  await changeTicket(asAgent(server), await idOf(server, number), { stageId: stage?.id ?? '' });
}

function subjects(html: string): string[] {
  return [...html.matchAll(/<bdi>([^<]*)<\/bdi>/gu)].map((match) => match[1] ?? '');
}

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

  test('a file that is too large is left out in words; the others are kept', async () => {
    const { visitor } = await signedIn({ maxAttachmentMegabytes: 1 });
    await visitor.get('/tickets/new');

    const refused = await visitor.send('/tickets/new', {
      fields: { subject: 'Big', text: 'Big' },
      files: [
        { name: 'small.txt', body: 'small' },
        { name: 'big.bin', body: Buffer.alloc(1_048_577, 1) },
        { name: 'empty.txt', body: '' },
        { name: 'after.txt', body: 'after' },
      ],
    });

    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('“big.bin” is larger than 1 MB and was left out');
    expect(refused.body).toContain('“empty.txt” is empty');
    expect(refused.body.match(/name="keep"/gu)).toHaveLength(2);
  });

  test('more files than a message takes are refused in words', async () => {
    const { visitor } = await signedIn();
    await visitor.get('/tickets/new');

    const refused = await visitor.send('/tickets/new', {
      fields: { subject: 'Many', text: 'Many' },
      files: Array.from({ length: 25 }, (_, index) => ({ name: `${index}.txt`, body: String(index) })),
    });

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

describe('a ticket’s page', () => {
  test('takes a reply with files and says that it was sent', async () => {
    const { server, visitor } = await signedIn();
    const number = await file(visitor, { subject: 'Label printer' });
    await replyAsAgent(asAgent(server), { ticketId: await idOf(server, number), input: { text: 'Which lot?', attachmentIds: [] } });
    expect((await visitor.get('/tickets')).body).toContain('Open · your turn');

    await visitor.get(`/tickets/${number}`);
    const sent = await visitor.send(`/tickets/${number}`, { fields: { text: 'Lot 4711' }, files: [{ name: 'lot.png', body: png }] });

    expect(sent.headers.location).toBe(`/support/tickets/${number}?done=replied`);
    const page = await visitor.get(`/tickets/${number}?done=replied`);
    expect(page.body).toContain('Your reply has been sent.');
    expect(page.body).toContain('Tom Keller');
    expect(page.body).toContain('Lot 4711');
    expect(page.body).toContain('lot.png');
    expect((await visitor.get('/tickets')).body).not.toContain('your turn');
  });

  test('never shows a note or a comment, nor does the list, the search or any other page', async () => {
    const { server, visitor } = await signedIn();
    const number = await file(visitor, { subject: 'Label printer' });
    const ticketId = await idOf(server, number);
    await addNote(asAgent(server), ticketId, { text: 'canary-note-8d1f The customer is difficult' });
    await addComment(asAgent(server), ticketId, { text: 'canary-comment-77aa Ask the supplier first' });

    const pages = [
      '/tickets',
      `/tickets/${number}`,
      '/tickets?search=canary',
      '/tickets?search=difficult',
      '/tickets?search=supplier',
      '/account',
      '/tickets/new',
      '/session',
    ];
    for (const path of pages) {
      const page = await visitor.get(path);
      expect(page.body, path).not.toMatch(/canary-(?:note|comment)|difficult<|The customer is/u);
      if (path.includes('search')) expect(subjects(page.body), path).toEqual([]);
    }
  });

  test.each(['0', '-1', '1e3', '999999', 'abc', '00001', '9'.repeat(40), '%00', '..%2f..'])('that is not there answers 404: %s', async (number) => {
    const { visitor } = await signedIn();

    expect((await visitor.get(`/tickets/${number}`)).statusCode).toBe(404);
  });

  test('of somebody else answers like one that is not there', async () => {
    const { server, visitor } = await signedIn();
    const other = await givenMember(server.ctx, { email: 'other@example.com' });
    const stranger = portalVisitor(server);
    await stranger.signIn(other.email);
    const number = await file(visitor, { subject: 'Private' }, [{ name: 'private.png', body: png }]);
    const fileId = /files\/([\w-]+)/u.exec((await visitor.get(`/tickets/${number}`)).body)?.[1] ?? '';

    const plain = (body: string) => body.replace(/nonce="[^"]+"|name="token" value="[^"]+"/gu, '');
    const [foreign, missing] = [await stranger.get(`/tickets/${number}`), await stranger.get('/tickets/99999')];

    expect(foreign.statusCode).toBe(404);
    expect(plain(foreign.body)).toBe(plain(missing.body));
    expect((await stranger.get(`/files/${fileId}`)).statusCode).toBe(404);
    expect((await stranger.get('/tickets?view=organisation')).body).not.toContain('Private');
    expect((await stranger.send(`/tickets/${number}`, { fields: { text: 'Let me in' }, files: [{ name: 'x.txt', body: 'x' }] })).statusCode).toBe(404);
    expect(await server.ctx.db.selectFrom('attachments').select('file_name').execute()).toEqual([{ file_name: 'private.png' }]);
    expect((await portalVisitor(server).get(`/files/${fileId}`)).statusCode).toBe(303);
  });

  test('closed takes no reply; a text sent meanwhile comes back', async () => {
    const { server, visitor } = await signedIn();
    const number = await file(visitor, { subject: 'Label printer' });
    await visitor.get(`/tickets/${number}`);
    await close(server, number);

    const refused = await visitor.send(`/tickets/${number}`, { fields: { text: 'A long answer worth keeping' } });

    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('closed while you were writing');
    expect(refused.body).toContain('A long answer worth keeping');
    const page = await visitor.get(`/tickets/${number}`);
    expect(page.body).toContain('This ticket is closed');
    expect(page.body).toContain('A long answer worth keeping');
  });

  test('says times in the visitor’s own zone, and in the company’s with a word about it when it is not known', async () => {
    const { clock, visitor } = await signedIn();
    clock.advance(0);
    const number = await file(visitor, { subject: 'Times' });

    const without = await visitor.get(`/tickets/${number}`, { 'accept-language': 'en-GB' });
    expect(without.body).toContain('2 March 2026 at 10:00');
    expect(without.body).toContain('Times are in the zone Europe/Warsaw');
    visitor.cookies.set('doorline-zone', 'America%2FNew_York');
    const own = await visitor.get(`/tickets/${number}`, { 'accept-language': 'en-US' });

    expect(own.body).toContain('March 2, 2026 at 4:00');
    expect(own.body).not.toContain('Times are in the zone');
    for (const zone of ['Nowhere/Land', '%E0%A4%A', '<script>', 'x'.repeat(500)]) {
      visitor.cookies.set('doorline-zone', zone);
      expect((await visitor.get(`/tickets/${number}`)).body, zone).toContain('Times are in the zone Europe/Warsaw');
    }
  });
});

describe('the list', () => {
  test('filters open and closed, sorts, searches and turns pages', async () => {
    const { server, clock, visitor } = await signedIn();
    const names = Array.from({ length: 30 }, (_, index) => `Ticket ${String(index + 1).padStart(2, '0')}`);
    const numbers: number[] = [];
    for (const subject of names) {
      clock.advance(1000);
      numbers.push(await file(visitor, { subject, text: subject === 'Ticket 07' ? 'the zebra printer' : 'x' }));
    }
    await close(server, numbers[4] ?? 0);

    const all = await visitor.get('/tickets?sort=created');
    const next = /rel="next" href="([^"]+)"/u.exec(all.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const rest = await visitor.get(next.replace('/support', ''));
    const bySubject = await visitor.get('/tickets?sort=subject');
    const closed = await visitor.get('/tickets?state=closed');
    const found = await visitor.get('/tickets?search=zebr');
    const nothing = await visitor.get('/tickets?search=unicorn&state=open');

    expect(subjects(all.body)).toEqual(names.toReversed().slice(0, 25));
    expect(subjects(rest.body)).toEqual(names.toReversed().slice(25));
    expect(subjects(bySubject.body)).toEqual(names.slice(0, 25));
    expect(bySubject.body).toContain('aria-sort="ascending"');
    expect(subjects(closed.body)).toEqual(['Ticket 05']);
    expect(subjects(found.body)).toEqual(['Ticket 07']);
    expect(found.body).toContain('value="zebr"');
    expect(nothing.body).toContain('Nothing found');
  });

  test('shows the organisation’s tickets only to whom the manager allows it, as things stand at that request', async () => {
    const { server } = await signedIn();
    const company = await createCompany(server.ctx, CompanyInput.parse({ name: 'Acme' }));
    const anna = await givenMember(server.ctx, { email: 'anna@example.com', firstName: 'Anna', lastName: 'Nowak', companyId: company.id });
    const ben = await givenMember(server.ctx, { email: 'ben@example.com', firstName: 'Ben', lastName: 'Kowal', companyId: company.id });
    const [annasBrowser, bensBrowser] = [portalVisitor(server), portalVisitor(server)];
    await annasBrowser.signIn(anna.email);
    await bensBrowser.signIn(ben.email);
    await file(annasBrowser, { subject: 'Anna’s own' });

    const before = await bensBrowser.get('/tickets?view=organisation');
    expect(before.body).not.toContain('Anna’s own');
    expect(before.body).not.toContain('Organisation’s tickets');
    await changeMember(server.ctx, ben.memberId, { visibility: 'company' });
    const after = await bensBrowser.get('/tickets?view=organisation');
    expect(subjects(after.body)).toEqual(['Anna’s own']);
    expect(after.body).toContain('From Anna Nowak');
    expect((await bensBrowser.get('/tickets')).body).not.toContain('Anna’s own');
    await server.ctx.db.updateTable('contacts').set({ company_id: null }).where('id', '=', ben.contactId).execute();

    expect((await bensBrowser.get('/tickets?view=organisation')).body).not.toContain('Anna’s own');
  });

  test('a new member is told what will be here and offered the one action', async () => {
    const { visitor } = await signedIn();

    const page = await visitor.get('/tickets');

    expect(page.body).toContain('No tickets yet');
    expect(page.body).toContain('href="/support/tickets/new"');
  });

  test.each([
    '?state=nonsense',
    '?sort=__proto__',
    '?sort=password_hash',
    '?cursor=nonsense',
    '?view[]=x',
    '?search=%22%27%20OR%201=1--',
    '?search=%00',
    `?search=${'x'.repeat(5000)}`,
    '?state=open&state=closed',
  ])('an address somebody changed still shows a list: %s', async (query) => {
    const { visitor } = await signedIn();

    expect((await visitor.get(`/tickets${query}`)).statusCode).toBe(200);
  });
});

describe('what is typed', () => {
  test('comes back after the session timed out while it was written, to its writer only', async () => {
    const { clock, server, member, visitor } = await signedIn({ idleMinutes: 20 });
    const number = await file(visitor, { subject: 'Label printer' });
    await visitor.get(`/tickets/${number}`);
    clock.advance(25 * 60_000);

    const late = await visitor.send(`/tickets/${number}`, { fields: { text: 'An hour of writing' }, files: [{ name: 'late.txt', body: 'late' }] });

    expect(late.headers.location).toBe(`/support/sign-in?why=files&next=tickets%2F${number}`);
    const signInPage = await visitor.get(`/sign-in?why=files&next=tickets%2F${number}`);
    expect(signInPage.body).toContain('What you wrote is kept');
    expect(signInPage.body).toContain('Files have to be chosen again');
    expect(await server.ctx.db.selectFrom('attachments').selectAll().execute()).toEqual([]);
    const other = await givenMember(server.ctx, { email: 'other@example.com' });
    const stranger = portalVisitor(server);
    await stranger.signIn(other.email);
    expect((await stranger.get('/tickets/new')).body).not.toContain('An hour of writing');
    const answer = await visitor.post('/sign-in', { email: member.email, password: member.password, next: `tickets/${number}` });
    expect(answer.headers.location).toBe(`/support/tickets/${number}`);
    const page = await visitor.get(`/tickets/${number}`);
    expect(page.body).toContain('An hour of writing');
    expect(page.body).toContain('It has not been sent yet.');
    expect(page.body.match(/An hour of writing/gu)).toHaveLength(1);
  });

  test('is not kept for a session that was signed out or a form without its token', async () => {
    const { clock, server, visitor } = await signedIn({ idleMinutes: 20 });
    await visitor.get('/tickets/new');
    clock.advance(25 * 60_000);

    const answer = await visitor.send('/tickets/new', { fields: { subject: 'x', text: 'planted' } }, { token: 'a'.repeat(43) });

    expect(answer.statusCode).toBe(403);
    expect(await server.ctx.db.selectFrom('drafts').selectAll().execute()).toEqual([]);
  });

  test('is kept as a draft while it is typed, and gone when it is sent or thrown away', async () => {
    const { server, visitor } = await signedIn();
    await visitor.get('/tickets/new');

    expect((await visitor.post('/draft', { place: 'new', subject: 'Half', text: 'Half a text' })).statusCode).toBe(204);
    const again = await visitor.get('/tickets/new');
    expect(again.body).toContain('Half a text');
    expect(again.body).toContain('value="Half"');
    await visitor.send('/tickets/new', { fields: { discard: 'yes', subject: 'Half', text: 'Half a text' } });
    expect((await visitor.get('/tickets/new')).body).not.toContain('Half a text');
    await visitor.post('/draft', { place: 'new', subject: 'Whole', text: 'A whole text' });
    await file(visitor, { subject: 'Whole', text: 'A whole text' });

    expect(await server.ctx.db.selectFrom('drafts').selectAll().execute()).toEqual([]);
  });

  test('at a place that is none is refused', async () => {
    const { visitor } = await signedIn();

    for (const place of ['', '../x', 'wizard:first-run', '0']) expect((await visitor.post('/draft', { place, text: 'x' })).statusCode, place).toBe(404);
  });

  test('every line break of a text comes back as it was typed', async () => {
    const { visitor } = await signedIn();
    await visitor.get('/tickets/new');

    const refused = await visitor.send('/tickets/new', { fields: { subject: '', text: '\r\nfirst\r\n\r\n  second\r\n' } });

    expect(refused.body).toMatch(/<textarea[^>]*>\n\nfirst\n\n {2}second\n<\/textarea>/u);
  });
});
