import { describe, expect, test } from 'vitest';
import { changeContact, getContact } from '#server/people/contacts.service.ts';
import { createList } from '#server/people/lists.service.ts';
import type { PropertyInput } from '#server/people/people.contract.ts';
import { changeProperty, createProperty, listProperties, removeProperty } from '#server/people/properties.service.ts';
import { readPropertyValues, writePropertyValues } from '#server/people/property-values.service.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

function property(label: string, type: PropertyInput['type'] = 'text', options: string[] = []): PropertyInput {
  return { object: 'contact', label, type, options };
}

describe('a property', () => {
  test('gets an internal name that nothing else has, built-in ones included', async () => {
    const ctx = await testContext();

    const made = [
      await createProperty(ctx, property('Klient Łódź nr 5')),
      await createProperty(ctx, property('Größe')),
      await createProperty(ctx, property('客户')),
      await createProperty(ctx, property('email')),
      await createProperty(ctx, property('Größe (m²)')),
    ];

    expect(made.map((one) => one.name)).toEqual(['klient_lodz_nr_5', 'grosse', 'property_ad4af312', 'email_2', 'grosse_m2']);
    expect((await listProperties(ctx, 'contact')).filter((one) => one.isBuiltIn).map((one) => one.name)).toContain('email');
  });

  test('can’t be made twice, and a choice needs different options', async () => {
    const ctx = await testContext();
    await createProperty(ctx, property('Floor'));

    await expect(createProperty(ctx, property('FLOOR'))).rejects.toMatchObject({ fields: [{ path: 'label' }] });
    await expect(createProperty(ctx, property('Wing', 'choice'))).rejects.toMatchObject({ fields: [{ path: 'options' }] });
    await expect(createProperty(ctx, property('Wing', 'choice', ['East', 'east']))).rejects.toMatchObject({ fields: [{ path: 'options' }] });
  });

  test.each<[PropertyInput['type'], string, string]>([
    ['text', '  some words ', 'some words'],
    ['number', '1 200,50', '1200.50'],
    ['number', '-3', '-3'],
    ['date', '2026-02-28', '2026-02-28'],
    ['checkbox', 'Yes', 'true'],
    ['checkbox', 'nie', 'false'],
    ['choice', 'EAST', 'East'],
  ])('of type %s keeps %o as %o', async (type, typed, kept) => {
    const ctx = await testContext();
    await createProperty(ctx, property('Field', type, type === 'choice' ? ['East', 'West'] : []));

    const contact = await givenContact(ctx, { properties: { field: typed } });

    expect(contact.properties).toEqual({ field: kept });
  });

  test.each<[PropertyInput['type'], string]>([
    ['number', 'many'],
    ['number', '1.2.3'],
    ['date', '28.02.2026'],
    ['date', '2026-02-30'],
    ['checkbox', 'maybe'],
    ['choice', 'North'],
  ])('of type %s refuses %o and says what would fit', async (type, typed) => {
    const ctx = await testContext();
    await createProperty(ctx, property('Field', type, type === 'choice' ? ['East', 'West'] : []));

    await expect(givenContact(ctx, { properties: { field: typed } })).rejects.toMatchObject({
      fields: [{ path: 'properties.field', message: expect.stringContaining(`“${typed}”`) }],
    });
  });

  test('keeps the values that a change does not name; an empty one is removed', async () => {
    const ctx = await testContext();
    await createProperty(ctx, property('Floor'));
    await createProperty(ctx, property('Wing'));
    const contact = await givenContact(ctx, { properties: { floor: '1', wing: 'East' } });

    await changeContact(ctx, contact.id, { properties: { floor: '2' } });
    expect((await getContact(ctx, contact.id)).properties).toEqual({ floor: '2', wing: 'East' });
    await changeContact(ctx, contact.id, { properties: { wing: '' } });

    expect((await getContact(ctx, contact.id)).properties).toEqual({ floor: '2' });
  });

  test('belongs to one kind of record: tickets have their own', async () => {
    const ctx = await testContext();
    await createProperty(ctx, { object: 'ticket', label: 'Floor', type: 'text', options: [] });

    await writePropertyValues(ctx, { object: 'ticket', recordId: 'ticket-1', values: { floor: '3' } });

    expect(await readPropertyValues(ctx, 'ticket', ['ticket-1', 'ticket-2'])).toEqual(
      new Map([
        ['ticket-1', { floor: '3' }],
        ['ticket-2', {}],
      ]),
    );
    await expect(givenContact(ctx, { properties: { floor: '3' } })).rejects.toMatchObject({ fields: [{ path: 'properties.floor' }] });
  });

  test('may be renamed and get other choices; what was chosen stays', async () => {
    const ctx = await testContext();
    const made = await createProperty(ctx, property('Wing', 'choice', ['East', 'West']));
    const contact = await givenContact(ctx, { properties: { wing: 'East' } });

    const changed = await changeProperty(ctx, made.id, { label: 'Part of the house', options: ['North'] });

    expect(changed).toMatchObject({ name: 'wing', label: 'Part of the house', options: ['North'] });
    expect((await getContact(ctx, contact.id)).properties).toEqual({ wing: 'East' });
    await expect(changeProperty(ctx, made.id, { options: [] })).rejects.toMatchObject({ fields: [{ path: 'options' }] });
  });

  test('that is removed takes its values along, and its name is free again', async () => {
    const ctx = await testContext();
    const made = await createProperty(ctx, property('Floor'));
    const contact = await givenContact(ctx, { properties: { floor: '1' } });

    await removeProperty(ctx, made.id);

    expect((await getContact(ctx, contact.id)).properties).toEqual({});
    expect(await ctx.db.selectFrom('property_values').selectAll().execute()).toEqual([]);
    await expect(createProperty(ctx, property('Floor'))).resolves.toMatchObject({ name: 'floor' });
  });

  test('that a list asks about can’t go', async () => {
    const ctx = await testContext();
    const made = await createProperty(ctx, property('Floor'));
    await createList(ctx, { kind: 'active', name: 'First floor', filter: { groups: [[{ field: 'property:floor', operator: 'is', value: '1' }]] } });

    await expect(removeProperty(ctx, made.id)).rejects.toMatchObject({ code: 'property-in-use', message: expect.stringContaining('First floor') });
  });
});
