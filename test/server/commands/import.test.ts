import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOutput } from '#server/commands/output.ts';
import { run } from '#server/commands/import.ts';
import { takeDataLock } from '#server/database/data-lock.ts';
import { WrongUsage } from '#server/config/flags.ts';
import { csv } from '#test/support/import-builders.ts';
import { writeHubspotExport } from '#test/support/hubspot-export.ts';
import { testServer } from '#test/support/test-server.ts';
import { temporaryFolder, testContext } from '#test/support/test-context.ts';

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function doorlineImport(args: readonly string[]): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const out = createOutput(args.includes('--json'), {
    stdout: { write: (text: string) => (said.stdout += text) },
    stderr: { write: (text: string) => (said.stderr += text) },
    now: Date.now,
  });
  return { code: await run(args, out), ...said };
}

function desk(content: string): { readonly folder: string; readonly file: string; readonly data: string } {
  const folder = temporaryFolder();
  const file = path.join(folder, 'people.csv');
  writeFileSync(file, content);
  return { folder, file, data: path.join(folder, 'data') };
}

describe('doorline import', () => {
  test('imports a file into a desk that it makes, with a bar, a summary and an error file', async () => {
    const { folder, file, data } = desk(csv(['First Name', 'Tel.', 'Job Title'], ['Anna', '600100200', ''], ['', '', 'Janitor'], ['Jan', '4,85E+10', '']));

    const { code, stdout, stderr } = await doorlineImport([file, '--object', 'contacts', '--data', data]);

    expect(code).toBe(0);
    expect(stdout).toContain('Imported contacts: 2 new, 0 changed, 0 as before, 1 refused. 1 number can’t be read');
    expect(stderr).toMatch(/Importing \[#+\] 100 % \(3 of 3\)/u);
    expect(readFileSync(path.join(folder, 'people-errors.csv'), 'utf8')).toContain('There is no name, e-mail address or number in this row.');
    const ctx = await testContext({ folder: data });
    expect(await ctx.db.selectFrom('contacts').select('first_name').orderBy('first_name').execute()).toEqual([{ first_name: 'Anna' }, { first_name: 'Jan' }]);
  });

  test('leaves alone what lies beside the file, and says where the list is when it can’t be written', async () => {
    const rows = csv(['First Name', 'Email', 'City'], ['Anna', '', ''], ['', '', 'Lublin']);
    const { folder, file, data } = desk(rows);
    const mended = path.join(folder, 'people-errors.csv');
    writeFileSync(mended, 'rows I was mending');

    const first = await doorlineImport([file, '--object', 'contacts', '--data', data]);
    writeFileSync(file, csv(['First Name'], ['Ben']));
    const second = await doorlineImport([file, '--object', 'contacts', '--data', data]);

    expect([first.code, second.code, readFileSync(mended, 'utf8')]).toEqual([0, 0, 'rows I was mending']);
    expect(first.stderr).toContain('people-errors-2.csv');
    expect(readFileSync(path.join(folder, 'people-errors-2.csv'), 'utf8')).toContain('There is no name');
  });

  test('what is refused before it begins leaves nothing on the console', async () => {
    const { folder, file, data } = desk(csv(['First Name'], ['Anna']));
    const map = path.join(folder, 'map.json');
    writeFileSync(map, '{"First Name": "nonsense"}');

    await expect(doorlineImport([file, '--object', 'contacts', '--map', map, '--data', data])).rejects.toThrow(
      'mapping.First Name: “nonsense” is no field of contacts.',
    );

    const ctx = await testContext({ folder: data });
    expect(await ctx.db.selectFrom('import_batches').select('id').execute()).toEqual([]);
    expect(readdirSync(ctx.folder.imports)).toEqual([]);
  });

  test('speaks JSON, one object a line', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'contacts.csv');
    writeHubspotExport(file, { rows: 1200, language: 'pl', encoding: 'windows-1250', delimiter: ';' });

    const { code, stdout } = await doorlineImport([file, '--json', '--data', path.join(folder, 'data')]);

    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ event: 'progress', label: 'Importing', total: 1200 });
    expect(lines.at(-1)).toMatchObject({ event: 'imported', state: 'done', rowsDone: 1200, failed: 0, errorFile: null });
  });

  test('beside a running server it leaves the work to the server and watches', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'contacts.csv');
    writeHubspotExport(file, { rows: 600 });
    const server = await testServer({ folder: path.join(folder, 'data') });
    const lock = takeDataLock(server.ctx.folder.root);
    onTestFinished(() => lock?.release());
    server.startJobs();

    const { code, stdout } = await doorlineImport([file, '--data', server.ctx.folder.root]);

    expect([code, stdout.includes('Imported contacts:')]).toEqual([0, true]);
    const [batch] = await server.ctx.db.selectFrom('import_batches').select(['state', 'reached_row']).execute();
    expect(batch).toEqual({ state: 'done', reached_row: 600 });
  });

  test('a dry run counts and changes nothing', async () => {
    const { file, data } = desk(csv(['First Name'], ['Anna']));

    const { code, stdout } = await doorlineImport([file, '--object', 'contacts', '--dry-run', '--data', data]);

    expect([code, stdout.includes('This would import contacts: 1 new')]).toEqual([0, true]);
    const ctx = await testContext({ folder: data });
    expect(await ctx.db.selectFrom('contacts').selectAll().execute()).toEqual([]);
  });

  test('a map says what columns are, a country how numbers are read', async () => {
    const { folder, file, data } = desk(csv(['First Name', 'Tel.', 'Notes'], ['Jürgen', '030 123456', 'x']));
    const map = path.join(folder, 'map.json');
    writeFileSync(map, JSON.stringify({ 'Tel.': 'mobile', Notes: null }));

    await doorlineImport([file, '--object', 'contacts', '--map', map, '--country', 'de', '--data', data]);

    const ctx = await testContext({ folder: data });
    expect(await ctx.db.selectFrom('phone_numbers').select(['field', 'e164']).execute()).toEqual([{ field: 'mobile', e164: '+4930123456' }]);
    expect(await ctx.db.selectFrom('properties').selectAll().execute()).toEqual([]);
  });

  const misuses: readonly [what: string, args: (paths: ReturnType<typeof desk>) => string[], message: RegExp][] = [
    ['no file', ({ data }) => ['--data', data], /FILE is missing/u],
    ['a file that is not there', ({ data }) => ['nothing.csv', '--data', data], /There is no file “nothing\.csv”/u],
    ['no data folder', ({ file }) => [file], /--data DIR/u],
    ['an unknown object', ({ file, data }) => [file, '--object', 'invoices', '--data', data], /“invoices” does not fit --object/u],
    ['an unknown country', ({ file, data }) => [file, '--country', 'Poland', '--data', data], /“POLAND” does not fit --country/u],
    ['a broken map', ({ file, data }) => [file, '--map', file, '--data', data], /is no mapping/u],
    ['an unknown flag', ({ file, data }) => [file, '--fast', '--data', data], /--fast/u],
  ];
  test.each(misuses)('%s is wrong usage, told in a sentence, and makes no desk', async (_what, args, message) => {
    const paths = desk(csv(['First Name'], ['Anna']));

    const attempt = doorlineImport(args(paths));

    await expect(attempt).rejects.toThrow(WrongUsage);
    await expect(attempt).rejects.toThrow(message);
    expect(existsSync(paths.data)).toBe(false);
  });

  test('a mapping that does not fit the file is refused by name', async () => {
    const { folder, file, data } = desk(csv(['First Name'], ['Anna']));
    const map = path.join(folder, 'map.json');
    writeFileSync(map, JSON.stringify({ Telephone: 'phone' }));

    await expect(doorlineImport([file, '--object', 'contacts', '--map', map, '--data', data])).rejects.toThrow(
      'mapping.Telephone: The file has no such column.',
    );
  });
});
