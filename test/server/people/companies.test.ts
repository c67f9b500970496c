import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { addCompany, changeCompany, findCompanyByName, getCompany, listCompanies, removeCompany } from '#server/people/companies.service.ts';
import { addContact, getContact, listContacts } from '#server/people/contacts.service.ts';
import { CompanyInput, CompanyQuery, ContactInput, ContactQuery } from '#server/people/people.contract.ts';
import { continueRefreshes } from '#server/people/people-refresh.service.ts';
import { inTransaction } from '#server/kernel/context.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

async function found(ctx: Context, search: string): Promise<string[]> {
  return (await listCompanies(ctx, CompanyQuery.parse({ search }))).items.map((company) => company.name);
}

describe('a company', () => {
  test('is found by name, domain, city and number', async () => {
    const ctx = await testContext();
    await addCompany(ctx, CompanyInput.parse({ name: 'Müller & Söhne GmbH', domain: 'mueller-bau.de', country: 'DE', city: 'Köln', phone: '0221 123456' }));
    await givenCompany(ctx, { name: 'Other' });

    for (const typed of ['mueller', 'muller so', 'bau', 'koln', 'Koeln', '0221 12', '+49 221'])
      expect({ typed, names: await found(ctx, typed) }).toEqual({ typed, names: ['Müller & Söhne GmbH'] });
    expect(await found(ctx, '')).toEqual(['Other', 'Müller & Söhne GmbH']);
    expect(await found(ctx, '??')).toEqual([]);
  });

  test('is known by its name, whatever the letter case', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx, { name: 'Villa Nova' });

    expect(await findCompanyByName(ctx, ' villa NOVA ')).toMatchObject({ id: company.id });
    expect(await findCompanyByName(ctx, 'Villa')).toBeUndefined();
  });

  test('that moves abroad has its contacts’ numbers read anew, but not of those with a country of their own', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx, { country: 'PL', phone: '030 1234567' });
    const contact = await givenContact(ctx, { companyId: company.id, phone: '030 7654321' });
    const austrian = await givenContact(ctx, { companyId: company.id, country: 'AT', phone: '01 5333433' });

    const moved = await changeCompany(ctx, company.id, { country: 'DE' });

    expect(moved.numbers[0]?.e164).toBe('+49301234567');
    expect((await getContact(ctx, contact.id)).numbers[0]?.e164).toBe('+49307654321');
    expect((await getContact(ctx, austrian.id)).numbers[0]?.e164).toBe('+4315333433');
  });

  test('that is removed leaves its contacts behind without it', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx, { name: 'Villa Nova', phone: '22 123 45 67' });
    const contact = await givenContact(ctx, { companyId: company.id });

    await removeCompany(ctx, company.id);

    await expect(getCompany(ctx, company.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await getContact(ctx, contact.id)).company).toBeNull();
    expect((await listContacts(ctx, ContactQuery.parse({ search: 'villa' }))).items).toEqual([]);
    expect(await found(ctx, 'villa')).toEqual([]);
    expect(await ctx.db.selectFrom('phone_numbers').select('id').where('owner_kind', '=', 'company').execute()).toEqual([]);
  });

  test('with very many contacts is renamed and removed in the background', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx, { name: 'Old House' });
    await inTransaction(ctx, async (ctx) => {
      for (let index = 0; index < 1100; index += 1) await addContact(ctx, ContactInput.parse({ firstName: `P${index}`, companyId: company.id }));
    });

    await changeCompany(ctx, company.id, { name: 'Villa Nova' });
    await continueRefreshes(ctx, 60_000);
    expect((await listContacts(ctx, ContactQuery.parse({ search: 'house' }))).items).toEqual([]);
    expect((await listContacts(ctx, ContactQuery.parse({ search: 'p0 villa' }))).items).toHaveLength(1);

    await removeCompany(ctx, company.id);
    await continueRefreshes(ctx, 60_000);
    await expect(getCompany(ctx, company.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await ctx.db.selectFrom('contacts').select('id').where('company_id', 'is not', null).execute()).toEqual([]);
    expect(await ctx.db.selectFrom('people_refresh').selectAll().execute()).toEqual([]);
  });
});
