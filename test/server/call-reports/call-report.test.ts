import { describe, expect, test } from 'vitest';
import type { CallReport } from '#server/call-reports/call-reports.contract.ts';
import { callersOf, callersOfAgent, callbacksOf, countsByDay, inboundByHour, outcomesOf } from '#server/call-reports/call-reports.queries.ts';
import { newId } from '#server/kernel/ids.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

// Days are the desk's own: by its settings it keeps the time of Warsaw, where noon is 11:00 UTC in winter.

interface LoggedCall {
  readonly at: string;
  readonly direction?: string;
  readonly state?: string;
  readonly seconds?: number;
  readonly e164?: string;
  readonly contactId?: string;
  readonly companyId?: string;
  readonly agentId?: string | null;
  readonly outcome?: string;
}

/** A call as the log keeps it. */
async function givenCall(server: TestServer, call: LoggedCall): Promise<string> {
  const id = newId();
  const owner = await server.ctx.db.selectFrom('agents').select('id').executeTakeFirstOrThrow();
  const row = {
    id,
    source: 'device:test',
    direction: call.direction ?? 'inbound',
    state: call.state ?? 'ended',
    number: call.e164 ?? null,
    e164: call.e164 ?? null,
    contact_id: call.contactId ?? null,
    company_id: call.companyId ?? null,
    agent_id: call.agentId === undefined ? owner.id : call.agentId,
    outcome: call.outcome ?? null,
    started_at: call.at,
    duration_seconds: call.seconds ?? null,
    created_at: call.at,
  };
  await server.ctx.db.insertInto('calls').values(row).execute();
  return id;
}

