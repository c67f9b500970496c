import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openDataFolder } from '#server/config/open-data-folder.ts';
import { databaseFile } from '#server/database/connect.ts';
import { isDataLocked, takeDataLock } from '#server/database/data-lock.ts';
import { findDamage } from '#server/database/integrity.ts';
import { migrate, newestVersion, versionOf } from '#server/database/migrate.ts';
import { openCurrentDatabase, openDatabase, refuseLostDatabase } from '#server/database/open-database.ts';
import { openConnection } from '#server/database/sqlite-connection.ts';
import { temporaryFolder } from '../../support/test-context.ts';

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** A closed desk with some rows in it. */
async function givenDatabase(): Promise<string> {
  const file = databaseFile(temporaryFolder());
  const database = await openDatabase(file);
  for (let number = 0; number < 300; number += 1) {
    await database.db
      .insertInto('counters')
      .values({ name: `counter ${number} ${'x'.repeat(200)}`, value: number })
      .execute();
  }
  await database.close();
  return file;
}

describe('every connection', () => {
  test('syncs each commit to disk, and minds foreign keys', async () => {
    const file = await givenDatabase();
    for (const options of [{}, { readonly: true }]) {
      const connection = openConnection(file, options);
      expect(connection.pragma('synchronous', { simple: true })).toBe(2);
      expect(connection.pragma('foreign_keys', { simple: true })).toBe(1);
      expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
      connection.prepare('select 1').get();
      expect(connection.pragma('synchronous', { simple: true })).toBe(2);
      connection.close();
    }
  });
});

describe('a database of a newer Doorline', () => {
  test('is refused in one sentence and stays byte for byte as it was', async () => {
    const file = await givenDatabase();
    const newer = new SQLite(file);
    newer.pragma(`user_version = ${newestVersion + 1}`);
    newer.close();
    const before = hashOf(file);

    await expect(openDatabase(file)).rejects.toMatchObject({ code: 'database-is-newer', message: expect.stringMatching(/^[^.]+\.$/u) });

    expect(hashOf(file)).toBe(before);
    expect(readdirSync(path.dirname(file)).filter((name) => name.startsWith('before-migration'))).toEqual([]);
  });
});

describe('a database of an older Doorline', () => {
  const steps = [
    { name: '0001-first', sql: "create table notes (text text not null); insert into notes values ('kept');" },
    { name: '0002-second', sql: 'alter table notes add column length integer; update notes set length = length(text);' },
  ];

  async function givenVersionOne(): Promise<string> {
    const file = databaseFile(temporaryFolder());
    const connection = openConnection(file);
    await migrate(connection, { file, isNew: true, steps: steps.slice(0, 1) });
    connection.close();
    return file;
  }

  test('is copied beside itself before it is brought up to date', async () => {
    const file = await givenVersionOne();
    const connection = openConnection(file);

    await migrate(connection, { file, isNew: false, steps });

    expect(connection.prepare('select * from notes').all()).toEqual([{ text: 'kept', length: 4 }]);
    expect(versionOf(connection)).toBe(2);
    connection.close();
    const copy = new SQLite(path.join(path.dirname(file), 'before-migration-1.sqlite'), { readonly: true });
    expect(copy.prepare('select * from notes').all()).toEqual([{ text: 'kept' }]);
    copy.close();
  });

  test('stays what it was when a step fails half way', async () => {
    const file = await givenVersionOne();
    const connection = openConnection(file);
    const failing = { name: '0002-failing', sql: 'alter table notes add column length integer; insert into nowhere values (1);' };

    await expect(migrate(connection, { file, isNew: false, steps: [...steps.slice(0, 1), failing] })).rejects.toThrow('nowhere');

    expect(versionOf(connection)).toBe(1);
    expect(connection.prepare('select * from notes').all()).toEqual([{ text: 'kept' }]);
    connection.close();
  });

  test('is left alone by a command while a server of the older version runs on it', async () => {
    const file = await givenDatabase();
    const old = new SQLite(file);
    old.pragma(`user_version = ${newestVersion - 1}`);
    old.close();
    const before = hashOf(file);

    expect(() => openCurrentDatabase(file)).toThrow('older version');
    expect(hashOf(file)).toBe(before);
  });
});

describe('a damaged database', () => {
  const damages: readonly (readonly [string, (file: string) => void])[] = [
    ['cut in half', (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
    ['cut to one page', (file) => truncateSync(file, 4096)],
    ['a header of zeros', (file) => writeFileSync(file, Buffer.concat([Buffer.alloc(100), readFileSync(file).subarray(100)]))],
    ['noise', (file) => writeFileSync(file, Buffer.from('not a database at all, but text. '.repeat(500)))],
    ['a page of zeros', (file) => writeFileSync(file, readFileSync(file).fill(0, 4096 * 40, 4096 * 41))],
    ['flipped bytes', (file) => writeFileSync(file, flipped(readFileSync(file)))],
  ];

  test.each(damages)('%s: is noticed at the start, left as it is, and the way out is named', async (_what, damage) => {
    const file = await givenDatabase();
    damage(file);
    const before = hashOf(file);

    await expect(openDatabase(file)).rejects.toMatchObject({
      code: 'database-damaged',
      message: expect.stringMatching(/^The database [^\n]+doorline restore[^\n]+$/u),
    });

    expect(hashOf(file)).toBe(before);
  });

  test('where a desk with attachments or backups has been, an empty one is not begun in silence', async () => {
    const folder = openDataFolder(temporaryFolder());
    expect(() => refuseLostDatabase(folder)).not.toThrow();
    mkdirSync(folder.attachments, { recursive: true });
    writeFileSync(path.join(folder.attachments, 'abc'), 'x');

    expect(() => refuseLostDatabase(folder)).toThrow('missing or empty');
    writeFileSync(databaseFile(folder.root), '');
    expect(() => refuseLostDatabase(folder)).toThrow('missing or empty');
  });

  test('a dangling reference is found too', async () => {
    const file = await givenDatabase();
    const connection = new SQLite(file);
    connection.pragma('foreign_keys = OFF');
    connection.prepare("insert into stages (id, pipeline_id, name, position, is_open) values ('s', 'nowhere', 'x', 0, 1)").run();
    connection.close();

    expect(await findDamage(file)).toEqual(['1 rows of stages point to something that is not there']);
  });
});

function flipped(bytes: Buffer): Buffer {
  for (let place = 4096 * 20; place < bytes.length; place += 4096) bytes.writeUInt32BE(0xde_ad_be_ef, place);
  return bytes;
}

describe('the lock of a data folder', () => {
  test('one process has it; asking does not take it; giving it back lets the next one in', () => {
    const root = temporaryFolder();
    expect(isDataLocked(root)).toBe(false);
    const first = takeDataLock(root);

    expect(isDataLocked(root)).toBe(true);
    expect(takeDataLock(root)).toBeUndefined();
    first?.release();
    expect(isDataLocked(root)).toBe(false);
    takeDataLock(root)?.release();
  });
});
