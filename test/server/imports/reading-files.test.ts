import { describe, expect, test } from 'vitest';
import { createImport } from '#server/imports/imports.service.ts';
import { getCompany, listCompanies } from '#server/people/companies.service.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { companySettings } from '#server/setup/company-settings.ts';
import { csv, givenUploadedFile, imports } from '#test/support/import-builders.ts';
import { hubspotExport, type ExportEncoding, type ExportLanguage } from '#test/support/hubspot-export.ts';
import { testContext } from '#test/support/test-context.ts';
import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';

function targetsIn(batch: Awaited<ReturnType<typeof givenUploadedFile>>): Record<string, string | null> {
  return Object.fromEntries(batch.analysis.columns.map((column) => [column.header, column.target]));
}

function samplesOf(batch: Awaited<ReturnType<typeof givenUploadedFile>>, target: string): string[] {
  return batch.analysis.columns.find((column) => column.target === target)?.samples ?? [];
}

describe('a HubSpot export of contacts', () => {
  const kinds: readonly [language: ExportLanguage, encoding: ExportEncoding, delimiter: ',' | ';' | '\t', words: string][] = [
    ['en', 'utf-8', ',', 'UTF-8'],
    ['en', 'utf-8-bom', ',', 'UTF-8 with byte order mark'],
    ['pl', 'utf-8-bom', ';', 'UTF-8 with byte order mark'],
    ['pl', 'windows-1250', ';', 'Windows-1250'],
    ['de', 'utf-16le', '\t', 'UTF-16'],
    ['de', 'windows-1250', ',', 'Windows-1250'],
  ];

  test.each(kinds)('in %s as %s with “%s” is read and understood', async (...[language, encoding, delimiter, words]) => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(ctx, hubspotExport({ rows: 60, language, encoding, delimiter }));

    expect(batch).toMatchObject({ state: 'analysed', object: 'contacts', analysis: { source: 'hubspot', encoding: words, delimiter, rowCount: 60 } });
    expect(batch.analysis.confidence).toBeGreaterThan(0.8);
    expect(Object.values(targetsIn(batch))).toEqual([
      'recordId',
      'firstName',
      'lastName',
      'email',
      'phone',
      'mobile',
      'companyName',
      'jobTitle',
      'owner',
      'createdAt',
      'lastActivityAt',
      'country',
      expect.stringMatching(/^property:/u),
      'companyIds',
      expect.stringMatching(/^property:/u),
    ]);
    expect(samplesOf(batch, 'lastName')).toContain('Wójcik');
    expect(samplesOf(batch, 'firstName')).toContain('Małgorzata');
  });

  test('shows values as they would be imported', async () => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(
      ctx,
      csv(
        ['First Name', 'Mobile Phone Number', 'Country/Region', 'Create Date', 'Preferred language'],
        ['Anna', '0048600100200', 'Niemcy', '05.03.2024 14:22', 'Polish'],
      ),
    );

    expect(batch.analysis.columns.map((column) => column.samples)).toEqual([['Anna'], ['600 100 200'], ['DE'], ['2024-03-05 13:22'], ['pl']]);
  });
});

