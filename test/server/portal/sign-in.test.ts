import { describe, expect, test } from 'vitest';
import { changeMember } from '#server/members/members.service.ts';
import { givenInvited, givenMember, goodPassword, tokenOf, waitingMails } from '#test/support/member-builders.ts';
import { givenOpenPortal, portalVisitor } from '#test/support/portal-visitor.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

describe('an invitation', () => {
  test('leads to a page where a password is chosen, and from there into the portal', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const { token } = await givenInvited(server.ctx);
    const visitor = portalVisitor(server);

    const page = await visitor.get(`/invitation/${token}`);
    expect(page.body).toContain('Welcome, Marta Zielińska');
    expect(page.body).toContain('marta@example.com');
    const chosen = await visitor.post(`/invitation/${token}`, { password: goodPassword });

    expect(chosen.statusCode).toBe(303);
    expect(chosen.headers.location).toBe('/support/tickets');
    expect((await visitor.get('/tickets')).body).toContain('My tickets');
  });

  test('is not used up by opening it, however often', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const { token } = await givenInvited(server.ctx);

    for (let look = 0; look < 4; look += 1) await portalVisitor(server).get(`/invitation/${token}`);

    expect((await portalVisitor(server).get(`/invitation/${token}`)).statusCode).toBe(200);
  });

  test('used already answers like one that never was, and offers a new link', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const { token } = await givenInvited(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.get(`/invitation/${token}`);
    await visitor.post(`/invitation/${token}`, { password: goodPassword });

    const stranger = portalVisitor(server);
    const used = await stranger.get(`/invitation/${token}`);
    const neverWas = await stranger.get('/invitation/00000000000000000000000000');

    expect([used.statusCode, neverWas.statusCode]).toEqual([410, 410]);
    expect(used.body).toContain('href="/support/forgotten"');
    expect(used.body.length).toBe(neverWas.body.length);
  });

  test('with a password that is easy to guess is asked again, with the reason, and stays good', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const { token } = await givenInvited(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.get(`/invitation/${token}`);

    const refused = await visitor.post(`/invitation/${token}`, { password: 'password1' });

    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('Many people use this password');
    expect(refused.body).toContain('aria-invalid="true"');
    expect((await visitor.post(`/invitation/${token}`, { password: goodPassword })).statusCode).toBe(303);
  });

  test('in another language greets in it', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const { token } = await givenInvited(server.ctx);

    const page = await portalVisitor(server, { language: 'pl-PL,pl;q=0.9,en;q=0.5' }).get(`/invitation/${token}`);

    expect(page.body).toContain('<html lang="pl" dir="ltr">');
    expect(page.body).toContain('Witamy, Marta Zielińska');
  });
});

