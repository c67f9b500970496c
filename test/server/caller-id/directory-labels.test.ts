import { describe, expect, test } from 'vitest';
import { labelsFor } from '#server/caller-id/directory-labels.service.ts';
import type { Context } from '#server/kernel/context.ts';
import { createList } from '#server/people/lists.service.ts';
import { markNumber } from '#server/phone-numbers/number-upkeep.service.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

const everybody = { listIds: null };

async function label(ctx: Context, e164: string, listIds: readonly string[] | null = null): Promise<string | null | undefined> {
  const found = (await labelsFor(ctx, [e164], { listIds })).get(e164);
  return found === null ? null : found?.label;
}

describe('what phones are given for a number beforehand', () => {
  test('a person with their company; a company; nothing for nobody', async () => {
    const ctx = await testContext();
    const acme = await givenCompany(ctx, { name: 'ACME', phone: '22 123 45 67' });
    const anna = await givenContact(ctx, { phone: '600 100 200', mobile: '0048 600100200', companyId: acme.id });

    const labels = await labelsFor(ctx, ['+48600100200', '+48221234567', '+48601100200'], everybody);

    expect(labels).toEqual(
      new Map([
        ['+48600100200', { label: 'Anna Nowak · ACME', contactId: anna.id, kind: 'person', cardName: 'Anna Nowak · ACME' }],
        ['+48221234567', { label: 'ACME', contactId: acme.id, kind: 'company', cardName: 'ACME' }],
        ['+48601100200', null],
      ]),
    );
  });

  test('a shared number names its company and how many there are, and is no one person’s', async () => {
    const ctx = await testContext();
    const acme = await givenCompany(ctx, { name: 'ACME' });
    for (const firstName of ['Anna', 'Jan', 'Ola']) await givenContact(ctx, { firstName, phone: '22 123 45 67', companyId: acme.id });

    const [found] = [...(await labelsFor(ctx, ['+48221234567'], everybody)).values()];

    expect(found?.label).toMatch(/^ACME: \p{L}+, \p{L}+ \+1$/u);
    expect(found?.contactId).toBe(acme.id);
  });

  test('a pinned person is the one', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: 'Jan', phone: '600 100 200' });
    const anna = await givenContact(ctx, { phone: '600 100 200' });
    await markNumber(ctx, anna.numbers[0]?.id ?? 0, { isPinned: true });

    expect(await label(ctx, '+48600100200')).toBe('Anna Nowak');
  });

  test('who must not be published is never named, nor is a number they share passed off as another’s', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: 'Secret', phone: '600 100 200', publishToPhones: false });
    expect(await label(ctx, '+48600100200')).toBeNull();

    await givenContact(ctx, { firstName: 'Jan', phone: '600 100 200' });
    expect(await label(ctx, '+48600100200')).toBe('Jan +1');
  });

  test('a phone with chosen lists has their people only, and knows when a number is not theirs alone', async () => {
    const ctx = await testContext();
    const anna = await givenContact(ctx, { phone: '600 100 200' });
    await givenContact(ctx, { firstName: 'Jan', phone: '600 100 200', mobile: '601 100 200' });
    await givenCompany(ctx, { name: 'ACME', phone: '22 123 45 67' });
    const list = await createList(ctx, { kind: 'static', name: 'Ours', contactIds: [anna.id] });

    expect(await label(ctx, '+48600100200', [list.id])).toBe('Anna +1');
    expect(await label(ctx, '+48601100200', [list.id])).toBeNull();
    expect(await label(ctx, '+48221234567', [list.id])).toBeNull();
    expect(await label(ctx, '+48600100200', [])).toBeNull();
  });

  test('somebody known by an address only has no name to show', async () => {
    const ctx = await testContext();
    await givenContact(ctx, { firstName: '', lastName: '', email: 'biuro@acme.pl', phone: '600 100 200' });

    expect(await label(ctx, '+48600100200')).toBeNull();
  });

  test('nothing asked is nothing read', async () => {
    const ctx = await testContext();

    expect(await labelsFor(ctx, [], everybody)).toEqual(new Map());
  });
});
