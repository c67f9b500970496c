import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openDataFolder } from '#server/config/open-data-folder.ts';
import { databaseFile } from '#server/database/connect.ts';
import { migrations } from '#server/database/migrations/index.ts';
import { migrate } from '#server/database/migrate.ts';
import { newId } from '#server/kernel/ids.ts';
import { hashSecret } from '#server/kernel/secrets.ts';
import { changeContact } from '#server/people/contacts.service.ts';
import { buildsDirectories, responsesIn, syncBody } from '#test/support/dav-builders.ts';
import { phoneWith } from '#test/support/device-builders.ts';
import { temporaryFolder } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const at = '2026-03-02T09:00:00.000Z';

/** A desk of the version before, with a phone whose directory is built and read. */
async function givenOlderDesk() {
  const folder = temporaryFolder();
  const file = databaseFile(openDataFolder(folder).root);
  const connection = new SQLite(file);
  await migrate(connection, { file, isNew: true, steps: migrations.slice(0, 2) });
  const [agent, contact, device] = [newId(), newId(), newId()];
  const run = (sql: string, ...values: unknown[]) => connection.prepare(sql).run(...values);
  run(`insert into agents (id, name, email, role, created_at, updated_at) values (?, 'Owner', 'owner@example.com', 'owner', ?, ?)`, agent, at, at);
  run(
    `insert into contacts (id, first_name, last_name, created_at, updated_at, last_activity_at, activity_rank) values (?, 'Jan', 'Kowalski', ?, ?, ?, 1)`,
    contact,
    at,
    at,
    at,
  );
  for (const [position, digits] of ['48600100200', '48600100201'].entries()) {
    run(
      `insert into phone_numbers (owner_kind, owner_id, field, position, raw, kind, e164, metadata_version) values ('contact', ?, 'mobile', ?, ?, 'e164', ?, '1')`,
      contact,
      position,
      `+${digits}`,
      `+${digits}`,
    );
    run(`insert into directory_sources values (?, ?)`, contact, Number(digits));
  }
  run(`insert into directory_batches values (1000, ?)`, at);
  run(`insert into directories (scope, state, entry_count, first_seq, newest_seq, created_at) values ('all', 'ready', 2, 1000, 1000, ?)`, at);
  for (const digits of [48600100200, 48600100201]) {
    run(`insert into directory_entries (directory_id, digits, label, contact_id, seq) values (1, ?, 'Jan Kowalski', ?, 1000)`, digits, contact);
  }
  run(
    `insert into devices (id, name, agent_id, platform, token_hash, dav_password_hash, state, directory_id, synced_seq, created_at) values (?, 'Phone', ?, 'ios', ?, ?, 'active', 1, 1000, ?)`,
    device,
    agent,
    hashSecret('t'.repeat(52)),
    hashSecret('p'.repeat(26)),
    at,
  );
  connection.close();
  return { folder, contact, device };
}

describe('bringing a desk to version 3', () => {
  test('phones go on from the cursors they hold, and their address books hold everybody that was there before', async () => {
    const { folder, contact, device } = await givenOlderDesk();
    const server = await testServer({ folder });
    const phone = phoneWith(server, device, 't'.repeat(52));
    const book = `/dav/b/${device}/contacts/`;
    const authorization = `Basic ${Buffer.from(`${device}:${'p'.repeat(26)}`).toString('base64')}`;
    const ask = (token: string) =>
      server.onLan({ method: 'REPORT', url: book, headers: { authorization, 'content-type': 'text/xml' }, payload: syncBody(token) });

    const cards = responsesIn((await ask('')).body);
    expect(cards.map((card) => card.href)).toEqual([`${book}c${contact}.vcf`]);
    expect(cards[0]?.vcard).toContain('TEL;TYPE=CELL:+48600100200\r\nTEL;TYPE=CELL:+48600100201\r\n');

    const unchanged = (await phone.get('/directory?cursor=1.1.1000')).json<{ add: unknown[]; remove: unknown[]; mode: string }>();
    expect(unchanged).toMatchObject({ mode: 'delta', add: [], remove: [] });

    await changeContact(server.ctx, contact, { lastName: 'Nowak' });
    await buildsDirectories(server);
    expect(responsesIn((await ask('')).body)[0]?.vcard).toContain('FN:Jan Nowak\r\n');
  });
});