describe('what a file holds is told by its columns', () => {
  const headers: readonly [header: string, object: string, source: string][] = [
    ['Record ID,First Name,Last Name,Email,Phone Number', 'contacts', 'hubspot'],
    ['record id,first name,LAST NAME,e-mail', 'contacts', 'hubspot'],
    ['hs_object_id,firstname,lastname,email,mobilephone', 'contacts', 'hubspot'],
    ['Imię,Nazwisko,Telefon,Mieszkanie', 'contacts', 'other'],
    ['First Name,Last Name,E-mail Address,Business Phone,Mobile Phone', 'contacts', 'other'],
    ['Record ID,Company name,Company Domain Name,City', 'companies', 'hubspot'],
    ['Identyfikator rekordu,Nazwa firmy,Nazwa domeny firmy,Miasto', 'companies', 'hubspot'],
    ['Datensatz-ID,Unternehmensname,Domainname des Unternehmens', 'companies', 'hubspot'],
    ['Ticket ID,Ticket name,Pipeline,Ticket status,Priority,Associated Contact IDs', 'tickets', 'hubspot'],
    ['Identyfikator zgłoszenia,Nazwa zgłoszenia,Status zgłoszenia,Priorytet,Associated Contact IDs', 'tickets', 'other'],
    ['Ticket-ID,Ticketname,Ticketstatus,Priorität', 'tickets', 'other'],
    ['Record ID,Deal Name,Deal Stage,Amount,Close Date', 'deals', 'hubspot'],
    ['Datensatz-ID,Deal-Name,Deal-Phase,Betrag,Abschlussdatum', 'deals', 'hubspot'],
  ];

  test.each(headers)('%s is %s from %s', async (header, object, source) => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(ctx, `${header}\n${header.replaceAll(/[^,]+/gu, 'x')}\n`);

    expect([batch.object, batch.analysis.source]).toEqual([object, source]);
  });

  test('unless somebody says so', async () => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(ctx, csv(['Name', 'Phone'], ['ACME', '600100200']), { object: 'contacts' });

    expect(batch.object).toBe('contacts');
    expect(targetsIn(batch)).toEqual({ Name: 'fullName', Phone: 'phone' });
  });

  test('columns nobody knows become properties where they hold something', async () => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(ctx, csv(['Email', 'Flat number', 'Empty one', 'Fax Number'], ['a@example.com', '12', '', '22 1']));

    expect(targetsIn(batch)).toEqual({ Email: 'email', 'Flat number': 'property:flat_number', 'Empty one': null, 'Fax Number': null });
  });

  test('a second number or address goes where it is kept, whatever the file holds', async () => {
    const ctx = await testContext();

    const batch = await imports(ctx, csv(['Company Name', 'Company Domain Name', 'Phone', 'Phone'], ['ACME', 'acme.com', '600100200', '601100200']));
    expect(batch).toMatchObject({ object: 'companies', state: 'done', progress: { created: 1, failed: 0 } });
    const [company] = (await listCompanies(ctx, { limit: 1 })).items;
    expect((await getCompany(ctx, company?.id ?? '')).numbers.map((number) => number.e164)).toEqual(['+48600100200', '+48601100200']);

    const contacts = await givenUploadedFile(ctx, csv(['First Name', 'Email', 'Email'], ['Anna', 'a@example.com', 'b@example.com']));
    expect(targetsIn(contacts)).toEqual({ 'First Name': 'firstName', Email: 'email', 'Email (2)': 'additionalEmails' });
  });

  test('two columns of one name stay two, and a second number is kept', async () => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(ctx, csv(['Email', 'Phone', 'Phone', ''], ['a@example.com', '600100200', '601100200', 'x']));

    expect(targetsIn(batch)).toEqual({ Email: 'email', Phone: 'phone', 'Phone (2)': 'otherPhone', 'Column 4': 'property:column_4' });
  });
});

