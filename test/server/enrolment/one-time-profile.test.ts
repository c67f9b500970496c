import { describe, expect, test } from 'vitest';
import { forgetLateProfiles } from '#server/enrolment/enrolment.service.ts';
import { pairsPhone, phoneWith } from '../../support/device-builders.ts';
import { asksForProfile, fetchesProfile, givenPairedPhone, readsProfile } from '../../support/enrolment-builders.ts';

describe('C21 the one-time address of a profile', () => {
  test('it works once', async () => {
    const { server, phone } = await givenPairedPhone();
    const { url } = await asksForProfile(phone);

    const first = await fetchesProfile(server, url);
    const second = await fetchesProfile(server, url);

    expect(first.statusCode).toBe(200);
    expect(second.statusCode).toBe(410);
    expect(second.json()).toMatchObject({ code: 'profile-gone' });
  });

  test('of twenty requests at once exactly one gets the profile', async () => {
    const { server, phone } = await givenPairedPhone();
    const { url } = await asksForProfile(phone);

    const answers = await Promise.all(Array.from({ length: 20 }, () => fetchesProfile(server, url)));

    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 410)).toHaveLength(19);
  });

  test('looking at it does not use it up, and tells no more than that it waits', async () => {
    const { server, phone } = await givenPairedPhone();
    const { url } = await asksForProfile(phone);

    const look = await fetchesProfile(server, url, 'HEAD');
    const again = await fetchesProfile(server, url, 'HEAD');
    const answer = await fetchesProfile(server, url);
    const after = await fetchesProfile(server, url, 'HEAD');

    expect([look.statusCode, again.statusCode, answer.statusCode, after.statusCode]).toEqual([200, 200, 200, 410]);
    expect(look.rawPayload).toHaveLength(0);
    expect(look.headers['content-type']).toBe('application/x-apple-aspen-config');
  });

  test('it works for a minute, and what waited is then gone from the disk as well', async () => {
    const { server, phone, clock } = await givenPairedPhone();
    const inTime = await asksForProfile(phone);
    clock.advance(59_000);
    expect((await fetchesProfile(server, inTime.url)).statusCode).toBe(200);

    const late = await asksForProfile(phone);
    clock.advance(60_000);
    const answer = await fetchesProfile(server, late.url);
    await forgetLateProfiles(server.ctx);

    expect(answer.statusCode).toBe(410);
    expect(await server.ctx.db.selectFrom('profile_handovers').selectAll().execute()).toEqual([]);
  });

  test('asking again voids the address from before', async () => {
    const { server, phone } = await givenPairedPhone();
    const before = await asksForProfile(phone);
    const after = await asksForProfile(phone);

    expect((await fetchesProfile(server, before.url)).statusCode).toBe(410);
    expect((await fetchesProfile(server, after.url)).statusCode).toBe(200);
  });

  test('each phone gets its own account, whoever fetches first', async () => {
    const { server, phone } = await givenPairedPhone();
    const other = await pairsPhone(server);
    const [mine, theirs] = [await asksForProfile(phone), await asksForProfile(other)];

    const second = await readsProfile(server, (await fetchesProfile(server, theirs.url)).rawPayload);
    const first = await readsProfile(server, (await fetchesProfile(server, mine.url)).rawPayload);

    expect(first.text).toContain(phone.id);
    expect(first.text).not.toContain(other.id);
    expect(second.text).toContain(other.id);
    expect(second.password).not.toBe(first.password);
  });

  test('a phone that was revoked or is being wiped gets nothing, also by the address it had before', async () => {
    for (const end of ['revoke', 'wipe']) {
      const { server, phone } = await givenPairedPhone();
      const { url } = await asksForProfile(phone);
      await server.asConsole('POST', `/devices/${phone.id}/${end}`);

      expect((await fetchesProfile(server, url, 'HEAD')).statusCode).toBe(410);
      expect((await fetchesProfile(server, url)).statusCode).toBe(410);
      const asksAgain = await phone.send('POST', '/setup/ios', { payload: {} });
      expect(asksAgain.statusCode).toBe(end === 'revoke' ? 401 : 403);
      expect(asksAgain.body).not.toContain('/pair/p/');
    }
  });

  test('nobody gets an account without the key of a paired phone, and no guess opens an address', async () => {
    const { server, phone } = await givenPairedPhone();
    const stranger = phoneWith(server, 'nobody', 'x'.repeat(52));
    await asksForProfile(phone);

    for (const path of ['/setup/ios', '/setup/android', '/setup/test-call']) expect((await stranger.send('POST', path, { payload: {} })).statusCode).toBe(401);
    expect((await stranger.get('/setup')).statusCode).toBe(401);
    for (const guess of ['0'.repeat(26), '..%2f..%2fetc', phone.id, '', "'or'1'='1", 'a'.repeat(400)]) {
      const answer = await fetchesProfile(server, `/pair/p/${encodeURIComponent(guess)}.mobileconfig`);
      expect(answer.statusCode, guess).toBe(410);
    }
  });

  test('a phone that makes account after account is stopped for an hour', async () => {
    const { phone, clock } = await givenPairedPhone();
    const statuses: number[] = [];
    for (let index = 0; index < 31; index += 1) statuses.push((await phone.send('POST', '/setup/android')).statusCode);

    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    clock.advance(3_600_000);
    expect((await phone.send('POST', '/setup/android')).statusCode).toBe(200);
  });

  test('a language nobody wrote is refused by its name', async () => {
    const { phone } = await givenPairedPhone();

    const answer = await phone.send('POST', '/setup/ios', { payload: { language: 'tlh' } });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].path).toBe('language');
  });
});