async function report(server: TestServer, query = 'from=2026-03-02&to=2026-03-08'): Promise<CallReport> {
  const answer = await server.asConsole('GET', `/call-report?${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<CallReport>();
}

describe('the report of calls', () => {
  test('counts answered, missed and outbound calls of each day, beside the days before', async () => {
    const server = await testServer();
    await givenCall(server, { at: '2026-03-02T09:00:00.000Z', seconds: 120 });
    await givenCall(server, { at: '2026-03-02T10:00:00.000Z', state: 'missed' });
    await givenCall(server, { at: '2026-03-04T10:00:00.000Z', direction: 'outbound', seconds: 60 });
    await givenCall(server, { at: '2026-03-04T10:05:00.000Z', direction: 'outbound' });
    await givenCall(server, { at: '2026-02-24T10:00:00.000Z', seconds: 30 });

    const { totals, before, days, isComplete } = await report(server);

    expect(isComplete).toBe(true);
    expect(totals).toMatchObject({ inbound: 2, outbound: 2, missed: 1, answeredShare: 0.5, talkSeconds: 180 });
    expect(before).toMatchObject({ inbound: 1, outbound: 0, missed: 0, answeredShare: 1 });
    expect(days).toHaveLength(7);
    expect(days[0]).toEqual({ day: '2026-03-02', answered: 1, outbound: 0, missed: 1 });
    expect(days[2]).toEqual({ day: '2026-03-04', answered: 0, outbound: 2, missed: 0 });
  });

  test('a call just before midnight belongs to its own day here, whatever the day is in UTC', async () => {
    const server = await testServer();
    await givenCall(server, { at: '2026-03-03T22:59:00.000Z', seconds: 10 });
    await givenCall(server, { at: '2026-03-03T23:01:00.000Z', seconds: 10 });

    const { days, hours } = await report(server);

    expect(days.map((day) => day.answered)).toEqual([0, 1, 1, 0, 0, 0, 0]);
    expect(hours).toEqual([
      { weekday: 2, hour: 23, calls: 1, missed: 0 },
      { weekday: 3, hour: 0, calls: 1, missed: 0 },
    ]);
  });

  test('when the desk moves to another time zone its days are counted anew', async () => {
    const server = await testServer();
    await givenCall(server, { at: '2026-03-03T22:59:00.000Z', seconds: 10 });
    const inWarsaw = await report(server);

    const moved = await server.asConsole('PUT', '/settings/company', { name: 'ACME', country: 'AU', timeZone: 'Australia/Adelaide', language: 'en' });
    const inAdelaide = await report(server);

    expect(inWarsaw.hours).toEqual([{ weekday: 2, hour: 23, calls: 1, missed: 0 }]);
    expect(moved.statusCode).toBe(200);
    expect(inAdelaide.hours).toEqual([{ weekday: 3, hour: 9, calls: 1, missed: 0 }]);
  });

  test('a call that changes is counted as it is now', async () => {
    const server = await testServer();
    const id = await givenCall(server, { at: '2026-03-02T09:00:00.000Z', state: 'ringing' });
    const ringing = await report(server);

    await server.ctx.db.updateTable('calls').set({ state: 'missed' }).where('id', '=', id).execute();
    const missed = await report(server);
    await server.ctx.db.updateTable('calls').set({ outcome: 'connected', state: 'ended', duration_seconds: 5 }).where('id', '=', id).execute();
    const connected = await report(server);
    await server.ctx.db.deleteFrom('calls').where('id', '=', id).execute();
    const gone = await report(server);

    expect([ringing, missed, connected, gone].map(({ totals }) => [totals.inbound, totals.missed])).toEqual([
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(connected.outcomes).toEqual([{ outcome: 'connected', calls: 1 }]);
  });

  test('says how long missed callers waited until somebody spoke to them, from their first missed call', async () => {
    const server = await testServer();
    const [anna, jan, eva] = ['+48600100200', '+48600100201', '+48600100202'];
    await givenCall(server, { at: '2026-03-02T09:00:00.000Z', state: 'missed', e164: anna });
    await givenCall(server, { at: '2026-03-02T09:10:00.000Z', state: 'missed', e164: anna });
    await givenCall(server, { at: '2026-03-02T09:20:00.000Z', direction: 'outbound', e164: anna });
    await givenCall(server, { at: '2026-03-02T09:30:00.000Z', direction: 'outbound', seconds: 60, e164: anna });
    await givenCall(server, { at: '2026-03-02T09:40:00.000Z', direction: 'outbound', seconds: 60, e164: anna });
    await givenCall(server, { at: '2026-03-03T09:00:00.000Z', state: 'missed', e164: jan });
    await givenCall(server, { at: '2026-03-03T09:10:00.000Z', seconds: 60, e164: jan });
    await givenCall(server, { at: '2026-03-03T10:00:00.000Z', state: 'missed', e164: eva });

    const { totals } = await report(server);

    expect(totals).toMatchObject({ missed: 4, calledBack: 2, secondsToCallBack: (1800 + 600) / 2 });
  });

  test('names who called most, contacts and companies, and counts for one agent alone', async () => {
    const server = await testServer();
    const anna = await givenContact(server.ctx, { firstName: 'Anna', lastName: 'Nowak' });
    const acme = await givenCompany(server.ctx, { name: 'ACME' });
    await givenCall(server, { at: '2026-03-02T09:00:00.000Z', contactId: anna.id, state: 'missed' });
    await givenCall(server, { at: '2026-03-02T09:30:00.000Z', contactId: anna.id, seconds: 10 });
    await givenCall(server, { at: '2026-03-02T10:00:00.000Z', companyId: acme.id, seconds: 10, agentId: null });

    const all = await report(server);
    const owner = all.agents.find((agent) => agent.id !== null)?.id ?? '';
    const own = await report(server, `from=2026-03-02&to=2026-03-08&agentId=${owner}`);

    expect(all.callers).toEqual([
      { kind: 'contact', id: anna.id, name: 'Anna Nowak', calls: 2, missed: 1 },
      { kind: 'company', id: acme.id, name: 'ACME', calls: 1, missed: 0 },
    ]);
    expect(all.agents.map((agent) => agent.id)).toContain(null);
    expect(own.callers).toHaveLength(1);
    expect(own.totals.inbound).toBe(2);
  });

  test.each([
    ['from=2026-03-08&to=2026-03-02', 'to'],
    ['from=2024-01-01&to=2026-03-02', 'from'],
    ['from=yesterday&to=2026-03-02', 'from'],
  ])('“%s” is refused by its field', async (query, field) => {
    const server = await testServer();

    const answer = await server.asConsole('GET', `/call-report?${query}`);

    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { path: string }[] }>().errors[0]?.path).toContain(field);
  });

  test('reads counts of days along their keys, and never the log', async () => {
    const { ctx } = await testServer();

    const plans = [countsByDay, inboundByHour, outcomesOf, callbacksOf, callersOf, callersOfAgent].flatMap((read) => ctx.hot.plan(read as typeof countsByDay));

    expect(plans.filter((line) => line.startsWith('SCAN'))).toEqual([]);
    expect(plans.join('\n')).not.toMatch(/\bcalls\b/u);
  });
});
