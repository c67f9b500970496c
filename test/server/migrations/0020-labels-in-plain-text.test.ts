import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '#server/database/migrate.ts';
import { migrations } from '#server/database/migrations/index.ts';
import type { DirectoryAnswer } from '#server/devices/devices.contract.ts';
import { givenOlderDesk, phoneOf } from '#test/support/older-desk.ts';
import { testServer } from '#test/support/test-server.ts';

const before = migrations.slice(
  0,
  migrations.findIndex(({ name }) => name.startsWith('0020')),
);

describe('bringing a desk to version 0020', () => {
  test('a label that turns a display round reaches phones anew', async () => {
    const older = await givenOlderDesk(before, ['Bank\u202E OKP', 'Nowak']);
    const server = await testServer({ folder: older.folder });

    const { mode, add } = (await phoneOf(server, older).get(`/directory?cursor=${older.cursor}`)).json<DirectoryAnswer>();

    expect([mode, add.map(([digits, label]) => [digits, label])]).toEqual([
      'delta',
      [
        ['48600100200', 'Bank OKP Nowak'],
        ['48600100201', 'Bank OKP Nowak'],
      ],
    ]);
  });

  test('labels with control characters are rendered again, others and removed ones are not', async () => {
    const connection = new SQLite(':memory:');
    await migrate(connection, { file: ':memory:', isNew: true, steps: before });
    connection.exec(`insert into directories (scope, state, entry_count, first_seq, newest_seq, created_at) values ('all', 'ready', 2, 1, 1, '')`);
    const insert = connection.prepare(`insert into directory_entries (directory_id, digits, label, contact_id, seq, is_removed) values (1, ?, ?, '', 1, ?)`);
    const tricked = ['\u202AA', 'A\u202E', '\u2066A\u2069', 'A\u0007', 'A\u0085', 'A\u2028', 'A\tB', 'A\u007F'];
    const plain = ['Zażółć 李', '👩\u200D🔧', 'שלום\u200F', 'می\u200Cخواهم', 'O’Brien [x] -'];
    for (const [at, label] of [...tricked, ...plain].entries()) insert.run(at, label, 0);
    insert.run(99, 'A\u202E', 1);

    await migrate(connection, { file: ':memory:', isNew: true, steps: migrations });

    const work = connection.prepare<[], { digits: number }>('select digits from directory_work order by digits').all();
    expect(work.map(({ digits }) => digits)).toEqual(tricked.map((_, at) => at));
    connection.close();
  });
});
