import { describe, expect, test } from 'vitest';
import type { Call, CallNews } from '#server/calls/calls.contract.ts';
import { pairsPhone, type PairedPhone } from '#test/support/device-builders.ts';
import { readsEvents } from '#test/support/event-reader.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

const at = '2026-03-02T09:12:00.000Z';

async function reports(phone: PairedPhone, event: object, key?: string): Promise<Call> {
  const answer = await phone.send('POST', '/calls', {
    payload: { callId: 'c1', event: 'ringing', direction: 'inbound', number: '+48600100200', at, ...event },
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });
  expect(answer.statusCode).toBe(200);
  return answer.json<Call>();
}

async function newsFor(server: TestServer, audience: string): Promise<CallNews[]> {
  const rows = await server.ctx.db.selectFrom('live_events').selectAll().where('kind', '=', 'call').where('audience', '=', audience).orderBy('seq').execute();
  return rows.map((row) => JSON.parse(row.payload) as CallNews);
}

describe('a call that a phone reports', () => {
  test('is one entry of the log, from ringing to its end', async () => {
    const server = await testServer();
    const company = await givenCompany(server.ctx, { name: 'Werk 2' });
    await givenContact(server.ctx, { firstName: 'Jonas', lastName: 'Brandt', phone: '600 100 200', companyId: company.id });
    const phone = await pairsPhone(server);

    await reports(phone, { event: 'ringing' });
    await reports(phone, { event: 'answered', at: '2026-03-02T09:12:06.000Z' });
    const ended = await reports(phone, { event: 'ended', at: '2026-03-02T09:16:06.000Z' });

    expect(ended).toMatchObject({
      state: 'ended',
      display: 'Jonas Brandt',
      company: { name: 'Werk 2' },
      displayNumber: '600 100 200',
      matchKind: 'exact',
      startedAt: at,
      durationSeconds: 240,
      agent: { id: 'owner' },
    });
    expect((await phone.get('/calls')).json().items).toHaveLength(1);
  });

  test('reported out of order and twice comes to the same', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    await reports(phone, { event: 'ended', at: '2026-03-02T09:16:06.000Z', durationSeconds: 200 });
    await reports(phone, { event: 'ringing' });
    await reports(phone, { event: 'answered', at: '2026-03-02T09:12:06.000Z' });
    const last = await reports(phone, { event: 'ended', at: '2026-03-02T09:16:06.000Z', durationSeconds: 200 });

    expect(last).toMatchObject({ state: 'ended', startedAt: at, durationSeconds: 200 });
    expect((await phone.get('/calls')).json().items).toHaveLength(1);
  });

  test('without an id belongs to the call with that number that has not ended', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const first = await reports(phone, { callId: undefined, event: 'ringing' }, 'k1');

    const second = await reports(phone, { callId: undefined, event: 'missed', at: '2026-03-02T09:12:30.000Z' }, 'k2');
    const later = await reports(phone, { callId: undefined, event: 'ringing', at: '2026-03-02T10:00:00.000Z' }, 'k3');

    expect(second.id).toBe(first.id);
    expect(later.id).not.toBe(first.id);
  });

  test('with neither key nor id is refused, because a repetition would be a second call', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const refused = await phone.send('POST', '/calls', { payload: { event: 'ringing', direction: 'inbound', number: '1', at } });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].path).toBe('Idempotency-Key');
  });

  test.each([
    [{ event: 'dialling' }, 'event'],
    [{ direction: 'sideways' }, 'direction'],
    [{ at: 'yesterday' }, 'at'],
    [{ durationSeconds: -1 }, 'durationSeconds'],
  ])('that makes no sense (%o) is refused by its field', async (wrong, path) => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const refused = await phone.send('POST', '/calls', { payload: { callId: 'c', event: 'ringing', direction: 'inbound', number: '1', at, ...wrong } });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].path).toBe(path);
  });

  test('a withheld caller stands in the log under no name', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const calls = [];
    for (const [index, number] of [null, 'anonymous', '', '266696687'].entries()) calls.push(await reports(phone, { callId: `w${index}`, number }));

    expect(calls.map((call) => [call.display, call.isWithheld, call.contact])).toEqual(Array.from({ length: 4 }, () => ['Withheld', true, null]));
  });

  test('a phone whose clock is far ahead does not put calls into the future', async () => {
    const clock = testClock('2026-03-02T09:00:00.000Z');
    const server = await testServer({ clock });
    const phone = await pairsPhone(server);

    const call = await reports(phone, { at: '2030-01-01T00:00:00.000Z' });

    expect(call.startedAt).toBe('2026-03-02T09:00:00.000Z');
  });
});

describe('the same request twice', () => {
  test('gets the same answer and does nothing', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const first = await reports(phone, { callId: undefined }, 'key-1');
    const again = await reports(phone, { callId: undefined }, 'key-1');

    expect(again).toEqual(first);
    expect((await phone.get('/calls')).json().items).toHaveLength(1);
    expect(await newsFor(server, 'agents')).toHaveLength(1);
  });

  test('at the same moment is one call', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const answers = await Promise.all(Array.from({ length: 20 }, () => reports(phone, { callId: undefined }, 'key-1')));

    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect((await phone.get('/calls')).json().items).toHaveLength(1);
  });

  test('under the same key with another content is refused', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    await reports(phone, { callId: undefined }, 'key-1');

    const refused = await phone.send('POST', '/calls', {
      payload: { event: 'ringing', direction: 'inbound', number: '+48600100999', at },
      headers: { 'idempotency-key': 'key-1' },
    });

    expect(refused.statusCode).toBe(409);
    expect(refused.json().code).toBe('idempotency-key-used-twice');
  });

  test('another phone may use the same key', async () => {
    const server = await testServer();
    const [one, two] = [await pairsPhone(server), await pairsPhone(server)];

    const first = await reports(one, { callId: undefined }, 'key-1');
    const second = await reports(two, { callId: undefined }, 'key-1');

    expect(second.id).not.toBe(first.id);
  });
});

