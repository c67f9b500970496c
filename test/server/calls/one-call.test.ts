import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Call, Task } from '#server/calls/calls.contract.ts';
import { databaseFile } from '#server/database/connect.ts';
import { addAgent } from '#server/team/team.service.ts';
import { listenToQuestions } from '#test/support/asked-questions.ts';
import { pairsPhone, type PairedPhone } from '#test/support/device-builders.ts';
import { connectsPbx } from '#test/support/pbx-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { temporaryFolder, testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const caller: string = '+48600100200';
const nine = Date.parse('2026-03-02T09:00:00.000Z');
const at = (seconds: number) => new Date(nine + seconds * 1000).toISOString();

/** A telephone system and an agent's phone that report the same calls. */
async function aDesk(folder = temporaryFolder()) {
  const clock = testClock(at(600));
  const server = await testServer({ clock, folder });
  const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: caller });
  const phone = await pairsPhone(server, { deviceName: 'Anna’s phone' });
  const pbx = await connectsPbx(server, { extensions: [{ extension: '101', agentId: 'owner' }] });

  async function pbxSays(event: string, seconds: number, { callId = 'p1', agent = '101', from = caller, to = '101' } = {}): Promise<void> {
    const answer = await pbx.post('/event', { event, from, to, agent, callId, at: at(seconds) });
    expect(answer.statusCode).toBe(200);
  }
  async function phoneSays(event: string, seconds: number, call: { callId?: string; from?: PairedPhone; number?: string | null; direction?: string } = {}) {
    const { from = phone, callId = 'd1', number = caller, direction = 'inbound' } = call;
    const answer = await from.send('POST', '/calls', { payload: { callId, event, direction, number, at: at(seconds) } });
    expect(answer.statusCode).toBe(200);
    return answer.json<Call>();
  }
  const log = async () => (await server.asConsole('GET', '/calls')).json<{ items: Call[] }>().items;
  const tasks = async (state = 'open') => (await server.asConsole('GET', `/tasks?state=${state}`)).json<{ items: Task[] }>().items;
  const timeline = async () => {
    const { items } = (await server.asConsole('GET', `/contacts/${jan.id}/timeline`)).json<{ items: { kind: string; summary: string }[] }>();
    return items.filter(({ kind }) => kind === 'call').map(({ summary }) => summary);
  };
  return { server, clock, phone, pbx, pbxSays, phoneSays, log, tasks, timeline };
}

