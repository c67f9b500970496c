import { describe, expect, test } from 'vitest';
import { changeContact, createContact, getContact, listContacts, removeContact, touchPeople } from '#server/people/contacts.service.ts';
import { ContactInput, ContactQuery } from '#server/people/people.contract.ts';
import { newId } from '#server/kernel/ids.ts';
import { testClock, testContext } from '#test/support/test-context.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';

async function namesOf(ctx: Awaited<ReturnType<typeof testContext>>, query: object = {}): Promise<string[]> {
  return (await listContacts(ctx, ContactQuery.parse(query))).items.map((contact) => contact.displayName);
}

async function changesOf(ctx: Awaited<ReturnType<typeof testContext>>): Promise<string[]> {
  const rows = await ctx.db.selectFrom('change_log').selectAll().orderBy('seq').execute();
  return rows.map((row) => `${row.entity} ${row.op}`);
}

describe('a contact', () => {
  test('is kept with everything that was typed', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx);

    const contact = await createContact(
      ctx,
      ContactInput.parse({
        firstName: 'Anna',
        lastName: 'Zielińska',
        email: ' Anna.Zielinska@Example.COM '.trim(),
        companyId: company.id,
        jobTitle: 'Tenant',
        language: 'pl',
        country: 'PL',
        phone: '22 123 45 67',
        mobile: '601 234 567',
      }),
    );

    expect(contact).toMatchObject({
      displayName: 'Anna Zielińska',
      email: 'anna.zielinska@example.com',
      company: { id: company.id, name: 'Zielone Tarasy' },
      publishToPhones: true,
      openTickets: 0,
      member: null,
    });
    expect(contact.numbers.map((number) => [number.field, number.e164])).toEqual([
      ['phone', '+48221234567'],
      ['mobile', '+48601234567'],
    ]);
    expect(await getContact(ctx, contact.id)).toEqual(contact);
  });

  test('needs a name, an address or a number', async () => {
    const ctx = await testContext();

    await expect(createContact(ctx, ContactInput.parse({}))).rejects.toMatchObject({ fields: [{ path: 'firstName' }] });
    await expect(createContact(ctx, ContactInput.parse({ phone: '601 234 567' }))).resolves.toMatchObject({ displayName: expect.stringContaining('601') });
  });

  test('can’t take an address that somebody else has, however it is written', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: 'Anna', lastName: 'Nowak', email: 'anna@example.com' });

    const second = givenContact(ctx, { email: 'ANNA@example.com' });

    await expect(second).rejects.toMatchObject({ fields: [{ path: 'email', message: expect.stringContaining('Anna Nowak') }] });
    expect(await ctx.db.selectFrom('contacts').select('id').execute()).toHaveLength(1);
  });

  test('keeps its own address when it is saved again', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { email: 'anna@example.com' });

    await expect(changeContact(ctx, contact.id, { email: 'anna@example.com', firstName: 'Anne' })).resolves.toMatchObject({ firstName: 'Anne' });
  });

  test('is refused whole when one of its values does not fit', async () => {
    const ctx = await testContext();

    await expect(givenContact(ctx, { properties: { unknown: 'x' } })).rejects.toMatchObject({ fields: [{ path: 'properties.unknown' }] });

    expect(await ctx.db.selectFrom('contacts').select('id').execute()).toHaveLength(0);
    expect(await changesOf(ctx)).toEqual([]);
  });

  test('reads its numbers with its own country, else its company’s, else the desk’s', async () => {
    const ctx = await testContext();
    const german = await givenCompany(ctx, { country: 'DE' });

    const own = await givenContact(ctx, { country: 'AT', companyId: german.id, phone: '01 5333433' });
    const companys = await givenContact(ctx, { companyId: german.id, phone: '030 1234567' });
    const desks = await givenContact(ctx, { phone: '601 234 567' });

    expect([own, companys, desks].map((contact) => contact.numbers[0]?.e164)).toEqual(['+4315333433', '+49301234567', '+48601234567']);
  });

  test('has its numbers read anew when its company changes to one abroad', async () => {
    const ctx = await testContext();
    const german = await givenCompany(ctx, { country: 'DE' });
    const contact = await givenContact(ctx, { phone: '030 1234567' });

    const changed = await changeContact(ctx, contact.id, { companyId: german.id });

    expect(changed.numbers[0]).toMatchObject({ raw: '030 1234567', e164: '+49301234567' });
  });

  test('keeps the mobile number when only the other one is changed', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { phone: '22 123 45 67', mobile: '601 234 567' });

    const changed = await changeContact(ctx, contact.id, { phone: '22 765 43 21' });

    expect(new Set(changed.numbers.map((number) => number.e164))).toEqual(new Set(['+48227654321', '+48601234567']));
  });

  test('can’t be left with nothing', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { firstName: 'Anna', lastName: '', phone: '601 234 567' });

    await expect(changeContact(ctx, contact.id, { firstName: '' })).resolves.toMatchObject({ firstName: '' });
    await expect(changeContact(ctx, contact.id, { phone: '' })).rejects.toMatchObject({ fields: [{ path: 'firstName' }] });
  });

  test('tells the change feed once for each change', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx);

    await changeContact(ctx, contact.id, { lastName: 'Kowalska' });
    await removeContact(ctx, contact.id);

    expect(await changesOf(ctx)).toEqual(['contact put', 'contact put', 'contact delete']);
  });

  test('that is not there is said to be missing', async () => {
    const ctx = await testContext();

    await expect(getContact(ctx, newId())).rejects.toMatchObject({ kind: 'not-found' });
    await expect(changeContact(ctx, newId(), { firstName: 'X' })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(removeContact(ctx, newId())).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('the list of contacts', () => {
  test('has the most recently active first', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    const anna = await givenContact(ctx, { firstName: 'Anna', lastName: '' });
    clock.advance(1000);
    await givenContact(ctx, { firstName: 'Ben', lastName: '' });
    await givenContact(ctx, { firstName: 'Cem', lastName: '' });
    clock.advance(1000);

    await touchPeople(ctx, { contactId: anna.id });

    expect(await namesOf(ctx)).toEqual(['Anna', 'Cem', 'Ben']);
    expect(await namesOf(ctx, { search: 'a' })).toEqual(['Anna']);
  });

  test('is not stirred by something that happened before', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    const anna = await givenContact(ctx, { firstName: 'Anna', lastName: '' });
    await givenContact(ctx, { firstName: 'Ben', lastName: '' });

    await touchPeople(ctx, { contactId: anna.id, at: '2020-01-01T00:00:00.000Z' });

    expect(await namesOf(ctx)).toEqual(['Ben', 'Anna']);
  });

  test('comes in pages that meet without gap or overlap', async () => {
    const ctx = await testContext();
    for (let index = 0; index < 7; index += 1) await givenContact(ctx, { firstName: `Person ${index}`, lastName: '' });

    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listContacts(ctx, ContactQuery.parse({ limit: 3, search: 'per', ...(cursor === undefined ? {} : { cursor }) }));
      seen.push(...page.items.map((item) => item.displayName));
      cursor = page.nextCursor;
    } while (cursor !== null);

    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Person ${index}`));
  });

  test('of a company holds its contacts only, also while searching', async () => {
    const ctx = await testContext();
    const one = await givenCompany(ctx, { name: 'One' });
    const two = await givenCompany(ctx, { name: 'Two' });
    await givenContact(ctx, { firstName: 'Anna', lastName: '', companyId: one.id });
    await givenContact(ctx, { firstName: 'Ben', lastName: '', companyId: one.id });
    await givenContact(ctx, { firstName: 'Anna', lastName: 'Two', companyId: two.id });

    expect(await namesOf(ctx, { companyId: one.id })).toEqual(['Ben', 'Anna']);
    expect(await namesOf(ctx, { companyId: one.id, search: 'ann' })).toEqual(['Anna']);
  });
});

describe('removing a contact', () => {
  test('takes them out of search, lists and numbers, and leaves their ticket', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { email: 'anna@example.com', phone: '601 234 567' });

    await removeContact(ctx, contact.id);

    expect(await namesOf(ctx)).toEqual([]);
    expect(await namesOf(ctx, { search: 'anna' })).toEqual([]);
    expect(await ctx.db.selectFrom('phone_numbers').select('id').execute()).toEqual([]);
    await expect(givenContact(ctx, { email: 'anna@example.com' })).resolves.toBeDefined();
  });

  test('stands in the audit log with the name', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { firstName: 'Anna', lastName: 'Nowak' });

    await removeContact(ctx, contact.id);

    const acts = await ctx.db.selectFrom('audit_log').select(['action', 'target_name']).execute();
    expect(acts).toEqual([{ action: 'contact.removed', target_name: 'Anna Nowak' }]);
  });
});
