import SQLite from 'better-sqlite3';
import { openDataFolder } from '#server/config/open-data-folder.ts';
import { databaseFile } from '#server/database/connect.ts';
import { migrate } from '#server/database/migrate.ts';
import type { Migration } from '#server/database/migrations/migration.ts';
import { newId } from '#server/kernel/ids.ts';
import { hashSecret } from '#server/kernel/secrets.ts';
import type { TestServer } from './test-server.ts';
import { phoneWith, type PairedPhone } from './device-builders.ts';
import { temporaryFolder } from './test-context.ts';

const at = '2026-03-02T09:00:00.000Z';

export interface OlderDesk {
  readonly folder: string;
  readonly contact: string;
  readonly device: string;
  /** The first of its phone's cursors that is still good. */
  readonly cursor: string;
}

const token = 't'.repeat(52);
const password = 'p'.repeat(26);

/** A desk as an older version left it: one person with two numbers, and a phone whose directory is built and read. */
export async function givenOlderDesk(steps: readonly Migration[], [firstName, lastName]: readonly [string, string]): Promise<OlderDesk> {
  const folder = temporaryFolder();
  const file = databaseFile(openDataFolder(folder).root);
  const connection = new SQLite(file);
  await migrate(connection, { file, isNew: true, steps });
  const [agent, contact, device] = [newId(), newId(), newId()];
  const run = (sql: string, ...values: unknown[]) => connection.prepare(sql).run(...values);
  run(`insert into agents (id, name, email, role, created_at, updated_at) values (?, 'Owner', 'owner@example.com', 'owner', ?, ?)`, agent, at, at);
  run(
    `insert into contacts (id, first_name, last_name, created_at, updated_at, last_activity_at, activity_rank) values (?, ?, ?, ?, ?, ?, 1)`,
    contact,
    firstName,
    lastName,
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
    run(`insert into directory_entries (directory_id, digits, label, contact_id, seq) values (1, ?, ?, ?, 1000)`, digits, `${firstName} ${lastName}`, contact);
  }
  run(
    `insert into devices (id, name, agent_id, platform, token_hash, dav_password_hash, state, directory_id, synced_seq, created_at) values (?, 'Phone', ?, 'ios', ?, ?, 'active', 1, 1000, ?)`,
    device,
    agent,
    hashSecret(token),
    hashSecret(password),
    at,
  );
  connection.close();
  return { folder, contact, device, cursor: '1.1.1000' };
}

export interface OlderPhone extends PairedPhone {
  readonly book: string;
  /** One REPORT about its address book. */
  report(payload: string): ReturnType<TestServer['onLan']>;
}

/** The phone of an older desk, as it goes on asking. */
export function phoneOf(server: TestServer, { device }: OlderDesk): OlderPhone {
  const authorization = `Basic ${Buffer.from(`${device}:${password}`).toString('base64')}`;
  const book = `/dav/b/${device}/contacts/`;
  return {
    ...phoneWith(server, device, token),
    book,
    report: (payload: string) => server.onLan({ method: 'REPORT', url: book, headers: { authorization, 'content-type': 'text/xml' }, payload }),
  };
}
