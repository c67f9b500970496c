import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { restoreBackup } from '#server/backups/restore.service.ts';
import { newestVersion } from '#server/database/migrate.ts';
import { givenBackup, readEntries, withContent, withManifest, writeEntries, type ArchiveEntry } from '../../support/backup-builders.ts';
import { temporaryFolder } from '../../support/test-context.ts';

type Damage = (good: { readonly bytes: Buffer; readonly entries: readonly ArchiveEntry[]; readonly target: string }) => Promise<void> | void;

/** Changes the database inside, as somebody with SQLite could, and makes the list of contents agree. */
function withDatabase(entries: readonly ArchiveEntry[], change: (database: SQLite.Database) => void): ArchiveEntry[] {
  const content = entries.find((entry) => entry.name === 'doorline.sqlite')?.content ?? Buffer.alloc(0);
  const file = path.join(temporaryFolder(), 'inside.sqlite');
  writeFileSync(file, content);
  const database = new SQLite(file);
  database.pragma('journal_mode = DELETE');
  change(database);
  database.close();
  return withContent(entries, 'doorline.sqlite', readFileSync(file));
}

function extra(entry: ArchiveEntry): Damage {
  return ({ entries, target }) => writeEntries(target, [entry, ...entries]);
}

const file = (name: string): ArchiveEntry => ({ name, content: Buffer.from('x') });

const damages: readonly (readonly [string, Damage, string])[] = [
  ['an empty file', ({ target }) => writeFileSync(target, ''), 'unusable-backup'],
  ['not an archive', ({ target }) => writeFileSync(target, 'hello, I am no backup'), 'unusable-backup'],
  ['another kind of archive', ({ target }) => writeEntries(target, [file('photo.jpg')]), 'unusable-backup'],
  ['cut in half', ({ bytes, target }) => writeFileSync(target, bytes.subarray(0, bytes.length / 2)), 'unusable-backup'],
  ['its last byte gone', ({ bytes, target }) => writeFileSync(target, bytes.subarray(0, -1)), 'unusable-backup'],
  ['a bit flipped at the start', ({ bytes, target }) => writeFileSync(target, flip(bytes, 40)), 'unusable-backup'],
  ['a bit flipped in the middle', ({ bytes, target }) => writeFileSync(target, flip(bytes, bytes.length >> 1)), 'unusable-backup'],
  ['a bit flipped at the end', ({ bytes, target }) => writeFileSync(target, flip(bytes, bytes.length - 6)), 'unusable-backup'],
  ['cut inside, but a whole gzip', ({ bytes, target }) => writeFileSync(target, gzipSync(gunzipSync(bytes).subarray(0, 200_000))), 'unusable-backup'],
  ['a byte changed inside, but a whole gzip', ({ bytes, target }) => writeFileSync(target, gzipSync(flip(gunzipSync(bytes), 100_000))), 'unusable-backup'],
  ['no list of contents', ({ entries, target }) => writeEntries(target, entries.slice(0, -1)), 'unusable-backup'],
  ['a list that is no JSON', ({ entries, target }) => writeEntries(target, [...entries.slice(0, -1), file('manifest.json')]), 'unusable-backup'],
  ['a file the list does not know', extra(file('attachments/stranger')), 'unusable-backup'],
  [
    'an attachment left out',
    ({ entries, target }) =>
      writeEntries(
        target,
        entries.filter((entry) => !entry.name.startsWith('attachments/')),
      ),
    'unusable-backup',
  ],
  [
    'the key left out',
    ({ entries, target }) =>
      writeEntries(
        target,
        entries.filter((entry) => entry.name !== 'secret.key'),
      ),
    'unusable-backup',
  ],
  ['two databases', ({ entries, target }) => writeEntries(target, [entries[0] ?? file('x'), ...entries]), 'unusable-backup'],
  ['something after the list', ({ entries, target }) => writeEntries(target, [...entries, file('attachments/late')]), 'unusable-backup'],
  ['a way out by ..', extra(file('attachments/../../../evil')), 'unusable-backup'],
  ['an absolute path', extra(file('/tmp/evil')), 'unusable-backup'],
  ['a path of Windows', extra(file('attachments\\..\\..\\evil')), 'unusable-backup'],
  ['a symbolic link', extra({ name: 'attachments/link', content: Buffer.alloc(0), type: 'symlink', linkname: '/etc/passwd' }), 'unusable-backup'],
  ['a hard link', extra({ name: 'attachments/link', content: Buffer.alloc(0), type: 'link', linkname: 'secret.key' }), 'unusable-backup'],
  ['a folder', extra({ name: 'attachments', content: Buffer.alloc(0), type: 'directory' }), 'unusable-backup'],
  [
    'a newer format',
    ({ entries, target }) =>
      writeEntries(
        target,
        withManifest(entries, (list) => ({ ...list, format: 99 })),
      ),
    'newer-backup',
  ],
  ['a newer database', ({ entries, target }) => writeEntries(target, newerDatabase(entries)), 'newer-backup'],
  [
    'a list that lies about the database’s version',
    ({ entries, target }) =>
      writeEntries(
        target,
        withDatabase(entries, (db) => db.pragma(`user_version = ${newestVersion + 5}`)),
      ),
    'newer-backup',
  ],
  [
    'another desk’s key',
    ({ entries, target }) => writeEntries(target, withContent(entries, 'secret.key', Buffer.from(randomBytes(32).toString('base64')))),
    'unusable-backup',
  ],
  ['a key that is none', ({ entries, target }) => writeEntries(target, withContent(entries, 'secret.key', Buffer.from('short'))), 'unusable-backup'],
  [
    'a database that is none',
    ({ entries, target }) => writeEntries(target, withContent(entries, 'doorline.sqlite', Buffer.from('not a database'.repeat(1000)))),
    'unusable-backup',
  ],
  ['a database with a broken page', ({ entries, target }) => writeEntries(target, brokenPage(entries)), 'unusable-backup'],
];

