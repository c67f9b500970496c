import { describe, expect, test } from 'vitest';
import { changeMember } from '#server/members/members.service.ts';
import { givenMember, goodPassword } from '#test/support/member-builders.ts';
import { givenOpenPortal, portalVisitor } from '#test/support/portal-visitor.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const minute = 60_000;

async function signedIn(settings: Parameters<typeof givenOpenPortal>[1] = {}) {
  const clock = testClock();
  const server = await testServer({ clock });
  await givenOpenPortal(server, settings);
  const member = await givenMember(server.ctx);
  const visitor = portalVisitor(server);
  await visitor.signIn(member.email);
  return { clock, server, member, visitor };
}

describe('a session', () => {
  test('ends when nothing happens for the portal’s idle time, and says why', async () => {
    const { clock, visitor } = await signedIn({ idleMinutes: 30 });

    clock.advance(29 * minute);
    expect((await visitor.get('/tickets')).statusCode).toBe(200);
    clock.advance(29 * minute);
    expect((await visitor.get('/tickets')).statusCode).toBe(200);
    clock.advance(30 * minute + 1000);
    const ended = await visitor.get('/tickets?state=open');

    expect(ended.statusCode).toBe(303);
    expect(ended.headers.location).toBe('/support/sign-in?why=expired&next=tickets%3Fstate%3Dopen');
    expect((await visitor.get('/sign-in?why=expired')).body).toContain('nothing happened for a while');
  });

  test('ends after twelve hours however busy it is', async () => {
    const { clock, visitor } = await signedIn();

    for (let time = 0; time < 12 * 60 - 20; time += 20) {
      clock.advance(20 * minute);
      expect((await visitor.get('/tickets')).statusCode).toBe(200);
    }
    clock.advance(20 * minute);

    expect((await visitor.get('/tickets')).statusCode).toBe(303);
  });

  test('with a longer idle time lasts as long as that, past the browser’s closing', async () => {
    const { clock, visitor } = await signedIn({ idleMinutes: 7 * 24 * 60 });

    clock.advance(6 * 24 * 60 * minute);

    expect((await visitor.get('/tickets')).statusCode).toBe(200);
    const again = await visitor.signIn('marta@example.com');
    expect([again.headers['set-cookie']].flat().join('\n')).toContain(`Max-Age=${7 * 86_400}`);
  });

  test('ends by signing out, and the cookie is worth nothing afterwards', async () => {
    const { visitor } = await signedIn();
    const token = visitor.cookies.get('__Host-doorline') ?? '';

    const out = await visitor.post('/sign-out');

    expect(out.headers.location).toBe('/support/sign-in?why=out');
    expect(visitor.cookies.has('__Host-doorline')).toBe(false);
    visitor.cookies.set('__Host-doorline', token);
    expect((await visitor.get('/tickets')).statusCode).toBe(303);
  });

  test('ends at once when the manager shuts the member out', async () => {
    const { server, member, visitor } = await signedIn();

    await changeMember(server.ctx, member.memberId, { state: 'disabled' });

    expect((await visitor.get('/tickets')).statusCode).toBe(303);
    expect((await visitor.signIn(member.email)).statusCode).toBe(422);
  });

  test('is not prolonged by asking how long it lasts', async () => {
    const { clock, visitor } = await signedIn({ idleMinutes: 30 });

    clock.advance(20 * minute);
    expect((await visitor.get('/session')).json()).toEqual({ left: 600 });
    clock.advance(10 * minute);

    expect((await visitor.get('/session')).json()).toEqual({ left: 0 });
  });

  test('is prolonged by “Stay signed in”', async () => {
    const { clock, visitor } = await signedIn({ idleMinutes: 30 });

    clock.advance(29 * minute);
    await visitor.post('/session');

    expect((await visitor.get('/session')).json()).toEqual({ left: 1800 });
  });

  test('tells its page when to warn: two minutes before the end', async () => {
    const { visitor } = await signedIn({ idleMinutes: 20 });

    const page = await visitor.get('/account');

    expect(page.body).toContain('data-left="1200" data-warn="120"');
    expect(page.body).toContain('Stay signed in');
  });
});

describe('the member’s own account', () => {
  test('lists every browser they are signed in with, and ends one of them', async () => {
    const { server, member, visitor } = await signedIn();
    const phone = portalVisitor(server, { ip: '10.0.0.99' });
    await phone.signIn(member.email);

    const page = await visitor.get('/account');
    expect(page.body).toContain('10.0.0.99');
    expect(page.body.match(/this browser/gu)).toHaveLength(1);
    const id = /name="session" value="([\w-]+)"/u.exec(page.body)?.[1] ?? '';
    await visitor.post('/account/sessions', { session: id });

    expect((await phone.get('/tickets')).statusCode).toBe(303);
    expect((await visitor.get('/tickets')).statusCode).toBe(200);
  });

  test('nobody ends another member’s session', async () => {
    const { server, visitor } = await signedIn();
    const other = await givenMember(server.ctx, { email: 'other@example.com' });
    const stranger = portalVisitor(server);
    await stranger.signIn(other.email);
    const theirs = await server.ctx.db.selectFrom('sessions').select('id').where('member_id', '=', other.memberId).executeTakeFirstOrThrow();

    await visitor.post('/account/sessions', { session: theirs.id });

    expect((await stranger.get('/tickets')).statusCode).toBe(200);
  });

  test('signing out everywhere ends every session', async () => {
    const { server, member, visitor } = await signedIn();
    const phone = portalVisitor(server);
    await phone.signIn(member.email);

    await visitor.post('/account/sign-out-everywhere');

    expect((await phone.get('/tickets')).statusCode).toBe(303);
    expect((await visitor.get('/tickets')).statusCode).toBe(303);
  });

  test('a changed password ends the other sessions and keeps this browser signed in under a new id', async () => {
    const { server, member, visitor } = await signedIn();
    const phone = portalVisitor(server);
    await phone.signIn(member.email);
    const before = visitor.cookies.get('__Host-doorline');

    const changed = await visitor.post('/account/password', { current: goodPassword, password: 'nine herrings in a teapot' });

    expect(changed.headers.location).toBe('/support/account?done=password');
    expect((await visitor.get('/account?done=password')).body).toContain('Your password has been changed');
    expect(visitor.cookies.get('__Host-doorline')).not.toBe(before);
    expect((await phone.get('/tickets')).statusCode).toBe(303);
    expect((await portalVisitor(server).signIn(member.email)).statusCode).toBe(422);
    expect((await portalVisitor(server).signIn(member.email, 'nine herrings in a teapot')).statusCode).toBe(303);
  });

  test.each([
    [{ current: 'wrong', password: 'nine herrings in a teapot' }, 'This is not your current password'],
    [{ current: goodPassword, password: 'short' }, 'Use at least 8 characters'],
    [{ current: goodPassword, password: 'Marta1234' }, 'made from your name'],
    [{ current: '', password: '' }, 'Write your current password'],
  ])('a change that does not fit is refused by its field: %j', async (fields, words) => {
    const { visitor } = await signedIn();

    const refused = await visitor.post('/account/password', fields);

    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain(words);
    expect((await visitor.get('/tickets')).statusCode).toBe(200);
  });

  test('the current password can’t be guessed here either', async () => {
    const { visitor } = await signedIn();

    for (let guess = 0; guess < 10; guess += 1) await visitor.post('/account/password', { current: `guess ${guess}`, password: 'nine herrings in a teapot' });
    const refused = await visitor.post('/account/password', { current: goodPassword, password: 'nine herrings in a teapot' });

    expect(refused.body).toContain('There were too many tries');
  });
});
