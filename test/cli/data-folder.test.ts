import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { runCli, startDesk } from '../support/running-desk.ts';
import { temporaryFolder } from '../support/test-context.ts';

const ports = ['--lan-host', '127.0.0.1', '--lan-port', '0', '--admin-port', '0', '--bootstrap-port', '0'];

/** A folder a server has run on and left in peace. */
async function givenStoppedDesk(): Promise<string> {
  const folder = temporaryFolder();
  await (await startDesk(folder)).end('SIGTERM');
  return folder;
}

function hashOf(folder: string, name: string): string {
  return createHash('sha256')
    .update(readFileSync(path.join(folder, name)))
    .digest('hex');
}

async function certificateOf(folder: string): Promise<string> {
  const desk = await startDesk(folder);
  const { certificate } = (await (await desk.call('GET', '/address')).json()) as { certificate?: { fingerprint: string } };
  await desk.end('SIGTERM');
  return certificate?.fingerprint ?? '';
}

/** What the server and a command say of the folder: each one sentence or two, never a stack. */
async function refusals(folder: string): Promise<string[]> {
  const answers: string[] = [];
  for (const args of [
    ['serve', ...ports],
    ['device', 'list'],
  ]) {
    const ended = await runCli([...args, '--data', folder]);
    expect([args, ended.code, ended.stdout, ended.stderr.trim().split('\n').length]).toEqual([args, 1, '', 1]);
    expect(ended.stderr).not.toContain('unexpectedly');
    answers.push(ended.stderr);
  }
  return answers;
}

describe('a data folder that is not as it should be is refused in one line that names the way out', { timeout: 180_000 }, () => {
  test('its key is missing or another’s: nothing is replaced, and with the key put back all is as before', async () => {
    const folder = await givenStoppedDesk();
    const keyFile = path.join(folder, 'secret.key');
    const key = readFileSync(keyFile);
    const before = await certificateOf(folder);

    rmSync(keyFile);
    for (const said of await refusals(folder)) expect(said).toMatch(/secret\.key is missing from .+Put back the secret\.key.+--new-key/u);
    expect(existsSync(keyFile)).toBe(false);
    writeFileSync(keyFile, randomBytes(32).toString('base64'));
    for (const said of await refusals(folder)) expect(said).toMatch(/secret\.key in .+ is not the key of this desk.+Put back the secret\.key/u);
    expect(await runCli(['check', '--data', folder])).toMatchObject({ code: 1, stdout: expect.stringContaining('Key: NOT sound') });
    writeFileSync(keyFile, 'short');
    for (const said of await refusals(folder)) expect(said).toMatch(/holds no key/u);

    writeFileSync(keyFile, key);
    expect(await certificateOf(folder)).toBe(before);
  });

  test('a key that is lost for good is replaced when one asks for it, and the old file stays', async () => {
    const folder = await givenStoppedDesk();
    const before = await certificateOf(folder);
    const wrong = randomBytes(32).toString('base64');
    writeFileSync(path.join(folder, 'secret.key'), wrong);

    await (await startDesk(folder, ['--new-key'])).end('SIGTERM');

    expect(await certificateOf(folder)).not.toBe(before);
    const aside = readdirSync(folder).find((name) => name.startsWith('secret.key.before-'));
    expect(readFileSync(path.join(folder, aside ?? ''), 'utf8')).toBe(wrong);
  });

  test('its database is gone, empty or not ours: no empty desk takes its place', async () => {
    const folder = await givenStoppedDesk();
    const database = path.join(folder, 'doorline.sqlite');

    writeFileSync(database, '');
    for (const said of await refusals(folder)) expect(said).toMatch(/missing or empty, though a desk has been in this folder.+doorline restore FILE/u);
    expect(readFileSync(database)).toHaveLength(0);
    rmSync(database);
    const file = path.join(temporaryFolder(), 'contacts.csv');
    writeFileSync(file, 'First Name\nAnna\n');
    expect(await runCli(['import', file, '--object', 'contacts', '--data', folder])).toMatchObject({ code: 1 });
    expect(existsSync(database)).toBe(false);

    const other = new SQLite(database);
    other.exec('create table notes (text text)');
    other.close();
    const before = hashOf(folder, 'doorline.sqlite');
    for (const said of await refusals(folder)) expect(said).toContain('it is not a database of Doorline');
    expect(hashOf(folder, 'doorline.sqlite')).toBe(before);
  });

  test('a part of it is something else', async () => {
    const damages: readonly (readonly [string, (file: string) => void, RegExp])[] = [
      ['lock.sqlite', (file) => writeFileSync(file, 'no database '.repeat(50)), /The lock .+ holds no data: .+ remove it/u],
      ['lock.sqlite', (file) => mkdirSync(file), /The lock .+ remove it/u],
      ['imports', (file) => writeFileSync(file, ''), /imports is a file, not a folder/u],
      ['restore-pending.json', (file) => writeFileSync(file, '{'), /Remove that file, then restore the backup again/u],
      ['restore-pending.json', (file) => writeFileSync(file, '{"staged":"..","kept":"../../x"}'), /Remove that file/u],
    ];
    for (const [name, damage, sentence] of damages) {
      const folder = await givenStoppedDesk();
      rmSync(path.join(folder, name), { recursive: true, force: true });
      damage(path.join(folder, name));
      for (const said of await refusals(folder)) expect(said).toMatch(sentence);
    }

    const folder = await givenStoppedDesk();
    rmSync(path.join(folder, 'logs', 'doorline.log'));
    mkdirSync(path.join(folder, 'logs', 'doorline.log'));
    expect(await runCli(['serve', ...ports, '--data', folder])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The data folder .+logs.+EISDIR/u) });
  });

  test('it is no folder at all', async () => {
    const file = path.join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    for (const args of [
      ['serve', ...ports],
      ['restore', file],
      ['import', file],
      ['seed', '--contacts', '1'],
    ]) {
      const ended = await runCli([...args, '--data', file]);
      expect([args, ended.code, ended.stderr]).toEqual([args, 1, expect.stringContaining('is a file, not a folder')]);
    }
  });
});
