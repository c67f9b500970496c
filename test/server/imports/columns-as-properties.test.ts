import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { getContact, listContacts } from '#server/people/contacts.service.ts';
import { listProperties } from '#server/people/properties.service.ts';
import { csv, imports } from '#test/support/import-builders.ts';
import { testContext } from '#test/support/test-context.ts';

describe('columns that become properties', () => {
  const valuesOf = async (ctx: Context, email: string) => {
    const [found] = (await listContacts(ctx, { search: email, limit: 1 })).items;
    const properties = await listProperties(ctx, 'contact');
    const { properties: values } = await getContact(ctx, found?.id ?? '');
    return Object.fromEntries(properties.flatMap(({ name, label }) => (values[name] === undefined ? [] : [[label, values[name]]])));
  };

  test('stay apart where their names differ in signs or letter case only, also the second time', async () => {
    const ctx = await testContext();
    const file = (...values: string[]) => csv(['Email', 'My prop', 'My-prop', 'my prop', 'my prop (2)'], ['a@example.com', ...values]);

    await imports(ctx, file('1', '2', '3', '4'));
    expect(await valuesOf(ctx, 'a@example.com')).toEqual({ 'My prop': '1', 'My-prop': '2', 'my prop (2)': '3', 'my prop (2) (2)': '4' });

    await imports(ctx, file('5', '6', '7', '8'));
    expect(await valuesOf(ctx, 'a@example.com')).toEqual({ 'My prop': '5', 'My-prop': '6', 'my prop (2)': '7', 'my prop (2) (2)': '8' });
  });

  test('stay apart in scripts that are not Latin, also when they come in different files', async () => {
    const ctx = await testContext();

    await imports(ctx, csv(['Email', 'Этаж', '住所'], ['a@example.com', '3', '東京']));
    await imports(ctx, csv(['Email', 'Дом 1'], ['a@example.com', '7']));
    await imports(ctx, csv(['Email', 'Ключ 1'], ['a@example.com', 'есть']));

    expect(await valuesOf(ctx, 'a@example.com')).toEqual({ Этаж: '3', 住所: '東京', 'Дом 1': '7', 'Ключ 1': 'есть' });
  });

  test('may be called what they like', async () => {
    const ctx = await testContext();

    const batch = await imports(ctx, 'Email,__proto__,constructor\na@example.com,x,y\n');

    expect(batch).toMatchObject({ state: 'done', progress: { created: 1 } });
    expect(await valuesOf(ctx, 'a@example.com')).toEqual({ 'Column 2': 'x', constructor: 'y' });
  });
});