function flip(bytes: Buffer, place: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[place] = (copy[place] ?? 0) ^ 0x10;
  return copy;
}

function newerDatabase(entries: readonly ArchiveEntry[]): ArchiveEntry[] {
  const changed = withDatabase(entries, (database) => database.pragma(`user_version = ${newestVersion + 1}`));
  return withManifest(changed, (list) => ({ ...list, databaseVersion: newestVersion + 1, doorlineVersion: '99.0.0' }));
}

function brokenPage(entries: readonly ArchiveEntry[]): ArchiveEntry[] {
  const content = Buffer.from(entries.find((entry) => entry.name === 'doorline.sqlite')?.content ?? Buffer.alloc(0));
  for (let page = 10; page < 60; page += 5) content.fill(0xaa, 4096 * page, 4096 * page + 512);
  return withContent(entries, 'doorline.sqlite', content);
}

/** Name and content of every file below a folder. */
function pictureOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const place = path.join(folder, name);
    hash.update(name);
    if (statSync(place).isFile()) hash.update(readFileSync(place));
  }
  return hash.digest('hex');
}

describe('a backup that is not as it was made', () => {
  test('is refused in one sentence before the live data is touched', { timeout: 180_000 }, async () => {
    const given = await givenBackup();
    const bytes = readFileSync(given.backup);
    const entries = await readEntries(given.backup);

    for (const [what, damage, code] of damages) {
      const live = temporaryFolder();
      writeFileSync(path.join(live, 'doorline.sqlite'), 'the live database');
      writeFileSync(path.join(live, 'secret.key'), 'the live key');
      const before = pictureOf(live);
      const target = path.join(temporaryFolder(), 'damaged.tar.gz');
      await damage({ bytes, entries, target });

      const refusal: unknown = await restoreBackup(live, { file: target }).catch((error: unknown) => error);

      expect([what, refusal]).toEqual([what, expect.objectContaining({ code, message: expect.stringContaining('Nothing was changed') })]);
      expect([what, pictureOf(live)]).toEqual([what, before]);
    }
    expect(existsSync('/tmp/evil')).toBe(false);
  });

  test('the same archive put together again unchanged is taken', async () => {
    const given = await givenBackup();
    const copy = path.join(temporaryFolder(), 'again.tar.gz');
    await writeEntries(copy, await readEntries(given.backup));

    await expect(restoreBackup(temporaryFolder(), { file: copy })).resolves.toMatchObject({ attachments: 3 });
  });

  test('a file that is not there is named', async () => {
    await expect(restoreBackup(temporaryFolder(), { file: '/no/such/backup.tar.gz' })).rejects.toThrow('there is no such file');
  });
});