describe('signing in', () => {
  test('a member who signs in reaches the page they had asked for', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);

    const sent = await visitor.get('/tickets/new');
    expect(sent.headers.location).toBe('/support/sign-in?why=needed&next=tickets%2Fnew');
    const page = await visitor.get('/sign-in?why=needed&next=tickets%2Fnew');
    expect(page.body).toContain('Sign in to see this page.');
    const answer = await visitor.post('/sign-in', { email: member.email, password: member.password, next: 'tickets/new' });

    expect(answer.headers.location).toBe('/support/tickets/new');
  });

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'tickets/../../evil',
    'javascript:alert(1)',
    'tickets?x=//evil.example\r\nset-cookie: a=b',
    'sign-in',
  ])('it never leads out of the portal: %s', async (next) => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.get(`/sign-in?next=${encodeURIComponent(next)}`);

    const answer = await visitor.post('/sign-in', { email: member.email, password: member.password, next });

    expect(answer.headers.location).toBe('/support/tickets');
  });

  test('the address may be typed with blanks and capitals', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);

    expect((await portalVisitor(server).signIn('  Marta@Example.COM ', member.password)).statusCode).toBe(303);
  });

  test('someone whose contact got another address signs in with the new one only', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    await server.ctx.db.updateTable('contacts').set({ email: 'new@example.com' }).where('id', '=', member.contactId).execute();

    expect((await portalVisitor(server).signIn('marta@example.com')).statusCode).toBe(422);
    expect((await portalVisitor(server).signIn('new@example.com')).statusCode).toBe(303);
  });

  test('the session cookie is bound to this host, kept from scripts, and new at each sign-in', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    visitor.cookies.set('__Host-doorline', 'planted-by-somebody-else-planted-by-somebody');

    const first = await visitor.signIn(member.email);
    const cookie = [first.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('__Host-doorline='));
    const firstToken = visitor.cookies.get('__Host-doorline');
    await visitor.post('/sign-out');
    await visitor.signIn(member.email);

    expect(cookie).toMatch(/^__Host-doorline=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/u);
    expect(firstToken).not.toBe('planted-by-somebody-else-planted-by-somebody');
    expect(visitor.cookies.get('__Host-doorline')).not.toBe(firstToken);
    const sessions = await server.ctx.db.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(sessions)).not.toContain(visitor.cookies.get('__Host-doorline'));
  });

  test('an unknown address, a wrong password, someone only invited and someone shut out are told the same, byte for byte', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    await givenMember(server.ctx, { email: 'member-a@example.com' });
    await givenInvited(server.ctx, { email: 'member-b@example.com' });
    const disabled = await givenMember(server.ctx, { email: 'member-c@example.com' });
    await changeMember(server.ctx, disabled.memberId, { state: 'disabled' });
    const tries = [
      ['member-a@example.com', 'not the password'],
      ['member-b@example.com', goodPassword],
      ['member-c@example.com', goodPassword],
      ['member-d@example.com', goodPassword],
    ] as const;

    const answers = await Promise.all(
      tries.map(async ([email, password]) => {
        const answer = await portalVisitor(server).signIn(email, password);
        const nonces = /nonce="[^"]+"|name="token" value="[^"]+"/gu;
        const { date: _date, 'content-security-policy': policy, 'set-cookie': _cookie, ...headers } = answer.headers;
        return { status: answer.statusCode, headers, policy: String(policy).length, body: answer.body.replace(nonces, '').replaceAll(email, 'X') };
      }),
    );

    expect(answers[0]?.status).toBe(422);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('an empty form names each field', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const visitor = portalVisitor(server);
    await visitor.get('/sign-in');

    const answer = await visitor.post('/sign-in', { email: '', password: '' });

    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<title>Error: Sign in · Support</title>');
    expect(answer.body).toContain('Write your e-mail address.');
    expect(answer.body).toContain('Write your password.');
  });

  test('a failed try keeps the address that was typed and never the password', async () => {
    const server = await testServer();
    await givenOpenPortal(server);

    const answer = await portalVisitor(server).signIn('typed@example.com', 'secret that must not come back');

    expect(answer.body).toContain('value="typed@example.com"');
    expect(answer.body).not.toContain('must not come back');
  });
});

describe('guessing a password', () => {
  test('after ten tries in fifteen minutes even the right one is refused, known account or not, until the time is up', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);

    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, index) => portalVisitor(server, { ip: `10.1.0.${index}` }).signIn(member.email, `guess ${index}`)),
    );
    const unknown = await Promise.all(
      Array.from({ length: 14 }, (_, index) => portalVisitor(server, { ip: `10.2.0.${index}` }).signIn('nobody@example.com', 'guess')),
    );

    expect(guesses.filter((answer) => answer.statusCode === 422)).toHaveLength(10);
    expect(unknown.filter((answer) => answer.statusCode === 422)).toHaveLength(10);
    const right = await portalVisitor(server).signIn(member.email);
    expect(right.statusCode).toBe(429);
    expect(right.body).toContain('Wait 15 minutes');
    clock.advance(15 * 60_000 + 1000);
    expect((await portalVisitor(server).signIn(member.email)).statusCode).toBe(303);
  });

  test('the owner still gets in with a browser that signed in before', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const own = portalVisitor(server);
    await own.signIn(member.email);
    await own.post('/sign-out');

    for (let guess = 0; guess < 12; guess += 1) await portalVisitor(server, { ip: '10.66.6.6' }).signIn(member.email, `guess ${guess}`);

    expect((await portalVisitor(server).signIn(member.email)).statusCode).toBe(429);
    expect((await own.signIn(member.email)).statusCode).toBe(303);
  });

  test('a known browser has ten tries of its own, no more', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const stolen = portalVisitor(server);
    await stolen.signIn(member.email);
    await stolen.post('/sign-out');

    const answers = [];
    for (let guess = 0; guess < 12; guess += 1) answers.push((await stolen.signIn(member.email, `guess ${guess}`)).statusCode);

    expect(answers.filter((status) => status === 422)).toHaveLength(10);
  });

  test('one address that tries many accounts is stopped, whatever it claims in X-Forwarded-For', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const visitor = portalVisitor(server, { ip: '10.9.9.9' });
    await visitor.get('/sign-in');

    const statuses = [];
    for (let guess = 0; guess < 103; guess += 1) {
      const answer = await visitor.post(
        '/sign-in',
        { email: `someone-${guess}@example.com`, password: 'x' },
        { headers: { 'x-forwarded-for': `10.8.0.${guess}` } },
      );
      statuses.push(answer.statusCode);
    }

    expect(statuses.filter((status) => status === 422)).toHaveLength(100);
    expect(statuses.slice(100)).toEqual([429, 429, 429]);
  });
});

