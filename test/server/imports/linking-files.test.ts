import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { listDeals } from '#server/people/deals.service.ts';
import { DealQuery } from '#server/people/people.contract.ts';
import { ensureTicketDefaults } from '#server/tickets/ticket-defaults.service.ts';
import { csv, errorFileOf, imports } from '#test/support/import-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

const companies = csv(
  ['Record ID', 'Company name', 'Company Domain Name', 'Phone Number', 'City'],
  ['901', 'ACME', 'acme.pl', '22 123 45 67', 'Łódź'],
  ['902', 'Beta', '', '', ''],
);
const contacts = csv(
  ['Record ID', 'First Name', 'Email', 'Associated Company IDs', 'Primary Associated Company ID'],
  ['1', 'Anna', 'anna@example.com', '902;901', '901'],
  ['2', 'Jan', 'jan@example.com', '902', ''],
  ['3', 'Ola', '', '999', ''],
);
const tickets = csv(
  ['Ticket ID', 'Ticket name', 'Ticket status', 'Associated Contact', 'Associated Contact IDs', 'Associated Company IDs'],
  ['51', 'Heating', 'New', 'Anna (anna@example.com)', '1', '901'],
  ['52', 'Lift', 'New', 'Jan (jan@example.com)', '', ''],
  ['53', 'Nobody’s', 'New', '', '', ''],
);
const deals = csv(
  ['Record ID', 'Deal Name', 'Deal Stage', 'Amount', 'Close Date', 'Associated Contact IDs', 'Associated Company IDs (Primary)'],
  ['71', 'New floor', 'Proposal', '12 400,00 zł', '2024-05-01', '1;2', '901'],
  ['72', 'Old floor', 'Closed lost', '', '', '', ''],
);
const files = { companies, contacts, tickets, deals };
type File = keyof typeof files;

/** Who belongs to whom, by names. */
async function links(ctx: Context) {
  const people = await ctx.db
    .selectFrom('contacts')
    .leftJoin('companies', 'companies.id', 'contacts.company_id')
    .select(['contacts.first_name', 'companies.name'])
    .orderBy('contacts.first_name')
    .execute();
  const cases = await ctx.db
    .selectFrom('tickets')
    .leftJoin('contacts', 'contacts.id', 'tickets.contact_id')
    .leftJoin('companies', 'companies.id', 'tickets.company_id')
    .select(['tickets.subject', 'contacts.first_name', 'companies.name'])
    .orderBy('tickets.subject')
    .execute();
  const sales = await ctx.db
    .selectFrom('deals')
    .leftJoin('companies', 'companies.id', 'deals.company_id')
    .leftJoin('deal_contacts', 'deal_contacts.deal_id', 'deals.id')
    .leftJoin('contacts', 'contacts.id', 'deal_contacts.contact_id')
    .select(['deals.name as deal', 'contacts.first_name', 'companies.name'])
    .orderBy('deals.name')
    .orderBy('contacts.first_name')
    .execute();
  return [people, cases, sales].map((rows) => rows.map((row) => Object.values(row).join(' / ')));
}

describe('files that name each other’s records', () => {
  const orders: readonly File[][] = [
    ['companies', 'contacts', 'tickets', 'deals'],
    ['deals', 'tickets', 'contacts', 'companies'],
    ['tickets', 'companies', 'deals', 'contacts'],
  ];

  test.each(orders)('are linked in the order %s, %s, %s, %s', async (...order) => {
    const ctx = await testContext();
    await ensureTicketDefaults(ctx);

    for (const file of order) expect((await imports(ctx, files[file])).problem).toBeNull();

    const [people, cases, sales] = await links(ctx);
    expect(people).toEqual(['Anna / ACME', 'Jan / Beta', 'Ola / ']);
    // A ticket that names its contact by address only is linked when the contact is there first.
    const jans = order.indexOf('contacts') < order.indexOf('tickets') ? 'Lift / Jan / Beta' : 'Lift /  / ';
    expect(cases).toEqual(['Heating / Anna / ACME', jans, 'Nobody’s /  / ']);
    expect(sales).toEqual(['New floor / Anna / ACME', 'New floor / Jan / ACME', 'Old floor /  / ']);
    expect((await ctx.db.selectFrom('import_links').select('external_id').execute()).map((link) => link.external_id)).toEqual(['999']);
  });

  test('make no second company of one that was named by a contact before', async () => {
    const ctx = await testContext();
    await imports(ctx, csv(['Record ID', 'First Name', 'Company Name', 'Associated Company IDs'], ['1', 'Anna', 'ACME', '901']));

    const batch = await imports(ctx, companies);

    expect(batch.progress).toMatchObject({ created: 1, updated: 1 });
    const rows = await ctx.db.selectFrom('companies').select(['name', 'domain', 'city']).orderBy('name').execute();
    expect(rows).toEqual([
      { name: 'ACME', domain: 'acme.pl', city: 'Łódź' },
      { name: 'Beta', domain: null, city: null },
    ]);
  });
});

