import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Call } from '#server/calls/calls.contract.ts';
import { callRows, type CallChoice } from '#server/calls/calls.queries.ts';
import { addAgent } from '#server/team/team.service.ts';
import { pairsPhone, type PairedPhone } from '#test/support/device-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

let calls = 0;
async function reports(phone: PairedPhone, event: object): Promise<Call> {
  calls += 1;
  const payload = {
    callId: `f${calls}`,
    event: 'ended',
    direction: 'inbound',
    number: '+48600100200',
    at: '2026-03-02T09:12:00.000Z',
    durationSeconds: 0,
    ...event,
  };
  const answer = await phone.send('POST', '/calls', { payload });
  expect(answer.statusCode).toBe(200);
  return answer.json<Call>();
}

/** One call of each sort, on five days; `names` tells them apart. */
async function aDeskWithCalls() {
  const server = await testServer();
  const company = await givenCompany(server.ctx, { name: 'Hartmann Optik' });
  const olivia = await givenContact(server.ctx, { firstName: 'Olivia', lastName: 'Müller', phone: '600 100 200', companyId: company.id });
  const tom = await addAgent(server.ctx, { name: 'Tom', email: null, role: 'agent' });
  const [mine, toms] = [await pairsPhone(server), await pairsPhone(server, { agentId: tom.id })];
  const known = await reports(mine, { at: '2026-03-01T09:00:00.000Z' });
  const missed = await reports(toms, { event: 'missed', at: '2026-03-02T09:00:00.000Z' });
  const made = await reports(mine, { direction: 'outbound', number: '+48221234567', at: '2026-03-03T09:00:00.000Z' });
  const withheld = await reports(mine, { number: null, at: '2026-03-04T09:00:00.000Z' });
  const inside = await reports(toms, { number: '204', at: '2026-03-05T09:00:00.000Z' });
  await mine.send('POST', `/calls/${made.id}/outcome`, { payload: { outcome: 'busy', note: '=HYPERLINK("http://evil")' } });
  const names = new Map([known, missed, made, withheld, inside].map(({ id }, index) => [id, ['known', 'missed', 'made', 'withheld', 'inside'][index]]));
  return { server, names, tom, olivia, company, toms };
}