describe('while it rings', () => {
  test('the desk and the agent’s other phone see who calls, the phone that rings itself does not', async () => {
    const server = await testServer();
    const company = await givenCompany(server.ctx, { name: 'Werk 2' });
    const jonas = await givenContact(server.ctx, { firstName: 'Jonas', lastName: 'Brandt', phone: '600 100 200', companyId: company.id });
    const [ringing, other] = [await pairsPhone(server), await pairsPhone(server, { deviceName: 'Tablet' })];
    const stream = await readsEvents(server, '/api/device/v1/events', other.token);

    const call = await reports(ringing, {});

    const shown = (await stream.waitFor('call')).data;
    expect(shown).toMatchObject({ callId: call.id, state: 'ringing', caller: { display: 'Jonas Brandt · Werk 2', contact: { id: jonas.id }, deal: null } });
    expect(await newsFor(server, 'agents')).toMatchObject([{ callId: call.id, caller: { company: { name: 'Werk 2' } }, agent: { id: 'owner' } }]);
    expect(await newsFor(server, `device:${ringing.id}`)).toEqual([]);
    stream.close();
  });

  test('a phone with caller ID off is not told', async () => {
    const server = await testServer();
    const [ringing, quiet] = [await pairsPhone(server), await pairsPhone(server)];
    await quiet.send('PATCH', '/me', { payload: { callerId: false } });

    await reports(ringing, {});

    expect(await newsFor(server, `device:${quiet.id}`)).toEqual([]);
  });

  test('who must not be published is named on the desk and on no phone', async () => {
    const server = await testServer();
    const secret = await givenContact(server.ctx, { firstName: 'Secret', lastName: 'Person', phone: '600 100 200', publishToPhones: false });
    const [ringing, other] = [await pairsPhone(server), await pairsPhone(server)];

    await reports(ringing, {});

    expect(await newsFor(server, 'agents')).toMatchObject([{ caller: { contact: { id: secret.id } } }]);
    const told = JSON.stringify([
      await newsFor(server, `device:${other.id}`),
      (await other.get('/calls')).json(),
      (await other.get('/lookup?number=%2B48600100200')).body,
      (await other.get('/contacts?search=Secret')).json(),
      (await other.get(`/contacts/${secret.id}`)).json(),
      (await other.get('/directory')).json(),
    ]);
    expect(told).not.toMatch(/Secret|Person/u);
    expect((await server.asConsole('GET', '/calls')).json().items[0].contact.id).toBe(secret.id);
  });
});

describe('a missed call', () => {
  test('is found in the log of missed calls, told to the desk, and stands on the timeline', async () => {
    const server = await testServer();
    const marta = await givenContact(server.ctx, { firstName: 'Marta', lastName: 'Zielińska', phone: '600 100 200' });
    const phone = await pairsPhone(server);
    await reports(phone, {});
    await reports(phone, { callId: 'c2', event: 'ringing', number: '+48600100201' });

    await reports(phone, { event: 'missed', at: '2026-03-02T09:12:30.000Z' });

    const missed = (await phone.get('/calls?missed=true')).json().items;
    expect(missed).toHaveLength(1);
    expect(missed[0]).toMatchObject({ state: 'missed', contact: { id: marta.id, name: 'Marta Zielińska' }, asksForOutcome: false });
    expect((await newsFor(server, 'agents')).at(-1)).toMatchObject({ state: 'missed', caller: { contact: { id: marta.id } } });
    const timeline = (await server.asConsole('GET', `/contacts/${marta.id}/timeline`)).json().items;
    expect(timeline[0]).toMatchObject({ kind: 'call', summary: 'Missed call', actorName: 'Support', isInternal: true });
  });

  test('is missed too where its end is heard of first, and one that was answered never is', async () => {
    const server = await testServer({ clock: testClock('2026-03-02T09:14:00.000Z') });
    const phone = await pairsPhone(server);
    await reports(phone, { callId: 'c1', event: 'ended', at: '2026-03-02T09:12:30.000Z' });
    await reports(phone, { callId: 'c1', event: 'missed', at: '2026-03-02T09:12:30.000Z' });
    await reports(phone, { callId: 'c2', event: 'missed', number: '+48600100201', at: '2026-03-02T09:13:30.000Z' });
    await reports(phone, { callId: 'c2', event: 'answered', number: '+48600100201', at: '2026-03-02T09:13:00.000Z' });

    const calls = (await phone.get('/calls')).json<{ items: Call[] }>().items;

    expect(calls.map(({ number, state }) => [number, state])).toEqual([
      ['+48600100201', 'ended'],
      ['+48600100200', 'missed'],
    ]);
    expect((await server.asConsole('GET', '/tasks?state=open')).json<{ items: object[] }>().items).toHaveLength(1);
  });

  test('a call that rings for ever ends by itself', async () => {
    const { callJobs } = await import('#server/calls/calls.jobs.ts');
    const clock = testClock('2026-03-02T09:12:00.000Z');
    const server = await testServer({ clock });
    const phone = await pairsPhone(server);
    await reports(phone, {});

    clock.advance(11 * 60_000);
    await callJobs[0]?.run(server.ctx);

    expect((await phone.get('/calls')).json().items[0].state).toBe('ended');
  });
});
