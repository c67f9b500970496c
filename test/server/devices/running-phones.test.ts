import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompleteAnswer, DirectoryAnswer, PairingStarted } from '#server/devices/devices.contract.ts';
import { faultOf, type ServedDescription } from '#test/support/described-answers.ts';
import { lanClient, type LanAnswer, type LanClient } from '#test/support/lan-client.ts';
import { runCli, startDesk, type RunningDesk } from '#test/support/running-desk.ts';

// The program as it is built and started, with phones on real TLS connections.

const ends: (() => Promise<void>)[] = [];
let folder: string;
let desk: RunningDesk;
let lan: LanClient;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'doorline-phones-'));
  desk = await startDesk(folder, [], (end) => void ends.push(end));
  lan = lanClient(desk.lanUrl, { connections: 60 });
  for (const [name, number] of [
    ['Anna', '+48600100201'],
    ['Jan', '+48600100202'],
  ] as const) {
    await desk.call('POST', '/contacts', { firstName: name, lastName: 'Nowak', mobile: number });
  }
}, 120_000);

afterAll(async () => {
  lan.close();
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

const json = { 'content-type': 'application/json' };

function posts(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<LanAnswer> {
  return lan.call(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
}

async function startsPairing(): Promise<PairingStarted> {
  return (await (await desk.call('POST', '/pairings', { deviceName: 'Anna’s iPhone' })).json()) as PairingStarted;
}

const claim = (token: string, deviceName = 'iPhone') => posts('/pair/claim', { token, deviceName, platform: 'ios' });

async function pairsPhone(): Promise<CompleteAnswer> {
  const { id, token } = await startsPairing();
  const { claimId } = (await claim(token)).json() as { claimId: string };
  await desk.call('POST', `/pairings/${id}/approve`);
  return (await posts('/pair/complete', { claimId, token })).json() as CompleteAnswer;
}

/** Opens the phone's event stream; resolves once it is open. */
function listens(token: string): Promise<{ readonly status: number; readonly closed: Promise<string> }> {
  return new Promise((resolve, reject) => {
    const url = new URL('/api/device/v1/events', desk.lanUrl);
    const call = request(url, { rejectUnauthorized: false, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      let said = '';
      answer.on('data', (piece: Buffer) => (said += piece.toString()));
      resolve({ status: answer.statusCode ?? 0, closed: new Promise((done) => answer.once('close', () => done(said))) });
    });
    call.once('error', reject);
    call.end();
  });
}

describe('C24 the device API of the running program', { timeout: 60_000 }, () => {
  test('every call answers what its description says, in status, type and shape', async () => {
    const description = (await lan.call('/api/openapi.json')).json() as ServedDescription;
    const faults: string[] = [];
    const seen = new Map<string, Set<number>>();
    const note = (call: string, answer: LanAnswer): LanAnswer => {
      const fault = faultOf(description, call, { status: answer.status, type: String(answer.headers['content-type'] ?? ''), body: answer.body });
      if (fault !== undefined) faults.push(`${call} ${fault}`);
      seen.set(call, (seen.get(call) ?? new Set()).add(answer.status));
      return answer;
    };

    const { id, token } = await startsPairing();
    note('POST /pair/claim', await posts('/pair/claim', { token: 'guessed', deviceName: 'x', platform: 'ios' }));
    note('POST /pair/claim', await posts('/pair/claim', { token }));
    const { claimId } = note('POST /pair/claim', await claim(token)).json() as { claimId: string };
    note('POST /pair/complete', await posts('/pair/complete', { claimId, token }));
    await desk.call('POST', `/pairings/${id}/approve`);
    const keys = note('POST /pair/complete', await posts('/pair/complete', { claimId, token })).json() as CompleteAnswer;
    note('POST /pair/complete', await posts('/pair/complete', { claimId, token }));

    const headers = { authorization: `Bearer ${keys.deviceToken}` };
    const api = '/api/device/v1';
    const gets = async (place: string, url = place, more = {}) =>
      note(`GET ${api}${place}`, await lan.call(`${api}${url}`, { headers: { ...headers, ...more } }));
    const sends = async (place: string, body: object, { url = place, method = 'POST', ...more }: Readonly<Record<string, string>> = {}) =>
      note(`${method} ${api}${place}`, await lan.call(`${api}${url}`, { method, headers: { ...headers, ...json, ...more }, body: JSON.stringify(body) }));

    note(`GET ${api}/me`, await lan.call(`${api}/me`));
    await gets('/me');
    await sends('/me', { showDeal: true }, { method: 'PATCH' });
    await sends('/me', { showDeal: 'yes' }, { method: 'PATCH' });

    let page = (await gets('/directory')).json() as DirectoryAnswer;
    while (page.more) page = (await gets('/directory', `/directory?cursor=${page.cursor}`)).json() as DirectoryAnswer;
    const unchanged = await gets('/directory', `/directory?cursor=${page.cursor}`);
    await gets('/directory', `/directory?cursor=${page.cursor}`, { 'if-none-match': String(unchanged.headers['etag']) });
    await gets('/directory', '/directory?cursor=unknown');
    await gets('/directory', '/directory?limit=none');

    const call = { callId: 'c1', event: 'ringing', direction: 'inbound', number: '+48600100201', at: '2026-11-27T09:00:00Z' };
    await gets('/lookup', '/lookup?number=%2B48600100201');
    await gets('/lookup', '/lookup?number=%2B999000000');
    const logged = (await sends('/calls', call, { 'idempotency-key': 'key-1' })).json() as { id: string };
    await sends('/calls', { ...call, event: 'missed' }, { 'idempotency-key': 'key-1' });
    await sends('/calls', { ...call, event: 'missed' });
    await gets('/calls', '/calls?missed=true');
    await gets('/calls/{id}', `/calls/${logged.id}`);
    await gets('/calls/{id}', '/calls/nowhere');
    await sends(
      '/calls/{id}/outcome',
      { outcome: 'connected', note: 'Rang back.', tasks: [{ title: 'Send it', dueAt: null }] },
      { url: `/calls/${logged.id}/outcome` },
    );
    await sends('/calls/{id}/ticket', { subject: 'Printer', text: 'It smokes.' }, { url: `/calls/${logged.id}/ticket` });

    const { items } = (await gets('/tasks')).json() as { items: readonly { readonly id: string }[] };
    await sends('/tasks/{id}/done', {}, { url: `/tasks/${items[0]?.id}/done` });
    await sends('/tasks/{id}/reopen', {}, { url: `/tasks/${items[0]?.id}/reopen` });
    const people = (await gets('/contacts', '/contacts?search=anna')).json() as { items: readonly { readonly id: string }[] };
    await gets('/contacts/{id}', `/contacts/${people.items[0]?.id}`);
    await gets('/tickets', '/tickets?search=printer');

    await gets('/setup');
    await sends('/setup/test-call', { showedName: true });
    await sends('/setup/ios', { language: 'pl' });
    await sends('/setup/renew', {});
    await sends('/setup/test-call', { showedName: true });
    await sends('/setup/android', {});
    await sends('/setup/renew', {});
    const stream = await listens(keys.deviceToken);
    await sends('/wiped', {});
    await stream.closed;
    await gets('/me');

    expect(faults).toEqual([]);
    const untried = Object.entries(description.paths).flatMap(([place, operations]) =>
      Object.keys(operations)
        .map((method) => `${method.toUpperCase()} ${place}`)
        .filter((one) => !seen.has(one) && !one.includes('/pbx/')),
    );
    expect(untried).toEqual([`GET ${api}/events`]);
    expect(Object.fromEntries([...seen].map(([one, statuses]) => [one.replace(api, ''), [...statuses].sort((left, right) => left - right)]))).toMatchObject({
      'POST /pair/claim': [202, 400, 410],
      'POST /pair/complete': [200, 410, 425],
      'GET /me': [200, 401],
      'GET /directory': [200, 304, 400, 410],
      'GET /lookup': [200, 204],
      'POST /calls': [200, 409],
      'POST /setup/renew': [200, 409],
      'POST /wiped': [204],
    });
  });

  test('the directory comes in br, zstd and gzip, whichever the phone likes best', async () => {
    for (let index = 0; index < 40; index += 1)
      await desk.call('POST', '/contacts', { firstName: 'Lena', lastName: `Weber ${index}`, mobile: `+4860020${1000 + index}` });
    const headers = { authorization: `Bearer ${(await pairsPhone()).deviceToken}` };
    const codings: unknown[] = [];

    await expect.poll(async () => (await lan.call('/api/device/v1/directory', { headers })).body.length, { timeout: 20_000 }).toBeGreaterThan(2000);
    for (const accepted of ['br', 'zstd', 'gzip', 'br;q=0, gzip', 'identity']) {
      codings.push((await lan.call('/api/device/v1/directory', { headers: { ...headers, 'accept-encoding': accepted } })).headers['content-encoding']);
    }

    expect(codings).toEqual(['br', 'zstd', 'gzip', 'gzip', undefined]);
  });
});

describe('C20 pairing and its end on the running program', { timeout: 60_000 }, () => {
  test('of fifty phones with the same code exactly one may wait for approval, and of fifty requests for its keys one gets them', async () => {
    const { id, token } = await startsPairing();

    const claims = await Promise.all(Array.from({ length: 50 }, (_, index) => claim(token, `Phone ${index}`)));
    const winner = claims.find(({ status }) => status === 202)?.json() as { claimId: string };
    await desk.call('POST', `/pairings/${id}/approve`);
    const fetched = await Promise.all(Array.from({ length: 50 }, () => posts('/pair/complete', { claimId: winner.claimId, token })));

    const statuses = [claims, fetched].map((answers) => answers.map(({ status }) => status).sort((left, right) => left - right));
    expect(statuses).toEqual([
      [202, ...Array.from({ length: 49 }, () => 410)],
      [200, ...Array.from({ length: 49 }, () => 410)],
    ]);
  });

  test('revoked on the command line, a phone is refused on connections it holds open, and its stream ends', async () => {
    const keys = await pairsPhone();
    const open = lanClient(desk.lanUrl, { connections: 1 });
    const basic = `Basic ${Buffer.from(`${keys.davUsername}:${keys.davPassword}`).toString('base64')}`;
    const asks = async () => [
      (await open.call('/api/device/v1/me', { headers: { authorization: `Bearer ${keys.deviceToken}` } })).status,
      (await open.call(`/dav/p/${keys.davUsername}/`, { method: 'PROPFIND', headers: { authorization: basic, depth: '0', 'content-type': 'text/xml' } }))
        .status,
    ];
    expect(await asks()).toEqual([200, 207]);
    const stream = await listens(keys.deviceToken);

    expect((await runCli(['device', 'revoke', keys.deviceId, '--data', folder])).code).toBe(0);
    const refused = await asks();
    const said = await stream.closed;
    open.close();

    expect(refused).toEqual([401, 401]);
    expect(said).toContain('event: wipe\ndata: {"reason":"revoked"}');
  });
});

test('an address nobody can decode is refused to strangers and leads nowhere, in the built program too', async () => {
  const status = async (base: string, host: string) =>
    new Promise((resolve, reject) => {
      void import('node:http').then(({ get }) =>
        get(`${base}/50%`, { headers: { host } }, (answer) => resolve(answer.resume().statusCode)).once('error', reject),
      );
    });

  expect(await status(desk.adminUrl, 'evil.example')).toBe(403);
  expect(await status(desk.adminUrl, new URL(desk.adminUrl).host)).toBe(404);
});
