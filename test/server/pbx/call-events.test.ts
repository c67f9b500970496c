import { describe, expect, test } from 'vitest';
import type { CallNews } from '#server/calls/calls.contract.ts';
import { partiesOf } from '#server/pbx/call-parties.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { connectsPbx } from '#test/support/pbx-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

async function newsFor(server: TestServer, audience: string): Promise<CallNews[]> {
  const rows = await server.ctx.db.selectFrom('live_events').selectAll().where('kind', '=', 'call').where('audience', '=', audience).orderBy('seq').execute();
  return rows.map((row) => JSON.parse(row.payload) as CallNews);
}

async function calls(server: TestServer) {
  return (await server.asConsole('GET', '/calls')).json<{ items: Record<string, unknown>[] }>().items;
}

const extensions = [{ extension: '101', agentId: 'owner' }];

describe('C25, C26: a call that a telephone system reports', () => {
  test('rings on the screens of the agent whose extension it is, with the caller’s name', async () => {
    const server = await testServer();
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const phone = await pairsPhone(server);
    const pbx = await connectsPbx(server, { extensions });

    const answer = await pbx.post('/event', { event: 'ringing', from: 'sip:+48600100200@trunk', to: '101', agent: '101', callId: 'a-1' });

    expect(answer.statusCode).toBe(200);
    expect(await newsFor(server, 'agents')).toMatchObject([{ state: 'ringing', agent: { id: 'owner' }, caller: { contact: { id: jan.id } } }]);
    expect(await newsFor(server, `device:${phone.id}`)).toMatchObject([{ state: 'ringing', number: '+48600100200', caller: { display: 'Jan Kowalski' } }]);
  });

  test('is one entry of the log however often and in whatever order its events come', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server, { extensions });
    const event = (name: string, at: string) => pbx.post('/event', { event: name, from: '+48600100200', to: '101', callId: 'a-1', at });

    await event('ended', '2026-03-02T09:16:06Z');
    for (const _ of [1, 2]) {
      await event('ringing', '2026-03-02T09:12:00Z');
      await event('answered', '2026-03-02T09:12:06Z');
      await event('ended', '2026-03-02T09:16:06Z');
    }

    expect(await calls(server)).toMatchObject([{ state: 'ended', direction: 'inbound', startedAt: '2026-03-02T09:12:00.000Z', agent: { id: 'owner' } }]);
  });

  test('that nobody took is a missed call, with or without somebody it was for', async () => {
    const server = await testServer();
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const pbx = await connectsPbx(server, { extensions });

    await pbx.post('/event', { event: 'missed', from: '+48600100200', to: '101', callId: 'a-1', at: '2026-03-02T09:12:00Z' });
    await pbx.post('/event', { event: 'missed', from: 'anonymous', to: '999', callId: 'a-2', at: '2026-03-02T09:11:00Z' });

    expect(await calls(server)).toMatchObject([
      { state: 'missed', contact: { id: jan.id }, agent: { id: 'owner' } },
      { state: 'missed', contact: null, agent: null, isWithheld: true },
    ]);
    const timeline = await server.ctx.db.selectFrom('engagements').select(['kind', 'summary']).where('contact_id', '=', jan.id).execute();
    expect(timeline).toContainEqual({ kind: 'call', summary: 'Missed call' });
  });

  test('of another system may have the same id and is another call', async () => {
    const server = await testServer();
    const [one, two] = [await connectsPbx(server), await connectsPbx(server)];

    for (const pbx of [one, two]) await pbx.post('/event', { event: 'ringing', from: '+48600100200', to: '101', callId: 'same' });

    expect(await calls(server)).toHaveLength(2);
  });

  test('by a desk phone that opens an address comes to the same', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server, { kind: 'yealink', extensions });
    const open = (event: string, query: string, key = pbx.key) => server.onLan({ url: `/pbx/v1/action/${key}/${event}?${query}` });

    const answer = await open('ringing', 'from=%2B48600100200&to=101&agent=101&call=77');
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect((await open('missed', 'from=%2B48600100200&to=101&agent=101&call=77')).statusCode).toBe(200);
    expect((await open('ringing', 'from=1&call=1', 'x'.repeat(32))).statusCode).toBe(404);
    expect((await open('burning', 'from=1&call=1')).statusCode).toBe(400);

    expect(await calls(server)).toMatchObject([{ state: 'missed', number: '+48600100200', agent: { id: 'owner' } }]);
  });

  test('by a telephone that fills in no id of the call is one entry all the same', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server, { kind: 'grandstream', extensions });
    const open = (event: string, parties: string, call: string) =>
      server.onLan({ url: `/pbx/v1/action/${pbx.key}/${event}?${parties}&agent=101&call=${call}` });

    // A name of a variable that the telephone does not know stays as it is.
    for (const call of ['$call-id', '']) {
      for (const event of ['ringing', 'ringing', 'answered', 'ended', 'ended'])
        expect((await open(event, 'from=%2B48600100200&to=101', call)).statusCode).toBe(200);
    }
    expect((await calls(server)).map((call) => [call['number'], call['direction'], call['state']])).toEqual([
      ['+48600100200', 'inbound', 'ended'],
      ['+48600100200', 'inbound', 'ended'],
    ]);
    // An outgoing call ends by the same address as one that came in.
    await open('ringing', 'from=101&to=%2B48600100300', '$call-id');
    for (const event of ['answered', 'ended']) await open(event, 'from=%2B48600100300&to=101', '$call-id');
    expect((await calls(server)).map((call) => [call['number'], call['direction'], call['state']]).slice(0, 1)).toEqual([
      ['+48600100300', 'outbound', 'ended'],
    ]);
    await open('missed', 'from=$remote&to=101', '$call-id');
    expect(await calls(server)).toMatchObject([{ isWithheld: true, state: 'missed' }, {}, {}, {}]);
  });

  test('names a number whose plus sign the telephone did not escape', async () => {
    const server = await testServer();
    // +48 600 100 200 without its plus sign is a number of Germany.
    await server.asConsole('PUT', '/settings/company', { name: 'ACME', country: 'DE', language: 'en', timeZone: 'Europe/Berlin' });
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '+48 600 100 200' });
    const pbx = await connectsPbx(server, { kind: 'fanvil', extensions });

    for (const [at, from] of ['+48600100200', 'sip:+48600100200@10.0.0.5', '%2B48600100200'].entries())
      await server.onLan({ url: `/pbx/v1/action/${pbx.key}/ringing?from=${from}&to=101&agent=101&call=${at}` });

    expect((await calls(server)).map((call) => [call['number'], call['display']])).toEqual(Array.from({ length: 3 }, () => ['+48600100200', 'Jan Kowalski']));
    expect((await pbx.get('/name?n=+48600100200')).body).toBe('Jan Kowalski');
    expect((await pbx.get('/3cx/lookup?n=+48600100200')).json<{ contacts: unknown[] }>().contacts).toHaveLength(1);
  });

  test('names the field that does not fit, and is not recorded', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server);

    const answer = await pbx.post('/event', { event: 'exploded', from: '1', to: '2' });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors.map((error: { path: string }) => error.path)).toEqual(expect.arrayContaining(['event', 'callId']));
    expect(await calls(server)).toEqual([]);
  });
});

