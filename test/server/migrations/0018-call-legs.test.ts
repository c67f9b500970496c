import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Call } from '#server/calls/calls.contract.ts';
import { databaseFile } from '#server/database/connect.ts';
import { migrations } from '#server/database/migrations/index.ts';
import { givenOlderDesk, phoneOf } from '#test/support/older-desk.ts';
import { testServer } from '#test/support/test-server.ts';

const before = migrations.slice(
  0,
  migrations.findIndex(({ name }) => name.startsWith('0018')),
);

describe('bringing a desk to version 0018', () => {
  test('a call that goes on meanwhile stays one entry of the log, with or without a name its phone gave it', async () => {
    const older = await givenOlderDesk(before, ['Jan', 'Kowalski']);
    const connection = new SQLite(databaseFile(older.folder));
    const at = new Date().toISOString();
    const add = connection.prepare(
      `insert into calls (id, source, source_call_id, agent_id, direction, number, e164, state, started_at, created_at)
       select ?, ?, ?, agent_id, 'inbound', ?, ?, 'ringing', ?, ? from devices where id = ?`,
    );
    add.run('named', `device:${older.device}`, 'c1', '+48600100200', '+48600100200', at, at, older.device);
    add.run('unnamed', `device:${older.device}`, null, '+48600100201', '+48600100201', at, at, older.device);
    connection.close();
    const server = await testServer({ folder: older.folder });
    const phone = phoneOf(server, older);
    const ends = async (call: object, key: string) =>
      (
        await phone.send('POST', '/calls', { payload: { event: 'ended', direction: 'inbound', at, ...call }, headers: { 'idempotency-key': key } })
      ).json<Call>();

    const ended = [await ends({ callId: 'c1', number: '+48600100200' }, 'k1'), await ends({ number: '+48600100201' }, 'k2')];

    expect(ended.map(({ id, state }) => [id, state])).toEqual([
      ['named', 'ended'],
      ['unnamed', 'ended'],
    ]);
    expect((await server.asConsole('GET', '/calls')).json<{ items: Call[] }>().items).toHaveLength(2);
  });
});
