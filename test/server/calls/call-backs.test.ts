import { describe, expect, test } from 'vitest';
import type { Call, Task } from '#server/calls/calls.contract.ts';
import { callBackDue } from '#server/calls/call-back-due.ts';
import { takeCallEvent } from '#server/calls/call-events.service.ts';
import { CallSettings } from '#server/calls/call-settings.contract.ts';
import { addAgent } from '#server/team/team.service.ts';
import { pairsPhone, type PairedPhone } from '#test/support/device-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

const minute = 60_000;

async function aDesk() {
  const clock = testClock('2026-03-02T09:00:00.000Z');
  const server = await testServer({ clock });
  const phone = await pairsPhone(server);
  let calls = 0;

  /** A call that ends as the last event says; each event one second after the one before. */
  async function rings(events: readonly string[], call: { number?: string | null; direction?: string; from?: PairedPhone; startedAt?: string } = {}) {
    calls += 1;
    clock.advance(minute);
    let last: Call | undefined;
    for (const [index, event] of events.entries()) {
      const at = new Date((call.startedAt === undefined ? clock.now().getTime() : Date.parse(call.startedAt)) + index * 1000).toISOString();
      const { number = '+48600100200', direction = 'inbound', from = phone } = call;
      const answer = await from.send('POST', '/calls', { payload: { callId: `c${calls}`, event, direction, number, at } });
      expect(answer.statusCode).toBe(200);
      last = answer.json<Call>();
    }
    return last;
  }
  return { server, phone, clock, rings };
}

async function openTasks(server: TestServer): Promise<Task[]> {
  return (await server.asConsole('GET', '/tasks')).json().items;
}

describe('a missed call (C10)', () => {
  test('asks the agent who was called to call back, two hours of work later', async () => {
    const { server, phone, rings } = await aDesk();
    const olivia = await givenContact(server.ctx, { firstName: 'Olivia', lastName: 'Chen', phone: '600 100 200' });

    await rings(['ringing', 'missed']);

    const expected = {
      title: 'Call back Olivia Chen',
      kind: 'call-back',
      callBackTo: 'Olivia Chen',
      contact: { id: olivia.id },
      number: '+48600100200',
      displayNumber: '600 100 200',
      missedCalls: 1,
      dueAt: '2026-03-02T11:01:00.000Z',
    };
    expect(await openTasks(server)).toMatchObject([expected]);
    expect((await phone.get('/tasks')).json().items).toMatchObject([expected]);
  });

  test('again adds to the same task, but phones that rang together count once', async () => {
    const { server, rings } = await aDesk();
    const second = await pairsPhone(server);
    await rings(['ringing', 'missed']);
    await rings(['ringing', 'missed']);
    const [task] = await openTasks(server);
    expect(task?.missedCalls).toBe(2);

    await rings(['ringing', 'missed'], { from: second, startedAt: '2026-03-02T09:02:03.000Z' });

    expect(await openTasks(server)).toMatchObject([{ id: task?.id, missedCalls: 2 }]);
  });

  test.each([
    { name: 'called back and answered', events: ['ringing', 'answered', 'ended'], direction: 'outbound', isDone: true },
    { name: 'called back in vain', events: ['ringing', 'ended'], direction: 'outbound', isDone: false },
    { name: 'answered when they ring again', events: ['ringing', 'answered'], direction: 'inbound', isDone: true },
  ])('is done with once $name: $isDone', async ({ events, direction, isDone }) => {
    const { server, rings } = await aDesk();
    await rings(['ringing', 'missed']);

    await rings(events, { direction });

    expect(await openTasks(server)).toHaveLength(isDone ? 0 : 1);
    expect((await server.asConsole('GET', '/tasks?state=done')).json().items).toHaveLength(isDone ? 1 : 0);
  });

  test('is done with once the outcome says that they spoke', async () => {
    const { server, phone, rings } = await aDesk();
    const call = await rings(['ringing', 'missed']);

    await phone.send('POST', `/calls/${call?.id}/outcome`, { payload: { outcome: 'connected' } });

    expect(await openTasks(server)).toEqual([]);
  });

  test('that somebody else took, or that is reported after they were spoken to, asks for nothing', async () => {
    const { server, rings } = await aDesk();
    const second = await pairsPhone(server);
    await rings(['ringing', 'answered', 'ended'], { startedAt: '2026-03-02T09:00:30.000Z' });

    await rings(['ringing', 'missed'], { from: second, startedAt: '2026-03-02T09:00:30.000Z' });
    await rings(['missed'], { from: second, startedAt: '2026-03-02T08:30:00.000Z' });

    expect(await openTasks(server)).toEqual([]);
  });

  test('of a withheld number, of another day or while the setting is off asks for nothing', async () => {
    const { server, rings } = await aDesk();
    await rings(['ringing', 'missed'], { number: null });
    await rings(['missed'], { startedAt: '2026-02-27T09:00:00.000Z' });
    const settings = (await server.asConsole('GET', '/settings/calls')).json();
    expect((await server.asConsole('PUT', '/settings/calls', { ...settings, callBackTasks: false })).statusCode).toBe(200);
    await rings(['ringing', 'missed'], { number: '+48600100201' });

    expect(await openTasks(server)).toEqual([]);
  });

  test('of somebody who must not be published names only the number', async () => {
    const { server, phone, rings } = await aDesk();
    const zofia = await givenContact(server.ctx, { firstName: 'Zofia', lastName: 'Tajna', phone: '600 100 200' });
    await rings(['ringing', 'missed']);
    expect((await phone.get('/tasks')).json().items).toMatchObject([{ title: 'Call back Zofia Tajna', callBackTo: 'Zofia Tajna' }]);

    // Also where the name was given out before.
    expect((await server.asConsole('PATCH', `/contacts/${zofia.id}`, { publishToPhones: false })).statusCode).toBe(200);

    expect((await phone.get('/tasks')).json().items).toMatchObject([{ title: 'Call back 600 100 200', contact: null }]);
    expect(await openTasks(server)).toMatchObject([{ contact: { name: 'Zofia Tajna' } }]);
  });

  test('of many callers makes five hundred tasks at most', async () => {
    const { server, rings } = await aDesk();
    const at = '2026-03-02T09:00:00.000Z';
    await server.ctx.db.transaction().execute(async (db) => {
      for (let caller = 0; caller < 500; caller += 1) {
        const row = {
          id: `t${caller}`,
          title: 'Call back',
          due_order: at,
          is_done: 0 as const,
          created_at: at,
          kind: 'call-back',
          caller: `+4860020${caller}`,
          missed_at: at,
        };
        await db.insertInto('tasks').values(row).execute();
      }
    });

    await rings(['ringing', 'missed']);

    const count = await server.ctx.db
      .selectFrom('tasks')
      .select((select) => select.fn.countAll<number>().as('all'))
      .executeTakeFirstOrThrow();
    expect(count.all).toBe(500);
  });
});