describe('a forgotten password', () => {
  async function askedFor(email: string) {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.get('/forgotten');
    const answer = await visitor.post('/forgotten', { email });
    return { server, member, answer, visitor };
  }

  test('is answered the same for everybody, and mailed to members only', async () => {
    const known = await askedFor('marta@example.com');
    const unknown = await askedFor('marto@example.com');

    await expect.poll(() => waitingMails(known.server.ctx)).toHaveLength(1);
    expect(await waitingMails(unknown.server.ctx)).toEqual([]);
    const plain = (body: string) => body.replace(/mart[ao]@example\.com/gu, 'X').replace(/nonce="[^"]+"|name="token" value="[^"]+"/gu, '');
    expect(plain(known.answer.body)).toBe(plain(unknown.answer.body));
    expect(known.answer.statusCode).toBe(unknown.answer.statusCode);
    expect(known.answer.body.length).toBe(unknown.answer.body.length);
  });

  test('leads by its link to a new password; every session ends, the link is used up and the owner is told by mail', async () => {
    const { server, member } = await askedFor('marta@example.com');
    const elsewhere = portalVisitor(server);
    await elsewhere.signIn(member.email);
    await expect.poll(() => waitingMails(server.ctx)).toHaveLength(1);
    const link = /https:\/\/\S+/u.exec((await waitingMails(server.ctx))[0]?.text ?? '')?.[0] ?? '';
    const visitor = portalVisitor(server);
    await visitor.get(`/reset/${tokenOf(link)}`);

    const changed = await visitor.post(`/reset/${tokenOf(link)}`, { password: 'an entirely different sentence' });

    expect(changed.statusCode).toBe(303);
    expect((await elsewhere.get('/tickets')).headers.location).toContain('/sign-in');
    expect((await portalVisitor(server).get(`/reset/${tokenOf(link)}`)).statusCode).toBe(410);
    expect((await portalVisitor(server).signIn(member.email)).statusCode).toBe(422);
    expect((await waitingMails(server.ctx)).at(-1)?.subject).toBe('Your password for Support was changed');
  });

  test('the link’s host is the desk’s own, whatever the request claims', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.get('/forgotten');

    const poisoned = { host: 'evil.example', origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
    await visitor.post('/forgotten', { email: 'marta@example.com' }, { headers: poisoned });

    await expect.poll(() => waitingMails(server.ctx)).toHaveLength(1);
    expect(JSON.stringify(await waitingMails(server.ctx))).not.toContain('evil.example');
  });

  test('is mailed three times an hour at most, and the newest link alone works', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.get('/forgotten');

    for (let time = 0; time < 6; time += 1) {
      await visitor.post('/forgotten', { email: 'marta@example.com' });
      await expect.poll(() => waitingMails(server.ctx)).toHaveLength(Math.min(time + 1, 3));
    }

    const links = (await waitingMails(server.ctx)).map((mail) => tokenOf(/https:\/\/\S+/u.exec(mail.text)?.[0] ?? ''));
    const statuses = await Promise.all(links.map(async (token) => (await visitor.get(`/reset/${token}`)).statusCode));
    expect(statuses).toEqual([410, 410, 200]);
  });

  test('someone shut out gets no mail', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    await changeMember(server.ctx, member.memberId, { state: 'disabled' });
    const visitor = portalVisitor(server);
    await visitor.get('/forgotten');

    const answer = await visitor.post('/forgotten', { email: member.email });
    await visitor.get('/forgotten');

    expect(answer.statusCode).toBe(200);
    expect(await waitingMails(server.ctx)).toEqual([]);
  });

  test('what is no address is refused in words', async () => {
    const { answer } = await askedFor('not an address');

    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('This does not look like an e-mail address');
    expect(answer.body).toContain('value="not an address"');
  });
});
