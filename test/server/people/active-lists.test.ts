import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { changeCompany, removeCompany } from '#server/people/companies.service.ts';
import { addContact, changeContact, listContacts, removeContact, touchPeople } from '#server/people/contacts.service.ts';
import { changeList, createList, getList } from '#server/people/lists.service.ts';
import { ContactInput, ContactQuery, type List, type ListFilter } from '#server/people/people.contract.ts';
import { continueRefreshes } from '#server/people/people-refresh.service.ts';
import { createProperty } from '#server/people/properties.service.ts';
import { inTransaction } from '#server/kernel/context.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

type Condition = ListFilter['groups'][number][number];

function all(...conditions: readonly Partial<Condition>[]): ListFilter {
  return { groups: [conditions.map((condition) => ({ field: 'firstName', operator: 'is', value: '', ...condition }))] };
}

function given(ctx: Context, name: string, filter: ListFilter): Promise<List> {
  return createList(ctx, { kind: 'active', name, filter });
}

async function membersOf(ctx: Context, list: List): Promise<string[]> {
  const page = await listContacts(ctx, ContactQuery.parse({ listId: list.id, limit: 200 }));
  return page.items.map((contact) => contact.displayName).sort();
}

describe('an active list', () => {
  test('holds whoever fits when it is made, and counts them', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: 'Anna', lastName: 'A', jobTitle: 'Tenant' });
    await givenContact(ctx, { firstName: 'Ben', lastName: 'B', jobTitle: 'Owner' });

    const list = await given(ctx, 'Tenants', all({ field: 'jobTitle', operator: 'is', value: 'tenant' }));

    expect(list).toMatchObject({ memberCount: 1, isUpdating: false });
    expect(await membersOf(ctx, list)).toEqual(['Anna A']);
  });

  test('is joined and left by the change that makes the difference', async () => {
    const ctx = await testContext();
    const list = await given(ctx, 'Tenants', all({ field: 'jobTitle', value: 'Tenant' }));

    const contact = await givenContact(ctx, { firstName: 'Anna', lastName: 'A', jobTitle: 'Tenant' });
    expect(await membersOf(ctx, list)).toEqual(['Anna A']);
    await changeContact(ctx, contact.id, { jobTitle: 'Owner' });
    expect(await membersOf(ctx, list)).toEqual([]);
    await changeContact(ctx, contact.id, { jobTitle: 'Tenant' });
    await removeContact(ctx, contact.id);

    expect(await getList(ctx, list.id)).toMatchObject({ memberCount: 0 });
    expect(await ctx.db.selectFrom('list_members').selectAll().execute()).toEqual([]);
  });

  test('leaves nothing behind when the change is rolled back', async () => {
    const ctx = await testContext();
    const list = await given(ctx, 'Tenants', all({ field: 'jobTitle', value: 'Tenant' }));

    const broken = inTransaction(ctx, async (ctx) => {
      await addContact(ctx, ContactInput.parse({ firstName: 'Anna', jobTitle: 'Tenant' }));
      throw new Error('something later failed');
    });

    await expect(broken).rejects.toThrow('something later failed');
    expect(await membersOf(ctx, list)).toEqual([]);
    expect(await getList(ctx, list.id)).toMatchObject({ memberCount: 0 });
  });

  test('follows a custom property', async () => {
    const ctx = await testContext();
    await createProperty(ctx, { object: 'contact', label: 'Flat number', type: 'number', options: [] });
    const list = await given(ctx, 'Upstairs', all({ field: 'property:flat_number', operator: 'after', value: '9' }));

    await givenContact(ctx, { firstName: 'Up', lastName: '', properties: { flat_number: '10' } });
    await givenContact(ctx, { firstName: 'Down', lastName: '', properties: { flat_number: '2' } });

    expect(await membersOf(ctx, list)).toEqual(['Up']);
  });

  test('follows the company of its contacts: its name, and its going', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx, { name: 'Villa Nova' });
    await givenContact(ctx, { firstName: 'Anna', lastName: 'A', companyId: company.id });
    const list = await given(ctx, 'Villa', all({ field: 'company', operator: 'starts-with', value: 'villa' }));
    expect(await membersOf(ctx, list)).toEqual(['Anna A']);

    await changeCompany(ctx, company.id, { name: 'Casa Nova' });
    expect(await membersOf(ctx, list)).toEqual([]);
    await changeCompany(ctx, company.id, { name: 'Villa Alta' });
    expect(await membersOf(ctx, list)).toEqual(['Anna A']);
    await removeCompany(ctx, company.id);
    expect(await membersOf(ctx, list)).toEqual([]);
  });

  test('follows the last activity', async () => {
    const clock = testClock('2026-03-02T09:00:00.000Z');
    const ctx = await testContext({ clock });
    const contact = await givenContact(ctx, { firstName: 'Anna', lastName: 'A' });
    const list = await given(ctx, 'This April', all({ field: 'lastActivityAt', operator: 'after', value: '2026-03-31' }));
    expect(await membersOf(ctx, list)).toEqual([]);

    clock.advance(40 * 86_400_000);
    await touchPeople(ctx, { contactId: contact.id });

    expect(await membersOf(ctx, list)).toEqual(['Anna A']);
  });

  test('tells the change feed whom it gained and lost, so that phones follow', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { jobTitle: 'Tenant' });
    const before = await ctx.db.selectFrom('change_log').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();

    const list = await given(ctx, 'Tenants', all({ field: 'jobTitle', value: 'Tenant' }));
    await changeList(ctx, list.id, { filter: all({ field: 'jobTitle', value: 'Owner' }) });

    const changes = await ctx.db
      .selectFrom('change_log')
      .selectAll()
      .where('seq', '>', before?.seq ?? 0)
      .where('entity', '=', 'contact')
      .execute();
    expect(changes.map((change) => change.entity_id)).toEqual([contact.id, contact.id]);
  });

  test('over many contacts fills in the background, and misses nobody who changes meanwhile', async () => {
    const ctx = await testContext();
    const ids: string[] = [];
    await inTransaction(ctx, async (ctx) => {
      for (let index = 0; index < 1100; index += 1) {
        ids.push(await addContact(ctx, ContactInput.parse({ firstName: `P${index}`, jobTitle: index % 2 === 0 ? 'Tenant' : 'Owner' })));
      }
    });

    const list = await given(ctx, 'Tenants', all({ field: 'jobTitle', value: 'Tenant' }));
    expect(list).toMatchObject({ isUpdating: true });
    await changeContact(ctx, ids[1099] as string, { jobTitle: 'Tenant' });
    await changeContact(ctx, ids[0] as string, { jobTitle: 'Owner' });
    await continueRefreshes(ctx, 60_000);

    expect(await getList(ctx, list.id)).toMatchObject({ memberCount: 550, isUpdating: false });
    expect(await ctx.db.selectFrom('list_members').select('contact_id').execute()).toHaveLength(550);
  });
});

