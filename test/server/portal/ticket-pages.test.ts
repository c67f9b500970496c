import { describe, expect, test } from 'vitest';
import { changeMember } from '#server/members/members.service.ts';
import { createCompany } from '#server/people/companies.service.ts';
import { CompanyInput } from '#server/people/people.contract.ts';
import { addComment, addNote, replyAsAgent } from '#server/tickets/ticket-replies.service.ts';
import { givenMember } from '#test/support/member-builders.ts';
import { portalVisitor } from '#test/support/portal-visitor.ts';
import { asAgent, close, file, idOf, png, signedIn, subjects } from '#test/support/portal-tickets.ts';

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
