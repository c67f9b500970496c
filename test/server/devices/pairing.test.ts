import jsQR from 'jsqr';
import { describe, expect, test } from 'vitest';
import { claims, completes, elsewhere, seesPairing, startsPairing } from '#test/support/device-builders.ts';
import { authorityFingerprint } from '#server/certificates/certificates.service.ts';
import { rememberListeners } from '#server/certificates/listener-settings.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const minute = 60_000;

/** Draws the SVG of a QR code, whose path strokes each row of modules, and reads it as a camera would. */
function readQr(svg: string): string | undefined {
  const modules = Number(/viewBox="0 0 (\d+)/u.exec(svg)?.[1]);
  const side = modules * 8;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, step, first, second] of (/stroke="#000000" d="([^"]+)"/u.exec(svg)?.[1] ?? '').matchAll(/([MmHh])(-?[\d.]+)(?: (-?[\d.]+))?/gu)) {
    if (step === 'M') [x, y] = [Number(first), Number(second) - 0.5];
    else if (step === 'm') x += Number(first);
    else {
      for (let row = y * 8; row < (y + 1) * 8; row += 1) {
        for (let column = x * 8; column < (x + Number(first)) * 8; column += 1) pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
      }
      x += Number(first);
    }
  }
  return jsQR(pixels, side, side)?.data;
}

describe('pairing a phone', () => {
  test('the phone gets its keys after the manager saw the same six digits and approved', async () => {
    const server = await testServer();
    const started = await startsPairing(server);

    const claim = await claims(server, started.token, { name: 'iPhone' });
    expect(claim.statusCode).toBe(202);
    expect(Object.keys(claim.json()).sort()).toEqual(['claimId', 'code']);
    const early = await completes(server, started.token, claim.json().claimId);
    expect(early.statusCode).toBe(425);

    const shown = await seesPairing(server, started.id);
    expect(shown).toMatchObject({ state: 'claimed', claim: { name: 'iPhone', platform: 'ios', isSameNetwork: true, code: claim.json().code } });
    await server.asConsole('POST', `/pairings/${started.id}/approve`);
    const keys = await completes(server, started.token, claim.json().claimId);

    expect(keys.statusCode).toBe(200);
    expect(keys.json()).toMatchObject({ serverName: 'Doorline', davUsername: keys.json().deviceId });
    expect(keys.json().davPassword).toMatch(/^[0-9a-z]{26}$/u);
    const me = await server.onLan({ url: '/api/device/v1/me', headers: { authorization: `Bearer ${keys.json().deviceToken}` } });
    expect(me.json()).toMatchObject({ name: 'Anna’s iPhone', wipe: false, contactsSynced: 0, lastSyncAt: null });
  });

  test('the link is short enough to scan and holds its secrets after the #', async () => {
    const server = await testServer();

    const { url, token, qrSvg, typedAddress } = await startsPairing(server);

    expect(url.length).toBeLessThanOrEqual(150);
    expect(url.split('#')[0]).not.toContain(token);
    expect(url).toMatch(/\/s#1\.[0-9a-z]{26}\.[a-z2-7]{26}$/u);
    expect(url).toContain(`${typedAddress}#`);
    expect(readQr(qrSvg)).toBe(url);
  });

  test('beside the code stands the fingerprint of the certificate the phone installs first; none where it trusts the desk anyway', async () => {
    const server = await testServer();
    expect(await startsPairing(server)).toMatchObject({ url: expect.stringMatching(/^https:/u), authorityFingerprint: null });

    await rememberListeners(server.ctx, { lanPort: 8443, primaryAddress: '192.168.1.10', bootstrapPort: 8480 });
    const { url, authorityFingerprint: shown } = await startsPairing(server);

    expect(url).toMatch(/^http:/u);
    expect(shown).toBe(await authorityFingerprint(server.ctx));
    expect(shown).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/u);
  });

  test('neither the token nor the keys are stored, only their hashes', async () => {
    const server = await testServer();
    const started = await startsPairing(server);
    const claim = (await claims(server, started.token)).json();
    await server.asConsole('POST', `/pairings/${started.id}/approve`);
    const keys = (await completes(server, started.token, claim.claimId)).json();

    const stored = JSON.stringify([
      await server.ctx.db.selectFrom('pairings').selectAll().execute(),
      await server.ctx.db.selectFrom('devices').selectAll().execute(),
      await server.ctx.db.selectFrom('audit_log').selectAll().execute(),
      await server.ctx.db.selectFrom('live_events').selectAll().execute(),
    ]);

    for (const secret of [started.token, keys.deviceToken, keys.davPassword]) expect(stored).not.toContain(secret);
  });

  test('no more than three pairings run at once, and a cancelled one makes room', async () => {
    const server = await testServer();
    const first = await startsPairing(server);
    await startsPairing(server);
    await startsPairing(server);

    const fourth = await server.asConsole('POST', '/pairings', { deviceName: 'One too many' });
    expect(fourth.statusCode).toBe(409);
    expect(fourth.json().code).toBe('too-many-pairings');
    await server.asConsole('POST', `/pairings/${first.id}/cancel`);

    await startsPairing(server);
  });

  test('a phone without a name, and lists that are not there, are refused by their field', async () => {
    const server = await testServer();

    const unnamed = await server.asConsole('POST', '/pairings', { deviceName: ' ' });
    const noList = await server.asConsole('POST', '/pairings', { deviceName: 'A', scope: { everyone: false, listIds: [] } });
    const lostList = await server.asConsole('POST', '/pairings', { deviceName: 'A', scope: { everyone: false, listIds: ['gone'] } });

    expect(unnamed.json().errors[0].path).toBe('deviceName');
    expect(noList.json().errors[0].path).toBe('scope.listIds');
    expect(lostList.json().errors[0].path).toBe('scope.listIds[0]');
  });

  test('every step stands in the audit log with who did it', async () => {
    const server = await testServer();
    const started = await startsPairing(server);
    const claim = (await claims(server, started.token)).json();
    await server.asConsole('POST', `/pairings/${started.id}/approve`);
    await completes(server, started.token, claim.claimId);

    const log = (await server.asConsole('GET', '/audit')).json().items;

    const steps = log.map((entry: { action: string; actor: { kind: string } }) => `${entry.action} by ${entry.actor.kind}`);
    expect(steps.slice(0, 3)).toEqual(['device.paired by device', 'pairing.approved by agent', 'pairing.started by agent']);
  });
});

