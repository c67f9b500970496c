import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { findCaller } from '#server/caller-id/caller-id.service.ts';
import { getContact, listContacts } from '#server/people/contacts.service.ts';
import { createList, getList } from '#server/people/lists.service.ts';
import { ContactQuery, type Contact } from '#server/people/people.contract.ts';
import { createProperty, listProperties } from '#server/people/properties.service.ts';
import { addAgent } from '#server/team/team.service.ts';
import { csv, errorFileOf, imports } from '#test/support/import-builders.ts';
import { hubspotExport } from '#test/support/hubspot-export.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

async function everybody(ctx: Context): Promise<Contact[]> {
  const page = await listContacts(ctx, ContactQuery.parse({ limit: 200 }));
  const contacts = await Promise.all(page.items.map((item) => getContact(ctx, item.id)));
  return contacts.sort((left, right) => left.displayName.localeCompare(right.displayName));
}

describe('importing contacts', () => {
  test('brings in names, address, numbers, company, dates and properties, and phones find them at once', async () => {
    const ctx = await testContext();

    const batch = await imports(
      ctx,
      csv(
        [
          'Record ID',
          'First Name',
          'Last Name',
          'Email',
          'Phone Number',
          'Mobile Phone Number',
          'Company Name',
          'Job Title',
          'Create Date',
          'Last Activity Date',
          'Country/Region',
          'Preferred language',
          'Flat number',
        ],
        [
          '1',
          'Małgorzata',
          'Wójcik',
          ' Gosia@Example.com ',
          '22 123 45 67 wew. 12; 22 123 45 68',
          '0 600-100-200',
          'Zielone Tarasy',
          'Zarządca',
          '2020-01-02 10:00',
          '2021-02-03 11:00',
          'Polska',
          'pl',
          '12',
        ],
      ),
    );

    expect(batch).toMatchObject({ state: 'done', problem: null, progress: { created: 1, updated: 0, failed: 0, rowsDone: 1, rowsTotal: 1 } });
    const [contact] = await everybody(ctx);
    expect(contact).toMatchObject({
      firstName: 'Małgorzata',
      lastName: 'Wójcik',
      email: 'gosia@example.com',
      jobTitle: 'Zarządca',
      company: { name: 'Zielone Tarasy' },
      country: 'PL',
      language: 'pl',
      properties: { flat_number: '12' },
      createdAt: '2020-01-02T09:00:00.000Z',
      lastActivityAt: '2021-02-03T10:00:00.000Z',
    });
    expect(contact?.numbers.map((number) => [number.field, number.raw, number.e164, number.extension])).toEqual([
      ['phone', '22 123 45 67 wew. 12', '+48221234567', '12'],
      ['phone', '22 123 45 68', '+48221234568', null],
      ['mobile', '0 600-100-200', '+48600100200', null],
    ]);
    expect((await findCaller(ctx, '+48600100200'))?.display).toBe('Małgorzata Wójcik · Zielone Tarasy');
    expect((await listContacts(ctx, ContactQuery.parse({ search: 'wojc tarasy' }))).items).toHaveLength(1);
  });

  test('again changes nothing and makes nobody twice', async () => {
    const ctx = await testContext();
    const file = hubspotExport({ rows: 300 });

    const first = await imports(ctx, file);
    const before = await everybody(ctx);
    const second = await imports(ctx, file);

    expect(first.progress.created + first.progress.updated).toBe(300);
    expect(second.progress).toMatchObject({ created: 0, updated: 0, unchanged: 300, failed: 0 });
    expect(await everybody(ctx)).toEqual(before);
  });

  test('in another language, encoding and order of rows is still the same people', async () => {
    const ctx = await testContext();
    await imports(ctx, hubspotExport({ rows: 50, language: 'en' }));

    const second = await imports(ctx, hubspotExport({ rows: 50, language: 'pl', encoding: 'windows-1250', delimiter: ';' }));

    expect(second.progress).toMatchObject({ created: 0, failed: 0 });
  });

  test('knows a contact by id, then by address, and joins rows of one contact', async () => {
    const ctx = await testContext();
    const known = await givenContact(ctx, { firstName: 'Anna', email: 'anna@example.com' });

    const batch = await imports(
      ctx,
      csv(
        ['Record ID', 'First Name', 'Last Name', 'Email', 'Phone Number', 'Mobile Phone Number'],
        ['7', 'Anna', 'Zielińska', 'ANNA@example.com', '', ''],
        ['8', 'Jan', 'Kowalski', 'jan@example.com', '22 123 45 67', ''],
        ['8', 'Jan', '', '', '', '600100200'],
        ['', 'Jan', 'Kowalski', 'jan@example.com', '', ''],
      ),
    );
    const again = await imports(ctx, csv(['Record ID', 'Email', 'Last Name'], ['7', 'anna.new@example.com', 'Nowak']));

    expect(batch.progress).toMatchObject({ created: 1, updated: 3 });
    expect(again.progress).toMatchObject({ created: 0, updated: 1 });
    const people = await everybody(ctx);
    expect(people.map((person) => [person.displayName, person.email, person.numbers.map((number) => number.e164)])).toEqual([
      ['Anna Nowak', 'anna.new@example.com', []],
      ['Jan Kowalski', 'jan@example.com', ['+48221234567', '+48600100200']],
    ]);
    expect(people[0]?.id).toBe(known.id);
  });

  test('knows rows without id and address again by what they say', async () => {
    const ctx = await testContext();
    const file = csv(['First Name', 'Phone Number'], ['Anna', '600100200'], ['Jan', '601100200']);
    await imports(ctx, file);

    const again = await imports(ctx, file);

    expect(again.progress).toMatchObject({ created: 0, unchanged: 2 });
  });

  test('an address that is another contact’s is left out and told', async () => {
    const ctx = await testContext();
    await imports(ctx, csv(['Record ID', 'First Name', 'Email'], ['1', 'Anna', 'anna@example.com'], ['2', 'Jan', 'jan@example.com']));

    const batch = await imports(ctx, csv(['Record ID', 'First Name', 'Email'], ['2', 'Jan', 'anna@example.com']));

    expect(batch.progress).toMatchObject({ unchanged: 1, failed: 0 });
    expect(await errorFileOf(ctx, batch.id)).toContain('Another contact has the address anna@example.com');
  });

  const policies = [
    ['take-theirs', ['Ania', 'Zielińska', 'Zarządca', '+48601100200']],
    ['keep-ours', ['Anna', '', 'Prezes', '+48600100200']],
    ['fill-empty', ['Anna', 'Zielińska', 'Prezes', '+48600100200']],
  ] as const;
  test.each(policies)('what is there already is treated as chosen: %s', async (onExisting, expected) => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { firstName: 'Anna', lastName: '', jobTitle: 'Prezes', email: 'anna@example.com', phone: '600100200' });

    await imports(
      ctx,
      csv(['Email', 'First Name', 'Last Name', 'Job Title', 'Phone Number'], ['anna@example.com', 'Ania', 'Zielińska', 'Zarządca', '601100200']),
      { onExisting },
    );

    const after = await getContact(ctx, contact.id);
    expect([after.firstName, after.lastName, after.jobTitle, after.numbers[0]?.e164]).toEqual(expected);
  });

  test('an empty value of the file never erases ours', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { email: 'anna@example.com', jobTitle: 'Prezes', phone: '600100200' });

    const batch = await imports(ctx, csv(['Email', 'Job Title', 'Phone Number'], ['anna@example.com', '', '']));

    expect(batch.progress.unchanged).toBe(1);
    expect(await getContact(ctx, contact.id)).toMatchObject({ jobTitle: 'Prezes', numbers: [{ e164: '+48600100200' }] });
  });

  test('numbers are read with the chosen country, and stay so when the contact is edited later', async () => {
    const ctx = await testContext();

    await imports(ctx, csv(['First Name', 'Phone Number', 'Country/Region'], ['Jürgen', '030 123456', ''], ['Anna', '22 123 45 67', 'PL']), {
      defaultCountry: 'DE',
    });

    const people = await everybody(ctx);
    expect(people.map((person) => [person.firstName, person.country, person.numbers[0]?.e164])).toEqual([
      ['Anna', 'PL', '+48221234567'],
      ['Jürgen', 'DE', '+4930123456'],
    ]);
  });

  test('numbers that can’t be read are kept, counted and listed', async () => {
    const ctx = await testContext();

    const batch = await imports(ctx, csv(['First Name', 'Phone Number'], ['Anna', '4,85E+10'], ['Jan', 'brak'], ['Ola', '600100200']));

    expect(batch.progress).toMatchObject({ created: 3, unreadableNumbers: 2 });
    expect((await everybody(ctx)).map((person) => person.numbers[0]?.raw)).toEqual(['4,85E+10', 'brak', '600100200']);
  });

  test('owners are agents by name or address; a name that is nobody’s is kept as a property', async () => {
    const ctx = await testContext();
    const agent = await addAgent(ctx, { name: 'Łucja Żak', email: 'lucja@example.com', role: 'agent' });

    await imports(ctx, csv(['First Name', 'Contact owner'], ['A', 'lucja zak'], ['B', 'Łucja Żak (lucja@example.com)'], ['C', 'Jan Nieobecny']));

    const rows = await ctx.db.selectFrom('contacts').select(['first_name', 'owner_agent_id']).orderBy('first_name').execute();
    expect(rows.map((row) => row.owner_agent_id)).toEqual([agent.id, agent.id, null]);
    expect((await everybody(ctx)).map((person) => person.properties)).toEqual([{}, {}, { contact_owner: 'Jan Nieobecny' }]);
  });

  test('properties are made once, with the column’s name; values that don’t fit an existing one are told', async () => {
    const ctx = await testContext();
    await createProperty(ctx, { object: 'contact', label: 'Floor', type: 'number', options: [] });
    await createProperty(ctx, { object: 'contact', label: 'Moved in', type: 'date', options: [] });

    const batch = await imports(ctx, csv(['First Name', 'Floor', 'Moved in', 'Dog'], ['Anna', '3', '05.03.2024', 'Burek'], ['Jan', 'third', '', '']));

    expect((await everybody(ctx)).map((person) => person.properties)).toEqual([{ dog: 'Burek', floor: '3', moved_in: '2024-03-05' }, {}]);
    expect(
      (await listProperties(ctx, 'contact'))
        .filter((property) => !property.isBuiltIn)
        .map((property) => property.label)
        .sort(),
    ).toEqual(['Dog', 'Floor', 'Moved in']);
    expect(await errorFileOf(ctx, batch.id)).toMatch(/2,Floor,.*“third” is not a number/u);
  });

  test('companies are found by name or by the address’s domain, and made where they are missing', async () => {
    const ctx = await testContext();
    const acme = await givenCompany(ctx, { name: 'ACME' });
    const beta = await givenCompany(ctx, { name: 'Beta', domain: 'beta.pl' });

    await imports(
      ctx,
      csv(
        ['First Name', 'Email', 'Company Name'],
        ['A', '', 'acme'],
        ['B', 'b@beta.pl', ''],
        ['C', 'c@gmail.com', ''],
        ['D', '', 'New one'],
        ['E', '', 'new one'],
      ),
    );

    const people = await everybody(ctx);
    expect(people.map((person) => person.company?.id ?? null).slice(0, 3)).toEqual([acme.id, beta.id, null]);
    expect(people[3]?.company).toEqual(people[4]?.company);
    expect(people[3]?.company?.name).toBe('New one');
  });

  test('active lists take the newcomers in', async () => {
    const ctx = await testContext();
    const list = await createList(ctx, { kind: 'active', name: 'Managers', filter: { groups: [[{ field: 'jobTitle', operator: 'is', value: 'Zarządca' }]] } });

    await imports(ctx, csv(['First Name', 'Job Title'], ['Anna', 'Zarządca'], ['Jan', 'Prezes']));

    expect((await getList(ctx, list.id)).memberCount).toBe(1);
  });

  test('nobody gets mail because of it', async () => {
    const ctx = await testContext();

    await imports(ctx, hubspotExport({ rows: 50 }));

    expect(await ctx.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });

  test('directories learn of every newcomer', async () => {
    const ctx = await testContext();

    await imports(ctx, csv(['First Name', 'Phone Number'], ['Anna', '600100200'], ['Jan', '601100200']));

    const changes = await ctx.db.selectFrom('change_log').select('entity_id').where('entity', '=', 'contact').where('op', '=', 'put').execute();
    expect(new Set(changes.map((change) => change.entity_id))).toEqual(new Set((await everybody(ctx)).map((person) => person.id)));
  });
});