describe('C26 one call that a telephone system and a phone report', () => {
  test('is one entry with one outcome and one line on the timeline', async () => {
    const { phone, pbxSays, phoneSays, log, timeline } = await aDesk();
    await pbxSays('ringing', 0);
    const ringing = await phoneSays('ringing', 2);
    await phoneSays('answered', 8);
    await pbxSays('answered', 7);
    const ended = await phoneSays('ended', 128);
    await pbxSays('ended', 127);
    const byItself = await timeline();

    const said = { outcome: 'connected', note: 'Wants an offer', tasks: [{ title: 'Send it' }] };
    await phone.send('POST', `/calls/${ended.id}/outcome`, { payload: said });
    await pbxSays('ended', 127);

    expect(ringing.id).toBe(ended.id);
    expect(await log()).toMatchObject([
      {
        id: ended.id,
        state: 'ended',
        startedAt: at(0),
        durationSeconds: 120,
        agent: { id: 'owner' },
        outcome: 'connected',
        note: 'Wants an offer',
        tasks: [{ title: 'Send it' }],
      },
    ]);
    expect(byItself).toEqual(['Call taken, 2 min']);
    expect(await timeline()).toEqual(['Call taken, connected, 2 min: Wants an offer']);
  });

  test('missed by both is one missed call, one task and one notice', async () => {
    const { server, pbxSays, phoneSays, log, tasks, timeline } = await aDesk();

    await phoneSays('ringing', 1);
    await pbxSays('ringing', 0);
    await phoneSays('missed', 20);
    await pbxSays('missed', 21);

    expect(await log()).toMatchObject([{ state: 'missed', startedAt: at(0) }]);
    expect(await tasks()).toMatchObject([{ missedCalls: 1 }]);
    expect(await timeline()).toEqual(['Missed call']);
    const news = await server.ctx.db.selectFrom('live_events').select('payload').where('kind', '=', 'call').where('audience', '=', 'agents').execute();
    expect(news.map(({ payload }) => (JSON.parse(payload) as Call).state)).toEqual(['ringing', 'missed']);
  });

  test('that the desk phone took is no missed call of the mobile that rang beside it, whichever is heard first, also with a clock that is ahead', async () => {
    const { pbxSays, phoneSays, log, tasks, timeline } = await aDesk();
    await phoneSays('ringing', 40);
    await phoneSays('missed', 50);
    const before = [await tasks(), await timeline()];

    await pbxSays('ringing', 0);
    await pbxSays('answered', 9);
    await pbxSays('ended', 69);

    expect(before).toMatchObject([[{ kind: 'call-back' }], ['Missed call']]);
    expect(await log()).toMatchObject([{ state: 'ended', durationSeconds: 60 }]);
    expect([await tasks(), await timeline()]).toEqual([[], ['Call taken, 1 min']]);
    expect(await tasks('done')).toHaveLength(1);
  });

  test('out of the house is one entry too', async () => {
    const { pbxSays, phoneSays, log } = await aDesk();
    await phoneSays('ringing', 0, { direction: 'outbound' });

    await pbxSays('ringing', 1, { from: '101', to: caller });
    await pbxSays('ended', 90, { from: '101', to: caller });

    expect(await log()).toMatchObject([{ direction: 'outbound', state: 'ended' }]);
  });

  test('of an extension that is nobody’s becomes the agent’s whose phone rings along, and their other phones are told', async () => {
    const { server, pbxSays, phoneSays, log } = await aDesk();
    const other = await pairsPhone(server, { deviceName: 'Tablet' });
    await pbxSays('ringing', 0, { agent: '600', to: '600' });
    const before = (await log())[0]?.agent;

    await phoneSays('ringing', 1);

    expect([before, await log()]).toMatchObject([null, [{ agent: { id: 'owner' } }]]);
    const told = await server.ctx.db.selectFrom('live_events').select('kind').where('audience', '=', `device:${other.id}`).where('kind', '=', 'call').execute();
    expect(told).toHaveLength(1);
  });

  test('that a colleague turns out to have taken is theirs, and missed by the phone that rang along', async () => {
    const { server, pbx, pbxSays, phoneSays, log, tasks } = await aDesk();
    const ben = await addAgent(server.ctx, { name: 'Ben', role: 'agent', email: null });
    const bens = await pairsPhone(server, { deviceName: 'Ben’s phone', agentId: ben.id });
    const extensions = [
      { extension: '101', agentId: 'owner' },
      { extension: '102', agentId: ben.id },
    ];
    await server.asConsole('PATCH', `/pbx/sources/${pbx.source.id}`, { extensions });
    await pbxSays('ringing', 0, { agent: '600', to: '600' });
    await phoneSays('ringing', 1);
    await phoneSays('ringing', 1, { from: bens, callId: 'b1' });

    await pbxSays('answered', 8, { agent: '102', to: '600' });
    await phoneSays('missed', 9);
    await phoneSays('answered', 8, { from: bens, callId: 'b1' });
    await pbxSays('ended', 68, { agent: '102', to: '600' });
    await phoneSays('ended', 68, { from: bens, callId: 'b1' });

    const entries = (await log()).map(({ agent, state, durationSeconds }) => [agent?.name, state, durationSeconds]);
    expect(entries.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
      ['Ben', 'ended', 60],
      ['Support', 'missed', null],
    ]);
    expect(await tasks()).toEqual([]);
  });

  test('heard of in two entries first becomes one, with all that was said of either', async () => {
    const { server, phoneSays, pbxSays, log, timeline } = await aDesk();
    const onPhone = await phoneSays('ended', 65);
    await pbxSays('ringing', 0);
    const ofPbx = (await log()).find(({ id }) => id !== onPhone.id)?.id ?? '';
    const said = { outcome: 'connected', note: 'Wants an offer', tasks: [{ title: 'Send it' }] };
    const ticket = await server.asConsole('POST', `/calls/${ofPbx}/ticket`, { subject: 'An offer' });
    await server.asConsole('POST', `/calls/${ofPbx}/outcome`, said);

    await pbxSays('answered', 5);
    await pbxSays('ended', 66);

    expect(await log()).toMatchObject([
      {
        id: onPhone.id,
        state: 'ended',
        outcome: 'connected',
        note: 'Wants an offer',
        tasks: [{ title: 'Send it' }],
        ticket: { id: ticket.json<{ id: string }>().id },
      },
    ]);
    expect(await timeline()).toEqual(['Call taken, connected: Wants an offer']);
  });

  test('is found by looking up the number in an index, and nothing else is walked', async () => {
    const folder = temporaryFolder();
    const { pbxSays, phoneSays, server } = await aDesk(folder);
    const questions = listenToQuestions();

    await pbxSays('ringing', 0);
    await phoneSays('ringing', 1);
    await phoneSays('missed', 20);

    const asked = questions.explained(databaseFile(path.resolve(server.ctx.folder.root))).filter(({ sql }) => sql.includes('call_legs'));
    expect(asked.length).toBeGreaterThan(2);
    for (const { sql, plan } of asked) expect(plan.join('; '), sql).not.toMatch(/SCAN (?:calls|call_legs)/u);
    expect(asked.flatMap(({ plan }) => plan).join('; ')).toContain('SEARCH calls USING INDEX calls_of_caller (e164=? AND started_at>? AND started_at<?)');
  });
});