describe('the direction of a call', () => {
  const isExtension = (party: string) => party === '101' || party === '102';

  test.each([
    ['from outside', { from: '+48600100200', to: '101', agent: '101' }, { direction: 'inbound', number: '+48600100200', extension: '101' }],
    [
      'to a number of ours',
      { from: '+48600100200', to: '+48221234500', agent: '' },
      { direction: 'inbound', number: '+48600100200', extension: '+48221234500' },
    ],
    ['from the agent', { from: '205', to: '+48600100200', agent: '205' }, { direction: 'outbound', number: '+48600100200', extension: '205' }],
    [
      'from a known extension',
      { from: 'sip:101@pbx', to: 'sip:+48600100200@x', agent: '' },
      { direction: 'outbound', number: '+48600100200', extension: '101' },
    ],
    ['between extensions', { from: '101', to: '102', agent: '102' }, { direction: 'inbound', number: '101', extension: '102' }],
    ['withheld', { from: '', to: '101', agent: '101' }, { direction: 'inbound', number: null, extension: '101' }],
    [
      'with a display name',
      { from: '"Jan" <sip:%2B48600100200@10.0.0.5;user=phone>', to: '101', agent: '' },
      { direction: 'inbound', number: '+48600100200', extension: '101' },
    ],
  ])('%s', (_, event, parties) => {
    expect(partiesOf(event, isExtension)).toEqual(parties);
  });
});
