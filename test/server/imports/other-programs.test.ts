import { expect, test } from 'vitest';
import { getContact, listContacts } from '#server/people/contacts.service.ts';
import { csv, givenUploadedFile, imports } from '#test/support/import-builders.ts';
import { testContext } from '#test/support/test-context.ts';

// Columns as Google and Outlook name them when they export contacts.

test('Google: labels are no properties, further numbers and addresses are kept, each as one', async () => {
  const ctx = await testContext();

  const batch = await imports(
    ctx,
    csv(
      ['First Name', 'Last Name', 'Organization Name', 'Organization Title', 'E-mail 1 - Label', 'E-mail 1 - Value', 'Phone 1 - Label', 'Phone 1 - Value'],
      ['Jan', 'Nowak', 'ACME', 'Roofer', '* Work', 'jan@acme.pl ::: jan@home.pl', 'Mobile', '+48 600 100 200 ::: 601 100 200'],
    ),
  );

  expect(batch).toMatchObject({ object: 'contacts', progress: { created: 1, failed: 0 } });
  const [found] = (await listContacts(ctx, { search: 'jan@acme.pl', limit: 1 })).items;
  const contact = await getContact(ctx, found?.id ?? '');
  expect(contact).toMatchObject({ jobTitle: 'Roofer', company: { name: 'ACME' }, properties: { additional_emails: 'jan@home.pl' } });
  expect(contact.numbers.map(({ raw, e164 }) => [raw, e164])).toEqual([
    ['+48 600 100 200', '+48600100200'],
    ['601 100 200', '+48601100200'],
  ]);
});

const outlook: readonly (readonly string[])[] = [
  ['First Name', 'Last Name', 'Company', 'Job Title', 'E-mail Address', 'Business Phone', 'Mobile Phone', 'Home Phone'],
  ['Imię', 'Nazwisko', 'Firma', 'Stanowisko', 'Adres e-mail', 'Telefon (praca)', 'Telefon komórkowy', 'Telefon domowy'],
  ['Vorname', 'Nachname', 'Firma', 'Position', 'E-Mail-Adresse', 'Telefon geschäftlich', 'Mobiltelefon', 'Telefon privat'],
  ['Given Name', 'Family Name', 'Organization 1 - Name', 'Organization 1 - Title', 'E-mail 1 - Value', 'Phone 1 - Value', 'Phone 2 - Value', 'Phone 3 - Value'],
];

test.each(outlook)('Outlook and the older Google: %s and the columns beside it', async (...header) => {
  const batch = await givenUploadedFile(await testContext(), csv(header, ['Jan', 'Nowak', 'ACME', 'Roofer', 'jan@acme.pl', '221234567', '600100200', '']));

  expect(batch.object).toBe('contacts');
  expect(batch.analysis.columns.map((column) => column.target)).toEqual([
    'firstName',
    'lastName',
    'companyName',
    'jobTitle',
    'email',
    'phone',
    'mobile',
    'otherPhone',
  ]);
});
