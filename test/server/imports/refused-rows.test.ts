import { describe, expect, test } from 'vitest';
import { createImport, getImport, startRun } from '#server/imports/imports.service.ts';
import type { ImportProgress } from '#server/imports/imports.contract.ts';
import { csv, dryRuns, errorFileOf, givenUploadedFile, imports, optionsFor } from '#test/support/import-builders.ts';
import { hubspotExport } from '#test/support/hubspot-export.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';
import { Readable } from 'node:stream';

describe('rows that can’t be imported', () => {
  test('are refused one by one, with row, column and reason; the others come in', async () => {
    const ctx = await testContext();

    const batch = await imports(
      ctx,
      csv(
        ['First Name', 'Last Name', 'Email', 'Phone Number', 'Job Title'],
        ['Anna', '', '', '', ''],
        ['', '', '', '', 'Janitor'],
        ['', '\u200B', 'not an address', '', ''],
        ['x'.repeat(130), '', '', '', ''],
        ['Jan', '', '', '', ''],
        ['A', 'B', 'c@d.pl', '1', '', 'one too many'],
      ),
    );

    expect(batch.state).toBe('done');
    expect(batch.progress).toMatchObject({ created: 2, failed: 4 });
    expect(batch.progress.errors).toEqual([
      { row: 2, column: 'First Name', message: 'There is no name, e-mail address or number in this row.' },
      { row: 3, column: 'First Name', message: 'There is no name, e-mail address or number in this row.' },
      { row: 4, column: 'First Name', message: 'The value has 130 characters; at most 120 fit. Shorten it in the file.' },
      { row: 6, column: '', message: 'The row has 6 values, the header 5. A delimiter or quotation mark may be missing.' },
    ]);
  });

  test('stand in a file with their values as they were', async () => {
    const ctx = await testContext();

    const batch = await imports(ctx, csv(['First Name', 'Email', 'Create Date'], ['', '', '2024-01-01'], ['Anna', 'anna@', 'soon'], ['Jan', '', '']));

    expect((await errorFileOf(ctx, batch.id)).split('\n')).toEqual([
      '\uFEFFFirst Name,Email,Create Date,Row,Column,Reason',
      ',,2024-01-01,1,First Name,"There is no name, e-mail address or number in this row."',
      'Anna,anna@,soon,2,Email,"Imported, but: “anna@” is not an e-mail address; it was left out."',
      'Anna,anna@,soon,2,Create Date,"Imported, but: “soon” is not a date we can read; it was left out."',
      '',
    ]);
  });

  test('can’t run formulas in a spreadsheet', async () => {
    const ctx = await testContext();

    const batch = await imports(
      ctx,
      csv(
        ['Email', 'First Name', '=Notes', 'Phone Number'],
        ['x', '', '=HYPERLINK("http://x")', ''],
        ['y', '', '@SUM(1)', ''],
        ['z', '', '-1+1', ''],
        ['w', '', '\t=1', ''],
      ),
    );

    const lines = (await errorFileOf(ctx, batch.id)).split('\n');
    expect(lines[0]).toContain("'=Notes");
    expect(lines.slice(1, 5).map((line) => /'[=@\-\t]/u.test(line))).toEqual([true, true, true, true]);
  });

  test('are counted in full, though only the first are shown', async () => {
    const ctx = await testContext();
    const rows = Array.from({ length: 700 }, () => ['', '', 'x']);

    const batch = await imports(ctx, csv(['First Name', 'Email', 'Notes'], ...rows));

    expect(batch.progress.failed).toBe(700);
    expect(batch.progress.errors).toHaveLength(50);
    expect((await errorFileOf(ctx, batch.id)).trim().split('\n')).toHaveLength(701);
  });
});

describe('a dry run', () => {
  test('counts what the import would do and changes nothing at all', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: 'Anna', email: 'anna@example.com' });
    const tables = ['contacts', 'companies', 'phone_numbers', 'properties', 'external_ids', 'import_rows', 'import_links', 'change_log'] as const;
    const count = async () => {
      const counts: Record<string, number> = {};
      for (const table of tables) counts[table] = (await ctx.db.selectFrom(table).selectAll().execute()).length;
      return counts;
    };
    const before = await count();

    const batch = await dryRuns(
      ctx,
      csv(
        ['Record ID', 'First Name', 'Email', 'Company Name', 'Flat', 'Phone Number'],
        ['1', 'Ania', 'anna@example.com', '', '1', ''],
        ['2', 'Jan', 'jan@example.com', 'ACME', '2', '4,85E+10'],
        ['2', 'Jan', '', '', '', ''],
        ['', '', '', '', '5', ''],
      ),
    );

    expect(batch).toMatchObject({
      state: 'checked',
      progress: {
        phase: 'dry-run',
        created: 1,
        updated: 2,
        unchanged: 0,
        failed: 1,
        unreadableNumbers: 1,
        notes: ['Companies that are named in the file and not here yet are added.'],
      },
    });
    expect(await count()).toEqual(before);
  });

  test('and the import after it come to the same', async () => {
    const ctx = await testContext();
    const file = hubspotExport({ rows: 1200 });

    const dry = await dryRuns(ctx, file);
    const real = await imports(ctx, file);

    const counts = ({ created, failed, unreadableNumbers }: ImportProgress) => ({ created, failed, unreadableNumbers });
    expect(counts(dry.progress)).toEqual(counts(real.progress));
  });
});

describe('the choices of an import', () => {
  test('are refused where they don’t fit the file, each by name', async () => {
    const ctx = await testContext();
    const batch = await givenUploadedFile(ctx, csv(['First Name', 'Email'], ['Anna', 'a@example.com']));
    const options = optionsFor(batch, { mapping: { 'First Name': 'nickname', Nothing: 'email', Email: null } });

    const attempt = startRun(ctx, batch.id, options);

    await expect(attempt).rejects.toMatchObject({
      fields: [{ path: 'mapping.First Name' }, { path: 'mapping.Nothing' }, { path: 'mapping' }],
    });
    expect((await getImport(ctx, batch.id)).state).toBe('analysed');
  });

  test('may leave columns out and put others elsewhere', async () => {
    const ctx = await testContext();
    const batch = await createImport(ctx, { stream: Readable.from([Buffer.from(csv(['A', 'B'], ['Anna', '600100200']))]), fileName: 'C:\\fakepath\\a b.csv' });

    const again = await imports(ctx, csv(['A', 'B', 'C'], ['Anna', '600100200', 'x']), {
      object: 'contacts',
      mapping: { A: 'firstName', B: 'mobile', C: null },
    });

    expect(batch.fileName).toBe('a b.csv');
    expect(again.progress.created).toBe(1);
    const [number] = await ctx.db.selectFrom('phone_numbers').select(['field', 'e164']).execute();
    expect(number).toEqual({ field: 'mobile', e164: '+48600100200' });
    expect(await ctx.db.selectFrom('properties').selectAll().execute()).toEqual([]);
  });
});
