import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { changeCompany } from '#server/people/companies.service.ts';
import { changeContact, listContacts } from '#server/people/contacts.service.ts';
import { createList } from '#server/people/lists.service.ts';
import { ContactQuery } from '#server/people/people.contract.ts';
import { nationalDigits, searchExpression } from '#server/people/people-search.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

async function found(ctx: Context, search: string, more: object = {}): Promise<string[]> {
  return (await listContacts(ctx, ContactQuery.parse({ search, ...more }))).items.map((contact) => contact.displayName);
}

async function deskWith(...names: readonly (readonly [first: string, last: string])[]): Promise<Context> {
  const ctx = await testContext();
  for (const [firstName, lastName] of names) await givenContact(ctx, { firstName, lastName });
  return ctx;
}

describe('searching as one types', () => {
  test('a word is found from its first letter on', async () => {
    const ctx = await deskWith(['Anna', 'Nowak'], ['Piotr', 'Zych']);

    for (const typed of ['n', 'no', 'nowa', 'nowak', 'NOWAK', ' nowak '])
      expect({ typed, names: await found(ctx, typed) }).toEqual({ typed, names: ['Anna Nowak'] });
    expect(await found(ctx, 'owak')).toEqual([]);
  });

  test('every word that is typed must begin one of the contact’s', async () => {
    const ctx = await deskWith(['Anna', 'Nowak'], ['Anna', 'Zych']);

    expect(await found(ctx, 'an no')).toEqual(['Anna Nowak']);
    expect(await found(ctx, 'nowak an')).toEqual(['Anna Nowak']);
    expect(await found(ctx, 'anna kowal')).toEqual([]);
  });

  test.each([
    ['Zielińska', ['Zielinska', 'zieliń', 'ZIELIN']],
    ['Łódzki', ['lodzki', 'łódz', 'Lodz']],
    ['Müller', ['Müller', 'Mueller', 'Muller', 'mü', 'muel', 'mull']],
    ['Mueller', ['Müller', 'Mueller', 'Muller', 'muel', 'mül']],
    ['Muller', ['Müller', 'Mueller', 'Muller']],
    ['Groß', ['gross', 'Groß', 'GROSS']],
    ['Jørgensen', ['Jorgensen', 'Joergensen', 'jør']],
    ['O’Brien', ['obrien', "o'brien", 'brien', 'O’Brien']],
    ['Kowalska-Nowak', ['kowalska', 'nowak', 'kowalska-nowak', 'kowalska nowak']],
    ['Øien', ['oien']],
    ['Дмитрий', ['дмитрий', 'ДМ']],
  ])('%s is found by every way to write it', async (name, typings) => {
    const ctx = await deskWith(['X', name], ['Y', 'Somebody']);

    for (const typed of typings) expect({ typed, names: await found(ctx, typed) }).toEqual({ typed, names: [`X ${name}`] });
  });

  test('an address is found by its parts and whole', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: 'A', lastName: 'B', email: 'anna.nowak+desk@zielone-tarasy.pl' });

    for (const typed of ['anna.nowak', 'anna.nowak+desk@zielone-tarasy.pl', 'anna.nowak@', '@zielone', 'tarasy', 'anna.nowak+desk@ziel']) {
      expect({ typed, names: await found(ctx, typed) }).toEqual({ typed, names: ['A B'] });
    }
    expect(await found(ctx, 'ann.nowak@zielone')).toEqual([]);
  });

  test.each([
    ['601 234 567', ['6', '601', '601 2', '601234567', '+48 601', '0048601234', '48601', '(601) 234-567', '0601234567', 'anna 601 234']],
    ['+49 30 1234567', ['030 123', '0301234567', '30 123', '+49 (0)30 1234', '4930', '0049 30']],
    ['+39 06 698 12345', ['+39 06 698', '0669812345', '06 698', '3906698']],
  ])('%s is found by its digits from the start', async (phone, typings) => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: 'Anna', lastName: 'B', phone });
    await givenContact(ctx, { firstName: 'Else', lastName: 'C', phone: '22 555 44 33' });

    for (const typed of typings) expect({ typed, names: await found(ctx, typed) }).toEqual({ typed, names: ['Anna B'] });
  });

  test('digits in the middle of a number find nobody', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { phone: '601 234 567' });

    expect(await found(ctx, '234567')).toEqual([]);
  });

  test('a name with numbers in it is found', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx, { name: 'Biuro 24 7' });
    await givenContact(ctx, { firstName: 'Anna', lastName: 'B', companyId: company.id });

    for (const typed of ['biuro 24', 'biuro 24 7', '24 7 biuro']) expect({ typed, names: await found(ctx, typed) }).toEqual({ typed, names: ['Anna B'] });
  });

  test.each(['"', '*', '" OR "', 'a" OR "b', 'NEAR(a b)', '-anna', '{text}: x', '!!!', "'; drop table contacts", '\uE000', 'AND', 'a'.repeat(200)])(
    'what means something to the search engine is only text: %s',
    async (typed) => {
      const ctx = await deskWith(['Zoe', 'Quill']);

      expect(await found(ctx, typed)).toEqual([]);
    },
  );

  test('a change is found at once, and what was before is not', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { firstName: 'Anna', lastName: 'Nowak', phone: '601 234 567' });

    await changeContact(ctx, contact.id, { lastName: 'Zych', phone: '602 000 111' });

    expect(await found(ctx, 'nowak')).toEqual([]);
    expect(await found(ctx, '601')).toEqual([]);
    expect(await found(ctx, 'zych 602')).toEqual(['Anna Zych']);
  });

  test('contacts are found by their company’s new name', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx, { name: 'Old House' });
    await givenContact(ctx, { firstName: 'Anna', lastName: 'B', companyId: company.id });

    await changeCompany(ctx, company.id, { name: 'Villa Nova' });

    expect(await found(ctx, 'villa')).toEqual(['Anna B']);
    expect(await found(ctx, 'house')).toEqual([]);
  });

  test('a search stays within a list', async () => {
    const ctx = await testContext();
    const inside = await givenContact(ctx, { firstName: 'Anna', lastName: 'Inside' });
    await givenContact(ctx, { firstName: 'Anna', lastName: 'Outside' });
    const list = await createList(ctx, { kind: 'static', name: 'Tenants', contactIds: [inside.id] });

    expect(await found(ctx, 'anna', { listId: list.id })).toEqual(['Anna Inside']);
    expect((await listContacts(ctx, ContactQuery.parse({ listId: list.id }))).items).toHaveLength(1);
  });
});

test('the national part of a number follows its calling code', () => {
  expect(['+48601234567', '+4930123456', '+14155550123', '+390669812345', '+3581234567'].map(nationalDigits)).toEqual([
    '601234567',
    '30123456',
    '4155550123',
    '0669812345',
    '1234567',
  ]);
});

test('nothing searchable asks for nothing, and no question asks for all', () => {
  expect(searchExpression({ search: '?!' })).toBeUndefined();
  expect(searchExpression({ search: '' })).toBeUndefined();
  expect(searchExpression({ search: 'anna', listId: 'abc-1' })).toBe('"anna"* AND "\uE000abc1"');
});