describe('importing companies', () => {
  test('knows one by id, then by domain, then by name; other ids are other companies', async () => {
    const ctx = await testContext();
    const byDomain = await givenCompany(ctx, { name: 'ACME Poland', domain: 'acme.pl' });
    const byName = await givenCompany(ctx, { name: 'Beta' });
    await imports(ctx, companies);

    const batch = await imports(
      ctx,
      csv(['Record ID', 'Company name', 'Company Domain Name'], ['901', 'ACME SA', ''], ['903', 'Beta', ''], ['904', 'ACME DE', 'acme.pl']),
    );

    expect(batch.progress).toMatchObject({ created: 2, updated: 1 });
    const rows = await ctx.db.selectFrom('companies').select(['id', 'name']).execute();
    expect(rows.find((row) => row.id === byDomain.id)?.name).toBe('ACME SA');
    expect(rows.find((row) => row.id === byName.id)?.name).toBe('Beta');
    expect(rows).toHaveLength(4);
  });

  test('again changes nothing', async () => {
    const ctx = await testContext();
    await imports(ctx, companies);

    expect((await imports(ctx, companies)).progress).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  test('a row without a name is named by its domain; without either it is refused', async () => {
    const ctx = await testContext();

    const batch = await imports(ctx, csv(['Company name', 'Company Domain Name'], ['', 'https://www.acme.pl/'], ['', 'nonsense']), { object: 'companies' });

    expect(batch.progress).toMatchObject({ created: 1, failed: 1 });
    expect((await ctx.db.selectFrom('companies').select('name').executeTakeFirst())?.name).toBe('acme.pl');
    expect(await errorFileOf(ctx, batch.id)).toContain('There is neither a name nor a domain in this row.');
  });
});

describe('importing deals', () => {
  test('brings in amount, currency, stage and whether it is open, with the old dates', async () => {
    const ctx = await testContext();

    const batch = await imports(
      ctx,
      csv(
        ['Record ID', 'Deal Name', 'Deal Stage', 'Amount', 'Currency', 'Close Date', 'Create Date', 'Deal owner', 'Pipeline'],
        ['1', 'Roof', 'Proposal', '1,200.50', 'EUR', '2024-05-01', '2023-01-02 10:00', 'Jan', 'Sales'],
        ['2', 'Door', 'Zamknięte wygrane', '300', '', '', '', '', ''],
      ),
    );

    const items = (await listDeals(ctx, DealQuery.parse({}))).items.sort((left, right) => left.name.localeCompare(right.name));
    expect(items).toMatchObject([
      { name: 'Door', value: { amount: '300', currency: 'PLN' }, isOpen: false, stage: 'Zamknięte wygrane' },
      { name: 'Roof', value: { amount: '1200.50', currency: 'EUR' }, isOpen: true, closeDate: '2024-05-01', createdAt: '2023-01-02T09:00:00.000Z' },
    ]);
    expect(batch.progress.notes).toEqual(['Amounts without a currency are taken to be in PLN.']);
  });

  test('again updates what changed', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { email: 'anna@example.com' });
    await imports(ctx, deals);

    const same = await imports(ctx, deals);
    const later = await imports(
      ctx,
      csv(['Record ID', 'Deal Name', 'Deal Stage', 'Amount', 'Associated Contact'], ['71', 'New floor', 'Closed won', '13000', 'Anna (anna@example.com)']),
    );

    expect(same.progress).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(later.progress).toMatchObject({ created: 0, updated: 1 });
    const deal = (await listDeals(ctx, DealQuery.parse({}))).items.find((item) => item.name === 'New floor');
    expect(deal).toMatchObject({ value: { amount: '13000', currency: 'PLN' }, isOpen: false, stage: 'Closed won' });
    expect(deal?.contactIds).toHaveLength(1);
  });
});
