import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { databaseFile } from '#server/database/connect.ts';
import type { DevicePage } from '#server/devices/devices.contract.ts';
import { addAgent } from '#server/team/team.service.ts';
import { listenToQuestions } from '#test/support/asked-questions.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { temporaryFolder, testClock } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

async function page(server: TestServer, query: Readonly<Record<string, string>> = {}): Promise<z.infer<typeof DevicePage>> {
  const answer = await server.asConsole('GET', `/devices?${new URLSearchParams(query).toString()}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<z.infer<typeof DevicePage>>();
}

async function names(server: TestServer, query: Readonly<Record<string, string>> = {}): Promise<string[]> {
  return (await page(server, query)).items.map((device) => device.name);
}

describe('C20 the list of phones', () => {
  test('is searched by the start of any word of the phone’s name and of who carries it, whatever the accents', async () => {
    const server = await testServer();
    const zofia = await addAgent(server.ctx, { name: 'Zofia Żółkiewska', role: 'agent', email: null });
    await pairsPhone(server, { deviceName: 'Anna’s iPhone' });
    await pairsPhone(server, { deviceName: 'Storeroom', agentId: zofia.id });
    await pairsPhone(server, { deviceName: 'Müller mobile' });

    expect(await names(server, { search: 'iph' })).toEqual(['Anna’s iPhone']);
    expect(await names(server, { search: 'annas' })).toEqual(['Anna’s iPhone']);
    expect(await names(server, { search: 'ZOLK' })).toEqual(['Storeroom']);
    expect(await names(server, { search: 'zofia store' })).toEqual(['Storeroom']);
    expect(await names(server, { search: 'mueller' })).toEqual(['Müller mobile']);
    expect(await names(server, { search: 'hone' })).toEqual([]);
    expect(await names(server, { search: '%' })).toEqual(['Anna’s iPhone', 'Storeroom', 'Müller mobile']);
  });

  test('begins with those to be wiped, ends with those off the desk, and is narrowed to phones in use and to ended ones', async () => {
    const server = await testServer();
    await pairsPhone(server, { deviceName: 'In use' });
    const [revoked, wiping, wiped] = [
      await pairsPhone(server, { deviceName: 'Revoked' }),
      await pairsPhone(server, { deviceName: 'Wiping' }),
      await pairsPhone(server, { deviceName: 'Wiped' }),
    ];
    await server.asConsole('POST', `/devices/${revoked.id}/revoke`);
    for (const phone of [wiping, wiped]) await server.asConsole('POST', `/devices/${phone.id}/wipe`);
    await wiped.send('POST', '/wiped');

    expect(await names(server)).toEqual(['Wiping', 'In use', 'Revoked', 'Wiped']);
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { items, nextCursor } = await page(server, { limit: '1', ...(cursor === '' ? {} : { cursor }) });
      pages.push(...items.map((device) => device.name));
      cursor = nextCursor;
    }
    expect(pages).toEqual(['Wiping', 'In use', 'Revoked', 'Wiped']);
    expect(await names(server, { state: 'in-use' })).toEqual(['In use']);
    expect(await names(server, { state: 'ended' })).toEqual(['Revoked', 'Wiped']);
    expect(await names(server, { state: 'ended', search: 'wi' })).toEqual(['Wiped']);
  });

  test('is narrowed to phones somebody should look into: never synced, silent for two days, or not confirmed as wiped', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const silent = await pairsPhone(server, { deviceName: 'Silent' });
    await silent.get('/directory?limit=1000');
    clock.advance(49 * 3_600_000);
    await pairsPhone(server, { deviceName: 'Never synced' });
    const wiping = await pairsPhone(server, { deviceName: 'Wiping' });
    const well = await pairsPhone(server, { deviceName: 'Well' });
    await well.get('/directory?limit=1000');
    await server.asConsole('POST', `/devices/${wiping.id}/wipe`);

    expect(await names(server, { state: 'attention' })).toEqual(['Wiping', 'Silent', 'Never synced']);
  });

  test('comes page by page, also where a search leaves most phones out', async () => {
    const server = await testServer();
    const agent = (await server.asConsole('GET', '/agents')).json<{ items: { id: string }[] }>().items[0]?.id ?? '';
    const row = {
      agent_id: agent,
      platform: 'ios',
      dav_password_hash: 'none',
      state: 'active',
      directory_id: null,
      last_sync_at: null,
      last_seen_at: null,
      last_ip: null,
      user_agent: null,
      wipe_requested_at: null,
      wipe_confirmed_at: null,
      revoked_at: null,
      created_at: '2026-01-01T00:00:00.000Z',
    };
    const rows = Array.from({ length: 700 }, (_, index) => {
      const id = `phone-${String(index).padStart(4, '0')}`;
      return { ...row, id, token_hash: id, name: index % 100 === 99 ? `Blue ${index}` : `Grey ${index}` };
    });
    for (let at = 0; at < rows.length; at += 100)
      await server.ctx.db
        .insertInto('devices')
        .values(rows.slice(at, at + 100))
        .execute();

    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: Record<string, string> = { search: 'blue', limit: '3', ...(cursor === '' ? {} : { cursor }) };
      const { items, nextCursor } = await page(server, query);
      expect(items.length).toBeLessThanOrEqual(3);
      found.push(...items.map((device) => device.name));
      cursor = nextCursor;
    }

    expect(found).toEqual(['Blue 99', 'Blue 199', 'Blue 299', 'Blue 399', 'Blue 499', 'Blue 599', 'Blue 699']);
  });

  test('is read along an index and never sorted, whatever it is narrowed to', async () => {
    const folder = temporaryFolder();
    const server = await testServer({ folder });
    for (const name of ['One', 'Two', 'Three']) await pairsPhone(server, { deviceName: name });
    const questions = listenToQuestions();

    for (const query of [{}, { search: 'o' }, { state: 'in-use' }, { state: 'ended' }, { state: 'attention', search: 'o' }]) {
      const { nextCursor } = await page(server, { ...query, limit: '1' });
      if (nextCursor !== null) await page(server, { ...query, limit: '1', cursor: nextCursor });
    }

    const reads = questions.explained(databaseFile(folder)).filter(({ sql }) => /from "devices" .* order by/u.test(sql));
    expect(reads).toHaveLength(1);
    for (const { sql, plan } of reads) {
      expect({ sql, plan: plan.filter((step) => / devices\b/u.test(step)).map((step) => step.replace(/ \(.*/u, '')) }).toEqual({
        sql,
        plan: ['SEARCH devices USING INDEX devices_by_state'],
      });
      expect({ sql, sorts: plan.filter((step) => step.includes('TEMP B-TREE')) }).toEqual({ sql, sorts: [] });
    }
  });

  test('refuses a state it does not know', async () => {
    const server = await testServer();

    expect((await server.asConsole('GET', '/devices?state=lost')).statusCode).toBe(400);
  });
});
