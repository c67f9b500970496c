import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '#server/http/app.ts';
import { withRateLimit, type RateLimit } from '#server/http/rate-limit.ts';
import { inScope } from '#server/http/scopes.ts';
import { plainAddress, rateKeyOf } from '#server/kernel/client-address.ts';
import type { Problem } from '#server/kernel/primitives.contract.ts';
import { testContext } from '../../support/test-context.ts';

async function givenLimited(limit: RateLimit) {
  const app = createApp({ ctx: await testContext(), logger: pino({ level: 'silent' }) });
  inScope(app, { scope: 'public' }, (open) => {
    withRateLimit(open, limit, (limited) => {
      limited.get('/limited', () => 'ok');
    });
    open.get('/free', () => 'ok');
  });
  onTestFinished(() => app.close());
  await app.ready();
  return app;
}

describe('a limited route', () => {
  test('refuses one caller beyond the limit in words, with the time to wait, and no other route or caller', async () => {
    const app = await givenLimited({ most: 3, windowSeconds: 60 });
    const ask = (remoteAddress: string, url = '/limited') => app.inject({ url, remoteAddress });

    const first = [await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.1')];
    const refused = await ask('192.0.2.1');

    expect(first.map((answer) => answer.statusCode)).toEqual([200, 200, 200]);
    expect(refused.statusCode).toBe(429);
    expect(refused.json<Problem>()).toMatchObject({ code: 'too-many-requests', detail: expect.stringMatching(/Try again in \d+ seconds/u) });
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await ask('192.0.2.1', '/free')).statusCode).toBe(200);
    expect((await ask('192.0.2.2')).statusCode).toBe(200);
  });

  test('a device that changes its address within its network gains nothing, and neither do headers that claim another', async () => {
    const app = await givenLimited({ most: 2, windowSeconds: 60 });

    const statuses: number[] = [];
    for (const host of ['::1', '::2', '::3', '::4']) statuses.push((await app.inject({ url: '/limited', remoteAddress: `2001:db8:1:2${host}` })).statusCode);
    for (const forged of ['198.51.100.1', '198.51.100.2']) {
      statuses.push(
        (await app.inject({ url: '/limited', remoteAddress: '2001:db8:1:2::9', headers: { 'x-forwarded-for': forged, forwarded: `for=${forged}` } }))
          .statusCode,
      );
    }

    expect(statuses).toEqual([200, 200, 429, 429, 429, 429]);
  });

  test('an account is counted wherever it comes from', async () => {
    const app = await givenLimited({ most: 2, windowSeconds: 60, keyOf: (request) => String(request.headers['x-account']) });
    const ask = (account: string, remoteAddress: string) => app.inject({ url: '/limited', remoteAddress, headers: { 'x-account': account } });

    expect((await ask('anna', '192.0.2.1')).statusCode).toBe(200);
    expect((await ask('anna', '192.0.2.2')).statusCode).toBe(200);
    expect((await ask('anna', '192.0.2.3')).statusCode).toBe(429);
    expect((await ask('ben', '192.0.2.3')).statusCode).toBe(200);
  });
});

describe('whom a limit counts', () => {
  test('one IPv4 address, also over an IPv6 socket, or one IPv6 network of 64 bits', () => {
    expect(rateKeyOf('192.0.2.1')).toBe('192.0.2.1');
    expect(rateKeyOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(rateKeyOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(rateKeyOf('2001:0db8:0001:0002::9')).toBe('2001:db8:1:2::/64');
    expect(rateKeyOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
    expect(plainAddress('fe80::1%eth0')).toBe('fe80::1');
  });
});