describe('a call that a PBX reports for nobody in particular (C26)', () => {
  const source = { source: 'pbx:main', agentId: null, key: undefined };
  const event = { callId: 'p1', direction: 'inbound', number: '+48600100200', via: 'phone' } as const;

  test('rings on the desk, and once missed every phone may do the task', async () => {
    const { server, phone } = await aDesk();
    const tom = await addAgent(server.ctx, { name: 'Tom', email: null, role: 'agent' });
    const toms = await pairsPhone(server, { agentId: tom.id });
    await takeCallEvent(server.ctx, { ...event, event: 'ringing', at: '2026-03-02T09:00:00.000Z' }, source);
    await takeCallEvent(server.ctx, { ...event, event: 'missed', at: '2026-03-02T09:00:20.000Z' }, source);

    const news = await server.ctx.db.selectFrom('live_events').select('payload').where('kind', '=', 'call').where('audience', '=', 'agents').execute();
    expect(news.map((row) => JSON.parse(row.payload))).toMatchObject([
      { state: 'ringing', agent: null },
      { state: 'missed', agent: null },
    ]);
    const [task] = (await toms.get('/tasks')).json().items;
    expect(task).toMatchObject({ title: 'Call back 600 100 200' });
    expect((await phone.get('/tasks')).json().items).toMatchObject([{ id: task.id }]);
    expect((await toms.send('POST', `/tasks/${task.id}/done`)).statusCode).toBe(200);
    expect((await phone.get('/tasks')).json().items).toEqual([]);
  });

  test('belongs to whoever takes it, and stands on the timeline of a known caller', async () => {
    const { server } = await aDesk();
    const olivia = await givenContact(server.ctx, { firstName: 'Olivia', lastName: 'Chen', phone: '600 100 200' });
    await takeCallEvent(server.ctx, { ...event, event: 'ringing', at: '2026-03-02T09:00:00.000Z' }, source);
    const taken = await takeCallEvent(server.ctx, { ...event, event: 'answered', at: '2026-03-02T09:00:05.000Z' }, { ...source, agentId: 'owner' });
    await takeCallEvent(server.ctx, { ...event, event: 'ended', at: '2026-03-02T09:02:05.000Z' }, source);

    expect(taken.agent).toMatchObject({ id: 'owner' });
    const timeline = (await server.asConsole('GET', `/contacts/${olivia.id}/timeline`)).json().items;
    expect(timeline).toMatchObject([{ summary: 'Call taken, 2 min' }]);
  });
});

describe('the settings of calls', () => {
  test('refuse hours that end before they begin, and name the field', async () => {
    const server = await testServer();
    const settings = (await server.asConsole('GET', '/settings/calls')).json();

    const refused = await server.asConsole('PUT', '/settings/calls', { ...settings, opens: '17:00', closes: '09:00' });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toEqual([{ path: 'closes', message: 'The desk must close after it opens.' }]);
  });

  test.each([
    { rang: '2026-03-02T09:00:00.000Z', due: '2026-03-02T11:00:00.000Z', why: 'two hours later' },
    { rang: '2026-03-02T15:30:00.000Z', due: '2026-03-02T16:00:00.000Z', why: 'the end of the day, in the desk’s zone' },
    { rang: '2026-03-02T05:00:00.000Z', due: '2026-03-02T09:00:00.000Z', why: 'counted from when the desk opens' },
    { rang: '2026-03-02T19:00:00.000Z', due: '2026-03-03T09:00:00.000Z', why: 'the next morning' },
    { rang: '2026-03-06T17:00:00.000Z', due: '2026-03-09T09:00:00.000Z', why: 'after the weekend' },
    { rang: '2026-03-28T12:00:00.000Z', due: '2026-03-30T08:00:00.000Z', why: 'after clocks went forward' },
  ])('a call missed at $rang is due at $due: $why', ({ rang, due }) => {
    expect(callBackDue(rang, CallSettings.parse({}), 'Europe/Warsaw')).toBe(due);
  });
});