describe('C26 calls that are not the same', () => {
  test('one after another with the same number stay two, each with its own phone’s report', async () => {
    const { pbxSays, phoneSays, log } = await aDesk();
    await pbxSays('ringing', 0);
    await phoneSays('ringing', 1);
    await phoneSays('missed', 15);
    await pbxSays('missed', 15);

    await phoneSays('ringing', 31, { callId: 'd2' });
    await pbxSays('ringing', 30, { callId: 'p2' });
    await pbxSays('answered', 35, { callId: 'p2' });
    await pbxSays('ended', 95, { callId: 'p2' });
    await phoneSays('ended', 95, { callId: 'd2' });

    expect((await log()).map(({ state, startedAt }) => [state, startedAt])).toEqual([
      ['ended', at(30)],
      ['missed', at(0)],
    ]);
  });

  test.each<[string, { number?: string | null; direction?: string; seconds?: number; isOtherAgents?: boolean }]>([
    ['withheld', { number: null }],
    ['with another number', { number: '+48600100201' }],
    ['in the other direction', { direction: 'outbound' }],
    ['two minutes later', { seconds: 120 }],
    ['to another agent', { isOtherAgents: true }],
    ['with a number that only this house knows', { number: '205' }],
  ])('%s stay two', async (_case, { number = caller, direction = 'inbound', seconds = 1, isOtherAgents = false }) => {
    const { server, phone, pbxSays, phoneSays, log } = await aDesk();
    const ben = await addAgent(server.ctx, { name: 'Ben', role: 'agent', email: null });
    const from = isOtherAgents ? await pairsPhone(server, { agentId: ben.id }) : phone;

    await pbxSays('ringing', 0, { from: number === null || number === '205' ? (number ?? 'anonymous') : caller });
    await phoneSays('ringing', seconds, { from, number, direction });

    expect(await log()).toHaveLength(2);
  });

  test('two phones of one agent stay two, as do two telephone systems', async () => {
    const { server, pbxSays, phoneSays, log } = await aDesk();
    const second = await pairsPhone(server, { deviceName: 'Tablet' });
    const other = await connectsPbx(server, { name: 'Desk phone', extensions: [{ extension: '101', agentId: 'owner' }] });

    await phoneSays('ringing', 0);
    await phoneSays('ringing', 0, { from: second });
    await pbxSays('ringing', 300, { callId: 'p2' });
    await other.post('/event', { event: 'ringing', from: caller, to: '101', agent: '101', callId: 'o1', at: at(300) });

    expect(await log()).toHaveLength(4);
  });
});