describe('conditions', () => {
  test.each<[string, Partial<Condition>, string[]]>([
    ['is, whatever the letter case', { field: 'lastName', operator: 'is', value: 'NOWAK' }, ['Anna Nowak']],
    ['is not, also of an empty field', { field: 'jobTitle', operator: 'is-not', value: 'tenant' }, ['Ben Zych', 'Cem Oz']],
    ['contains', { field: 'email', operator: 'contains', value: '@example' }, ['Anna Nowak']],
    ['starts with', { field: 'lastName', operator: 'starts-with', value: 'z' }, ['Ben Zych']],
    ['is empty', { field: 'email', operator: 'is-empty' }, ['Ben Zych', 'Cem Oz']],
    ['is not empty', { field: 'email', operator: 'is-not-empty' }, ['Anna Nowak']],
    ['a number by its beginning, however it is written', { field: 'mobile', operator: 'starts-with', value: '0048 601' }, ['Anna Nowak']],
    ['before', { field: 'createdAt', operator: 'before', value: '2026-03-03' }, ['Anna Nowak', 'Ben Zych']],
    ['after', { field: 'createdAt', operator: 'after', value: '2026-03-02' }, ['Cem Oz']],
    ['on a day', { field: 'createdAt', operator: 'is', value: '2026-03-02' }, ['Anna Nowak', 'Ben Zych']],
    ['a check box', { field: 'publishToPhones', operator: 'is', value: 'no' }, ['Cem Oz']],
    ['a check box nobody touched', { field: 'property:vip', operator: 'is', value: 'false' }, ['Anna Nowak', 'Cem Oz']],
    ['a choice', { field: 'property:floor', operator: 'is', value: 'First' }, ['Ben Zych']],
  ])('%s', async (_, condition, expected) => {
    const clock = testClock('2026-03-02T09:00:00.000Z');
    const ctx = await testContext({ clock });
    await createProperty(ctx, { object: 'contact', label: 'VIP', type: 'checkbox', options: [] });
    await createProperty(ctx, { object: 'contact', label: 'Floor', type: 'choice', options: ['First', 'Second'] });
    await givenContact(ctx, { firstName: 'Anna', lastName: 'Nowak', email: 'anna@example.com', jobTitle: 'Tenant', mobile: '601 234 567' });
    await givenContact(ctx, { firstName: 'Ben', lastName: 'Zych', properties: { vip: 'yes', floor: 'first' } });
    clock.advance(86_400_000);
    await givenContact(ctx, { firstName: 'Cem', lastName: 'Oz', publishToPhones: false });

    expect(await membersOf(ctx, await given(ctx, 'List', all(condition)))).toEqual(expected);
  });

  test('of one group must all hold; of the groups one is enough', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: 'Anna', lastName: 'Nowak', jobTitle: 'Tenant' });
    await givenContact(ctx, { firstName: 'Anna', lastName: 'Zych' });
    await givenContact(ctx, { firstName: 'Ben', lastName: 'Oz' });

    const list = await given(ctx, 'List', {
      groups: [
        [
          { field: 'firstName', operator: 'is', value: 'Anna' },
          { field: 'jobTitle', operator: 'is-empty', value: '' },
        ],
        [{ field: 'lastName', operator: 'is', value: 'Oz' }],
      ],
    });

    expect(await membersOf(ctx, list)).toEqual(['Anna Zych', 'Ben Oz']);
  });

  test.each<[Partial<Condition>, string]>([
    [{ field: 'shoeSize' }, 'filter.groups.0.0.field'],
    [{ field: 'property:gone', value: 'x' }, 'filter.groups.0.0.field'],
    [{ field: 'lastName', operator: 'before', value: 'x' }, 'filter.groups.0.0.operator'],
    [{ field: 'lastName', operator: 'is', value: ' ' }, 'filter.groups.0.0.value'],
    [{ field: 'createdAt', operator: 'before', value: '31.12.2026' }, 'filter.groups.0.0.value'],
    [{ field: 'createdAt', operator: 'before', value: '2026-02-30' }, 'filter.groups.0.0.value'],
  ])('that make no sense are refused at their place: %o', async (condition, path) => {
    const ctx = await testContext();

    await expect(given(ctx, 'List', all(condition))).rejects.toMatchObject({ fields: [{ path }] });
    expect(await ctx.db.selectFrom('lists').select('id').execute()).toEqual([]);
  });
});
