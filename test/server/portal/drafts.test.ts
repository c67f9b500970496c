import { describe, expect, test } from 'vitest';
import { givenMember } from '#test/support/member-builders.ts';
import { portalVisitor } from '#test/support/portal-visitor.ts';
import { file, signedIn } from '#test/support/portal-tickets.ts';

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

  test('is not thrown away by Enter in a field: the first button of its form sends', async () => {
    const { visitor } = await signedIn();
    await visitor.get('/tickets/new');
    await visitor.post('/draft', { place: 'new', subject: 'Half', text: 'Half a text' });

    const { body } = await visitor.get('/tickets/new');

    const [form = ''] = /<form[^>]*data-place="new".*?<\/form>/su.exec(body) ?? [];
    const buttons = [...form.matchAll(/<button([^>]*)>([^<]*)/gu)].filter(([, attributes = '']) => !attributes.includes('form='));
    expect(buttons.map(([, , label]) => label)).toEqual(['File the ticket']);
    expect(body).toMatch(/<button[^>]*form="discard"[^>]*>/u);
    const [discard = ''] = /<form[^>]*id="discard".*?<\/form>/su.exec(body) ?? [];
    expect(discard).toContain('enctype="multipart/form-data"');
    expect(discard).toMatch(/name="discard" value="yes"/u);
    const answer = await visitor.send('/tickets/new', { fields: { discard: 'yes' } });
    expect(answer.headers.location).toBe('/support/tickets/new');
    expect((await visitor.get('/tickets/new')).body).not.toContain('Half a text');
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

  test('comes back whole when it is far too long, and the files with it', async () => {
    const { visitor } = await signedIn();
    await visitor.get('/tickets/new');
    const long = `${'far too long '.repeat(25_000)}the very end`;

    const refused = await visitor.send('/tickets/new', { fields: { subject: 'x'.repeat(5000), text: long }, files: [{ name: 'kept.txt', body: 'kept' }] });

    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('more than 100,000 characters');
    expect(refused.body).toContain('At most 200 characters');
    expect(refused.body).toContain('the very end');
    expect(refused.body).toContain('kept.txt');
    expect((await visitor.get('/tickets/new')).body).toContain('kept.txt');
  });
});