describe('attacking a pairing', () => {
  test('of fifty phones that show the same code at once exactly one gets in', async () => {
    const server = await testServer();
    const { token, id } = await startsPairing(server);

    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => claims(server, token, { name: `Phone ${index}` })));

    const statuses = answers.map((answer) => answer.statusCode);
    expect(statuses.filter((status) => status === 202)).toHaveLength(1);
    expect(statuses.filter((status) => status === 410)).toHaveLength(49);
    expect((await seesPairing(server, id)).state).toBe('claimed');
  });

  test('of fifty requests for the keys exactly one gets them', async () => {
    const server = await testServer();
    const { token, id } = await startsPairing(server);
    const { claimId } = (await claims(server, token)).json();
    await server.asConsole('POST', `/pairings/${id}/approve`);

    const answers = await Promise.all(Array.from({ length: 50 }, () => completes(server, token, claimId)));

    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.statusCode === 410)).toHaveLength(49);
    expect(await server.ctx.db.selectFrom('devices').select('id').execute()).toHaveLength(1);
  });

  test('a second claim gets nothing and takes nothing from the first', async () => {
    const server = await testServer();
    const { token, id } = await startsPairing(server);
    const first = (await claims(server, token)).json();

    const second = await claims(server, token, { name: 'Stranger' });
    await server.asConsole('POST', `/pairings/${id}/approve`);

    expect(second.statusCode).toBe(410);
    expect((await seesPairing(server, id)).claim?.name).toBe('iPhone');
    expect((await completes(server, token, first.claimId)).statusCode).toBe(200);
  });

  test('a stranger who photographed the code and was faster is seen as another phone with other digits; declined, nobody gets in', async () => {
    const server = await testServer();
    const { token, id } = await startsPairing(server);
    const stranger = (await claims(server, token, { name: 'Somebody’s phone' })).json<{ claimId: string; code: string }>();

    const own = await claims(server, token, { name: 'Anna’s iPhone' });
    const { claim } = await seesPairing(server, id);
    await server.asConsole('POST', `/pairings/${id}/decline`);

    // The phone in the manager's hand shows no digits at all, and the console shows the stranger's.
    expect(own.statusCode).toBe(410);
    expect(claim).toMatchObject({ name: 'Somebody’s phone', code: stranger.code });
    expect((await completes(server, token, stranger.claimId)).statusCode).toBe(410);
    expect(await server.ctx.db.selectFrom('devices').select('id').execute()).toEqual([]);
  });

  test('a code is dead after five minutes', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const { token, id } = await startsPairing(server);

    clock.advance(5 * minute);

    expect((await claims(server, token)).statusCode).toBe(410);
    expect((await seesPairing(server, id)).state).toBe('expired');
  });

  test('a claim nobody decides on dies by itself after two minutes', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const { token, id } = await startsPairing(server);
    const { claimId } = (await claims(server, token)).json();

    clock.advance(2 * minute);

    expect((await completes(server, token, claimId)).statusCode).toBe(410);
    expect((await server.asConsole('POST', `/pairings/${id}/approve`)).statusCode).toBe(409);
  });

  test.each(['decline', 'cancel'])('after “%s” the phone gets nothing', async (act) => {
    const server = await testServer();
    const { token, id } = await startsPairing(server);
    const { claimId } = (await claims(server, token)).json();

    await server.asConsole('POST', `/pairings/${id}/${act}`);

    expect((await completes(server, token, claimId)).statusCode).toBe(410);
    expect((await server.asConsole('POST', `/pairings/${id}/approve`)).statusCode).toBe(409);
    expect((await claims(server, token)).statusCode).toBe(410);
  });

  test('the right code with another claim’s id gets nothing', async () => {
    const server = await testServer();
    const one = await startsPairing(server);
    const other = await startsPairing(server);
    await claims(server, one.token);
    const { claimId } = (await claims(server, other.token)).json();
    await server.asConsole('POST', `/pairings/${one.id}/approve`);

    expect((await completes(server, one.token, claimId)).statusCode).toBe(410);
  });

  test('a pairing survives a restart, and so does its being used up', async () => {
    const { temporaryFolder } = await import('#test/support/test-context.ts');
    const folder = temporaryFolder();
    const before = await testServer({ folder });
    const { token } = await startsPairing(before);
    await claims(before, token);
    await before.close();

    const after = await testServer({ folder });

    expect((await claims(after, token)).statusCode).toBe(410);
  });

  test('a phone on another network is turned away until the manager lets it in, and then the same code works', async () => {
    const server = await testServer();
    const { token, id } = await startsPairing(server);

    const refused = await claims(server, token, { from: elsewhere });
    expect(refused.statusCode).toBe(403);
    expect(refused.json().detail).toContain('office Wi-Fi');
    expect(await seesPairing(server, id)).toMatchObject({ state: 'open', refusedIp: elsewhere, claim: null });

    await server.asConsole('POST', `/pairings/${id}/allow-other-networks`);
    const allowed = await claims(server, token, { from: elsewhere });

    expect(allowed.statusCode).toBe(202);
    expect((await seesPairing(server, id)).claim).toMatchObject({ ip: elsewhere, isSameNetwork: false });
  });

  test('guessing locks pairing for ten minutes, and the manager is told', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const { token } = await startsPairing(server);

    const guesses = await Promise.all(Array.from({ length: 300 }, (_, index) => claims(server, `guess-${index}`, { from: `198.51.100.${index % 250}` })));
    expect(guesses.some((guess) => guess.statusCode === 202)).toBe(false);
    expect(guesses.at(-1)?.statusCode).toBe(429);
    expect((await claims(server, token)).statusCode).toBe(429);
    const log = (await server.asConsole('GET', '/audit')).json().items;
    expect(log[0]).toMatchObject({ action: 'pairing.locked' });
    expect((await server.onLan({ url: '/healthz' })).statusCode).toBe(200);

    clock.advance(10 * minute + 1);
    const fresh = await startsPairing(server);
    expect((await claims(server, fresh.token)).statusCode).toBe(202);
  });

  test('one address alone never locks it for others, however much it guesses, and soon nothing is written down for it', async () => {
    const server = await testServer();
    const { token } = await startsPairing(server);

    const guesses = await Promise.all(Array.from({ length: 200 }, (_, index) => claims(server, `guess-${index}`, { from: '198.51.100.7' })));

    expect(guesses.at(-1)?.statusCode).toBe(429);
    const counted = await server.ctx.db.selectFrom('throttles').select('tries').where('key', 'like', '%198.51.100.7').executeTakeFirstOrThrow();
    // Those that came at once were let through to the count before it stood.
    const late = await Promise.all(Array.from({ length: 50 }, (_, index) => claims(server, `late-${index}`, { from: '198.51.100.7' })));
    expect(new Set(late.map((answer) => answer.statusCode))).toEqual(new Set([429]));
    expect(await server.ctx.db.selectFrom('throttles').select('tries').where('key', 'like', '%198.51.100.7').executeTakeFirstOrThrow()).toEqual(counted);
    expect((await claims(server, token)).statusCode).toBe(202);
  });

  test('the manager sees that it is locked and until when, and opens it again', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const { token, id } = await startsPairing(server);
    for (let guess = 0; guess < 20; guess += 1) await claims(server, `guess-${guess}`, { from: `198.51.100.${guess}` });

    expect(await seesPairing(server, id)).toMatchObject({ state: 'open', lockedUntil: new Date(clock.now().getTime() + 10 * minute).toISOString() });
    const refused = await server.asConsole('POST', '/pairings', { deviceName: 'Another' });
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'pairing-locked']);
    expect((await server.asConsole('POST', '/pairings/unlock')).statusCode).toBe(204);

    expect((await seesPairing(server, id)).lockedUntil).toBeNull();
    expect((await claims(server, token)).statusCode).toBe(202);
    expect((await server.asConsole('GET', '/audit')).json().items[0]).toMatchObject({ action: 'pairing.unlocked', actor: { kind: 'agent' } });
  });

  test('a name that shows nothing is refused, and one that turns the line round is shown straight, with digits that still agree', async () => {
    const server = await testServer();
    const { token, id } = await startsPairing(server);

    const nothing = await claims(server, token, { name: '\u200b\u202e\u0007' });
    const turned = await claims(server, token, { name: 'Anna\u202e123 456\u0007\nApproved <b>' });

    expect([nothing.statusCode, nothing.json().errors[0].path]).toEqual([400, 'deviceName']);
    expect((await seesPairing(server, id)).claim).toMatchObject({ name: 'Anna123 456 Approved <b>', code: turned.json().code });
    expect((await server.asConsole('POST', '/pairings', { deviceName: '\u2066\u2069' })).json().errors[0].path).toBe('deviceName');
  });

  test('one stranger’s guesses slow down the stranger, not the phone beside it', async () => {
    const server = await testServer();
    const { token } = await startsPairing(server);

    const guesses = [];
    for (let guess = 0; guess < 7; guess += 1) guesses.push((await claims(server, `guess-${guess}`)).statusCode);

    expect(guesses).toEqual([410, 410, 410, 410, 410, 429, 429]);
    expect((await claims(server, token)).statusCode).toBe(202);
  });

  test('polling for the keys is never counted as guessing', async () => {
    const server = await testServer();
    const { token, id } = await startsPairing(server);
    const { claimId } = (await claims(server, token)).json();

    for (let poll = 0; poll < 40; poll += 1) expect((await completes(server, token, claimId)).statusCode).toBe(425);
    await server.asConsole('POST', `/pairings/${id}/approve`);

    expect((await completes(server, token, claimId)).statusCode).toBe(200);
  });
});