async function asked(server: TestServer, query: string): Promise<Call[]> {
  const answer = await server.asConsole('GET', `/calls?${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json().items;
}

describe('the call log is narrowed (C15)', () => {
  test('to what each filter says, and to what all of them say', async () => {
    const { server, names, tom, olivia, company, toms } = await aDeskWithCalls();
    const expected: Record<string, readonly string[]> = {
      '': ['inside', 'withheld', 'made', 'missed', 'known'],
      'direction=outbound': ['made'],
      'missed=true': ['missed'],
      'outcome=busy': ['made'],
      [`agentId=${tom.id}`]: ['inside', 'missed'],
      [`contactId=${olivia.id}`]: ['missed', 'known'],
      [`companyId=${company.id}`]: ['missed', 'known'],
      [`source=device:${toms.id}`]: ['inside', 'missed'],
      'who=withheld': ['withheld'],
      'who=unknown': ['inside', 'made'],
      'from=2026-03-02T00:00:00.000Z&to=2026-03-04T00:00:00.000Z': ['made', 'missed'],
      [`agentId=${tom.id}&missed=true&from=2026-03-02T00:00:00.000Z`]: ['missed'],
      'who=unknown&direction=inbound': ['inside'],
    };
    for (const [query, found] of Object.entries(expected)) {
      expect([query, (await asked(server, query)).map((call) => names.get(call.id))]).toEqual([query, found]);
      expect((await server.asConsole('GET', `/calls/count?${query}`)).json()).toEqual({ count: found.length, isMore: false });
    }
  });

  test.each([
    { typed: '600 100 200', found: ['missed', 'known'] },
    { typed: '0048 (600) 100-200', found: ['missed', 'known'] },
    { typed: '+48 600', found: ['missed', 'known'] },
    { typed: '22 123', found: ['made'] },
    { typed: '204', found: ['inside'] },
    { typed: 'mueller', found: ['missed', 'known'] },
    { typed: 'hartmann', found: ['missed', 'known'] },
    { typed: 'nobody at all', found: [] },
  ])('to “$typed”', async ({ typed, found }) => {
    const { server, names } = await aDeskWithCalls();

    expect((await asked(server, `search=${encodeURIComponent(typed)}`)).map((call) => names.get(call.id))).toEqual(found);
  });

  test('to the same calls whether the callers call often or seldom', async () => {
    const { server, olivia, company } = await aDeskWithCalls();
    for (const callers of [
      { contactIds: [olivia.id], companyIds: [] },
      { contactIds: [], companyIds: [company.id] },
      { from: '+48600', to: '+48600:', digits: '600' },
      { from: '+48204', to: '+48204:', digits: '204' },
    ]) {
      const found = (areFrequent: boolean) => callRows(server.ctx.db, { isMissed: false, limit: 50, callers, areFrequent }).execute();
      expect(await found(true)).not.toEqual([]);
      expect(await found(true)).toEqual(await found(false));
    }
  });

  test('refuses what makes no sense by its field', async () => {
    const server = await testServer();

    for (const [field, value] of [
      ['direction', 'sideways'],
      ['from', 'yesterday'],
      ['source', 'x'],
    ])
      expect((await server.asConsole('GET', `/calls?${field}=${value}`)).json().errors[0].path).toBe(field);
  });

  test('without walking the whole log', async () => {
    const ctx = await testContext();
    const place = { isMissed: false, before: ['2026', 'x'] as const, limit: 50 };
    const choices: Partial<CallChoice>[] = [
      { direction: 'outbound' },
      { outcome: 'busy' },
      { companyId: 'c' },
      { source: 'pbx:1' },
      { who: 'withheld' },
      { who: 'unknown' },
      { from: '2026', to: '2027' },
      { agentId: 'a', isMissed: true, from: '2026' },
      { agentId: 'a', direction: 'inbound', outcome: 'busy' },
      { contactId: 'c', isMissed: true },
      { contactId: 'c', direction: 'outbound' },
    ];
    for (const choice of choices) {
      const text = ctx.hot.plan({ build: (db) => callRows(db, { ...place, ...choice }) }).join(' | ');
      expect([choice, text]).toEqual([choice, expect.stringMatching(/SEARCH calls USING INDEX/u)]);
      expect([choice, text]).toEqual([choice, expect.not.stringMatching(/SCAN|USE TEMP B-TREE/u)]);
      if (choice.contactId !== undefined) expect(text).toContain('calls_of_contact');
    }
    for (const callers of [{ contactIds: ['a', 'b'], companyIds: ['c'] }, { e164: '+48600100200' }, { from: '+4860', to: '+4860:', digits: '60' }]) {
      const text = ctx.hot.plan({ build: (db) => callRows(db, { ...place, callers }) }).join(' | ');
      expect([callers, text]).toEqual([callers, expect.not.stringMatching(/SCAN (calls|found|contacts|companies)\b/u)]);
      if ('e164' in callers) continue;
      const frequent = ctx.hot.plan({ build: (db) => callRows(db, { ...place, callers, areFrequent: true }) }).join(' | ');
      expect(frequent).toMatch(/SEARCH calls USING INDEX calls_by_time/u);
      expect(frequent).not.toMatch(/TEMP B-TREE/u);
    }
  });
});

describe('the call log as a file (C15)', () => {
  async function exported(server: TestServer, query = ''): Promise<Record<string, string>[]> {
    const answer = await server.asConsole('GET', `/calls/export?${query}`);
    expect(answer.headers['content-type']).toContain('text/csv');
    return parse(answer.rawPayload, { columns: true, bom: true });
  }

  test('has ISO times, E.164 numbers and names, the newest first', async () => {
    const { server } = await aDeskWithCalls();

    const rows = await exported(server);

    expect(rows.map((row) => row['Started'])).toEqual(['05', '04', '03', '02', '01'].map((day) => `2026-03-${day}T09:00:00.000Z`));
    expect(rows.at(-1)).toMatchObject({ Number: '+48600100200', Contact: 'Olivia Müller', Company: 'Hartmann Optik', Agent: 'Support', Withheld: 'no' });
    expect(rows[1]).toMatchObject({ Number: '', Withheld: 'yes' });
    expect(rows[0]).toMatchObject({ Number: '', 'Number as reported': '204' });
  });

  test('never holds a formula', async () => {
    const { server } = await aDeskWithCalls();

    const [row] = await exported(server, 'outcome=busy');

    expect(row?.['Note']).toBe('\'=HYPERLINK("http://evil")');
  });

  test('of thousands is whole, each call once, with the filters of the screen', async () => {
    const { server, toms } = await aDeskWithCalls();
    await server.ctx.db.transaction().execute(async (db) => {
      for (let call = 0; call < 1600; call += 1) {
        const at = new Date(Date.parse('2026-02-01T00:00:00.000Z') + Math.floor(call / 3) * 60_000).toISOString();
        const row = {
          id: `x${call}`,
          source: call % 4 === 0 ? 'pbx:1' : `device:${toms.id}`,
          direction: 'inbound',
          state: 'ended',
          started_at: at,
          created_at: at,
        };
        await db.insertInto('calls').values(row).execute();
      }
    });

    expect(new Set((await exported(server)).map((row) => row['Id'])).size).toBe(1605);
    expect(await exported(server, 'source=pbx:1')).toHaveLength(400);
    expect(await exported(server, 'from=2026-02-01T00:10:00.000Z&to=2026-02-01T00:20:00.000Z')).toHaveLength(30);
  });
});
