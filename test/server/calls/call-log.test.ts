import { describe, expect, test } from 'vitest';
import type { Call } from '#server/calls/calls.contract.ts';
import { callRows } from '#server/calls/calls.queries.ts';
import { addAgent } from '#server/team/team.service.ts';
import { pairsPhone, type PairedPhone } from '#test/support/device-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

let calls = 0;
async function reports(phone: PairedPhone, event: object = {}): Promise<Call> {
  calls += 1;
  const payload = {
    callId: `c${calls}`,
    event: 'ended',
    direction: 'inbound',
    number: '+48600100200',
    at: '2026-03-02T09:12:00.000Z',
    durationSeconds: 240,
    ...event,
  };
  return (await phone.send('POST', '/calls', { payload })).json<Call>();
}

describe('the outcome of a call', () => {
  test('is kept on the call, on the timelines and as follow-ups', async () => {
    const server = await testServer();
    const company = await givenCompany(server.ctx, { name: 'Hartmann Optik' });
    const olivia = await givenContact(server.ctx, { firstName: 'Olivia', lastName: 'Chen', phone: '600 100 200', companyId: company.id });
    const phone = await pairsPhone(server);
    const call = await reports(phone);

    const saved = await phone.send('POST', `/calls/${call.id}/outcome`, {
      payload: { outcome: 'connected', note: 'Wants the new frames.', tasks: [{ title: 'Send the offer', dueAt: '2026-03-05T09:00:00.000Z' }] },
    });

    expect(saved.json()).toMatchObject({
      outcome: 'connected',
      note: 'Wants the new frames.',
      asksForOutcome: false,
      tasks: [{ title: 'Send the offer', dueAt: '2026-03-05T09:00:00.000Z', isDone: false }],
    });
    for (const owner of [`contacts/${olivia.id}`, `companies/${company.id}`]) {
      const entries = (await server.asConsole('GET', `/${owner}/timeline`)).json().items;
      expect(entries[0]).toMatchObject({ kind: 'call', summary: 'Call taken, connected, 4 min: Wants the new frames.', actorName: 'Support' });
    }
    expect((await phone.get('/tasks')).json().items).toMatchObject([{ title: 'Send the offer', contact: { name: 'Olivia Chen' }, callId: call.id }]);
  });

  test('sent twice makes one entry and one follow-up; a changed one says so', async () => {
    const server = await testServer();
    const olivia = await givenContact(server.ctx, { phone: '600 100 200' });
    const phone = await pairsPhone(server);
    const call = await reports(phone);
    const send = (note: string) =>
      phone.send('POST', `/calls/${call.id}/outcome`, { payload: { outcome: 'busy', note, tasks: [{ title: 'Try again', dueAt: null }] } });

    await send('One');
    await send('One');
    await send('Two');

    const timeline = (await server.asConsole('GET', `/contacts/${olivia.id}/timeline`)).json().items;
    expect(timeline.map((entry: { summary: string }) => entry.summary)).toEqual(['Call taken, busy, 4 min: Two', 'Call taken, busy, 4 min: One']);
    expect((await phone.get('/tasks')).json().items).toHaveLength(1);
  });

  async function aSharedNumber() {
    const server = await testServer();
    const company = await givenCompany(server.ctx, { name: 'Krüger' });
    const anna = await givenContact(server.ctx, { firstName: 'Anna', lastName: 'A', phone: '600 100 200', companyId: company.id });
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'B', phone: '600 100 200', companyId: company.id });
    const phone = await pairsPhone(server);
    await phone.send('PATCH', '/me', { payload: { logCalls: true } });
    const saves = (call: Call, contactId: string | null) => phone.send('POST', `/calls/${call.id}/outcome`, { payload: { outcome: 'connected', contactId } });
    const isCalled = () => reports(phone, { at: server.ctx.now().toISOString() });
    return { company, anna, jan, phone, saves, isCalled, server };
  }

  test('is asked for when several share the number, says who it was, and the next call knows', async () => {
    const { company, jan, phone, saves, isCalled } = await aSharedNumber();
    const call = await isCalled();
    expect(call).toMatchObject({ contact: null, company: { id: company.id }, sharedBy: 2, asksForOutcome: true });

    const wrong = await saves(call, 'nobody');
    const saved = await saves(call, jan.id);

    expect(wrong.json().errors[0].path).toBe('contactId');
    expect(saved.json()).toMatchObject({ contact: { id: jan.id, name: 'Jan B' }, matchKind: 'hand', asksForOutcome: false });
    expect((await phone.get('/lookup?number=600100200')).json()).toMatchObject({ contact: { id: jan.id }, display: 'Jan B · Krüger +1' });
    expect(await isCalled()).toMatchObject({ contact: { id: jan.id }, sharedBy: 0, asksForOutcome: true });
  });

  test('may say that it was another one than was thought, or none of them', async () => {
    const { anna, jan, saves, isCalled } = await aSharedNumber();
    await saves(await isCalled(), jan.id);
    const call = await isCalled();

    const other = await saves(call, anna.id);
    const nobody = await saves(call, null);

    expect(other.json()).toMatchObject({ contact: { id: anna.id } });
    expect(nobody.json()).toMatchObject({ contact: null, company: null });
  });

  test('of a missed call names the task to call back', async () => {
    const { server, jan, phone } = await aSharedNumber();
    const call = await reports(phone, { event: 'missed', at: server.ctx.now().toISOString() });

    await phone.send('POST', `/calls/${call.id}/outcome`, { payload: { outcome: 'no-answer', contactId: jan.id } });

    expect((await phone.get('/tasks')).json().items).toMatchObject([{ kind: 'call-back', title: 'Call back Jan B', contact: { id: jan.id } }]);
  });

  test('an unknown outcome, and a call of somebody else, are refused', async () => {
    const server = await testServer();
    const tom = await addAgent(server.ctx, { name: 'Tom', email: null, role: 'agent' });
    const [mine, toms] = [await pairsPhone(server), await pairsPhone(server, { agentId: tom.id })];
    const call = await reports(toms);

    const unknown = await toms.send('POST', `/calls/${call.id}/outcome`, { payload: { outcome: 'sold' } });
    const foreign = await mine.send('POST', `/calls/${call.id}/outcome`, { payload: { outcome: 'busy' } });

    expect(unknown.json().errors[0].path).toBe('outcome');
    expect(foreign.statusCode).toBe(404);
    expect((await mine.get(`/calls/${call.id}`)).statusCode).toBe(404);
    expect((await mine.get('/calls')).json().items).toEqual([]);
    expect((await server.asConsole('GET', `/calls?agentId=${tom.id}`)).json().items).toHaveLength(1);
  });
});