describe('how a file is written', () => {
  test('is found out from letters that differ between code pages', async () => {
    const ctx = await testContext();
    const polish = Buffer.from([0x49, 0x6d, 0x69, 0xea, 0x3b, 0x54, 0x65, 0x6c, 0x65, 0x66, 0x6f, 0x6e, 0x0a, 0xa3, 0x75, 0x63, 0x6a, 0x61, 0x3b, 0x31, 0x0a]);
    const iso = Buffer.from('Imi\u00ea;Telefon\nGra\u00bfyna \u00a6liwa;1\n', 'latin1');

    const batches = [await givenUploadedFile(ctx, polish), await givenUploadedFile(ctx, iso)];

    expect(batches.map((batch) => batch.analysis.columns[0]?.samples[0])).toEqual(['Łucja', 'Grażyna Śliwa']);
    expect(batches.map((batch) => batch.analysis.encoding)).toEqual(['Windows-1250', 'ISO 8859-2']);
  });

  test('is taken for what the desk’s country used where letters fit both', async () => {
    const ctx = await testContext();
    const file = Buffer.from('First Name;Phone\nJos\u00e9 Ni\u00f1o;1\n', 'latin1');

    const inPoland = await givenUploadedFile(ctx, file);
    await changeSettings(ctx, companySettings, { country: 'ES' });
    const inSpain = await givenUploadedFile(ctx, file);

    expect([inPoland, inSpain].map((batch) => batch.analysis.columns[0]?.samples[0])).toEqual(['José Nińo', 'José Niño']);
  });

  test('an odd letter at the very end of a long file still tells', async () => {
    const ctx = await testContext();
    const long = `Email;Imie\n${'a@example.com;Anna\n'.repeat(40_000)}`;

    const batch = await givenUploadedFile(ctx, Buffer.concat([Buffer.from(long), Buffer.from([0xa3, 0x3b, 0xb3, 0x0a])]));

    expect(batch.analysis).toMatchObject({ encoding: 'Windows-1250', rowCount: 40_001 });
  });

  test('commas and line breaks inside quotes are part of a value; Excel’s own first line is not', async () => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(ctx, 'sep=;\r\nEmail;Company Name;Notes\r\na@example.com;"ACME; ""Inc."", Łódź";"two\r\nlines"\r\n');

    expect(batch.analysis).toMatchObject({ delimiter: ';', rowCount: 1 });
    expect(batch.analysis.columns[1]?.samples).toEqual(['ACME; "Inc.", Łódź']);
  });

  test('rows of nothing but delimiters are no rows, wherever a spreadsheet put them', async () => {
    const ctx = await testContext();

    const batch = await imports(ctx, ',,\n\nFirst Name,Email,\nAnna,a@example.com,,,\n , \n,,,,\nJan,b@example.com\n,,\n,,\n');

    expect(batch.analysis).toMatchObject({ rowCount: 2, warnings: [] });
    expect(batch.progress).toMatchObject({ created: 2, failed: 0, rowsDone: 2, rowsTotal: 2 });
  });

  test('a control character among letters is no reason to refuse it', async () => {
    const ctx = await testContext();

    expect((await givenUploadedFile(ctx, csv(['Email', 'Notes'], ['a@example.com', 'a\u0007b\u001A']))).analysis.rowCount).toBe(1);
  });

  test('a long value is shown cut off between two letters', async () => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(ctx, csv(['Email', 'Notes'], ['a@example.com', `${'x'.repeat(58)}👍👍`]));

    expect(batch.analysis.columns[1]?.samples).toEqual([`${'x'.repeat(58)}…`]);
  });

  test('what a spreadsheet did to numbers is said before anything is imported', async () => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(
      ctx,
      csv(['Email', 'Phone'], ['a@example.com', '4,85E+10'], ['b@example.com', '4930123456'], ['c@example.com', 'brak']),
    );

    expect(batch.analysis.warnings.join('\n')).toMatch(
      /“Phone”: 1 number like 4,85E\+10.*\n.*1 number that may have lost a plus sign.*\n.*1 number that can’t be read/u,
    );
  });

  test('lost letters, doubled ids and rows that are too long are said as well', async () => {
    const ctx = await testContext();

    const batch = await givenUploadedFile(ctx, 'Record ID,First Name\n1,Ma\uFFFDgorzata\n1,Anna\n2,Jan,Nowak\n');

    const warnings = batch.analysis.warnings.join('\n');
    expect(warnings).toMatch(/Some letters were lost/u);
    expect(warnings).toMatch(/more than once/u);
    expect(warnings).toMatch(/1 row has more values than the header/u);
  });
});

describe('a file that can’t be imported', () => {
  const refused: readonly [what: string, content: Buffer, message: RegExp][] = [
    ['a workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0]), /Excel workbook.*CSV UTF-8/u],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /old Excel workbook/u],
    ['nothing', Buffer.from(''), /empty/u],
    ['blank lines', Buffer.from('\n \n'), /empty/u],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46]), /not a text file/u],
    ['bytes without a zero', Buffer.from(Array.from({ length: 5000 }, (_, index) => ((index * 7919) % 255) + 1)), /not a text file/u],
    ['a web page that is called a table', Buffer.from('\uFEFF <html><table><tr><td>Email</td></tr></table></html>'), /a web page or XML.*CSV UTF-8/u],
    [
      'a quote without an end',
      Buffer.from(`Email,Notes\na@example.com,"never closed\n${'b@example.com,x\n'.repeat(100_000)}`),
      /quotation mark.*never closed/u,
    ],
  ];

  test.each(refused)('%s is refused in words, and no file is left', async (_what, content, message) => {
    const ctx = await testContext();

    await expect(givenUploadedFile(ctx, content)).rejects.toThrow(message);

    expect(readdirSync(ctx.folder.imports)).toEqual([]);
  });

  test('a file over the limit is refused while it comes', async () => {
    const ctx = await testContext();
    const endless = Readable.from(
      (function* rows() {
        for (;;) yield Buffer.from('a@example.com,Anna\n'.repeat(1000));
      })(),
    );

    await expect(createImport(ctx, { stream: endless, fileName: 'x.csv', maxBytes: 1_000_000 })).rejects.toThrow(/larger than/u);

    expect(readdirSync(ctx.folder.imports)).toEqual([]);
  });
});