describe('the outcome screen', () => {
  const cases = [
    { name: 'made on the phone page', event: { direction: 'outbound', via: 'phone-page', event: 'ringing' }, switches: {}, asks: true },
    {
      name: 'made on the phone page, screen off',
      event: { direction: 'outbound', via: 'phone-page', event: 'ringing' },
      switches: { outcomeScreen: false },
      asks: false,
    },
    { name: 'made in the dialler', event: { direction: 'outbound' }, switches: {}, asks: false },
    { name: 'made in the dialler, calls are logged', event: { direction: 'outbound' }, switches: { logCalls: true }, asks: true },
    { name: 'taken from a known contact, calls are logged', event: {}, switches: { logCalls: true }, asks: true },
    { name: 'taken from a stranger, calls are logged', event: { number: '+48600999999' }, switches: { logCalls: true }, asks: false },
    { name: 'missed, calls are logged', event: { event: 'missed' }, switches: { logCalls: true }, asks: false },
  ];
  test.each(cases)('for a call $name comes up: $asks', async ({ event, switches, asks }) => {
    const server = await testServer();
    await givenContact(server.ctx, { phone: '600 100 200' });
    const phone = await pairsPhone(server);
    await phone.send('PATCH', '/me', { payload: switches });

    const call = await reports(phone, event);

    expect(call.asksForOutcome).toBe(asks);
  });
});

describe('a ticket for a call', () => {
  test('has the caller as its contact and the agent’s words as a note for the team', async () => {
    const server = await testServer();
    const jonas = await givenContact(server.ctx, { firstName: 'Jonas', lastName: 'Brandt', phone: '600 100 200' });
    const phone = await pairsPhone(server);
    const call = await reports(phone);

    const opened = await phone.send('POST', `/calls/${call.id}/ticket`, { payload: { subject: 'Label line 3 stands still', text: 'He calls back at noon.' } });

    expect(opened.statusCode).toBe(201);
    const ticket = (await server.asConsole('GET', `/tickets/${opened.json().id}`)).json();
    expect(ticket).toMatchObject({ subject: 'Label line 3 stands still', contact: { id: jonas.id }, source: 'phone' });
    expect(JSON.stringify(ticket.conversation)).toContain('He calls back at noon.');
    const lookup = (await phone.get('/lookup?number=600100200')).json();
    expect(lookup.openTickets).toMatchObject([{ number: ticket.number }]);
  });

  test('without a subject is refused', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const call = await reports(phone);

    const refused = await phone.send('POST', `/calls/${call.id}/ticket`, { payload: { subject: ' ' } });

    expect(refused.json().errors).toEqual([{ path: 'subject', message: 'Write what it is about.' }]);
  });
});

describe('the log', () => {
  test('comes in pages, newest first, each call once', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    for (let minute = 0; minute < 7; minute += 1) await reports(phone, { at: `2026-03-02T09:0${minute % 3}:00.000Z`, durationSeconds: 0 });

    const ids: string[] = [];
    const times: string[] = [];
    let cursor = '';
    do {
      const page = (await phone.get(`/calls?limit=3${cursor}`)).json();
      ids.push(...page.items.map((call: Call) => call.id));
      times.push(...page.items.map((call: Call) => call.startedAt));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');

    expect(new Set(ids).size).toBe(7);
    expect(times).toEqual([...times].sort().reverse());
    expect((await phone.get('/calls?cursor=nonsense')).statusCode).toBe(400);
  });

  test('no view of it walks the whole table', async () => {
    const ctx = await testContext();
    const filters = [
      { isMissed: false },
      { isMissed: true },
      { isMissed: false, agentId: 'a' },
      { isMissed: true, agentId: 'a' },
      { isMissed: false, contactId: 'c' },
    ];

    for (const filter of filters) {
      const text = ctx.hot.plan({ build: (db) => callRows(db, { ...filter, before: ['2026', 'x'], limit: 50 }) }).join(' | ');
      expect(text).toMatch(/calls USING (COVERING )?INDEX/u);
      expect(text).not.toMatch(/SCAN (contacts|companies|agents)|USE TEMP B-TREE/u);
    }
  });
});
