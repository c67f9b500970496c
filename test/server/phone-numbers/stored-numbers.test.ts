import { describe, expect, test } from 'vitest';
import { inTransaction, type Context } from '#server/kernel/context.ts';
import { listContacts } from '#server/people/contacts.service.ts';
import { ContactQuery, type NumberProblem } from '#server/people/people.contract.ts';
import { metadataVersion } from '#server/phone-numbers/phone-number.ts';
import { fixNumber, markNumber, readAllAgain } from '#server/phone-numbers/number-upkeep.service.ts';
import { unreadableNumbers } from '#server/phone-numbers/phone-numbers.queries.ts';
import { numbersOf, removeNumbers, replaceNumbers, type NumberOwner } from '#server/phone-numbers/phone-numbers.service.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const anna: NumberOwner = { kind: 'contact', id: 'anna' };

async function write(ctx: Context, phone: string, owner = anna) {
  await inTransaction(ctx, (ctx) => replaceNumbers(ctx, owner, [{ field: 'phone', raw: phone }], { country: 'PL' }));
  return (await numbersOf(ctx, owner.kind, [owner.id])).get(owner.id) ?? [];
}

async function keys(ctx: Context): Promise<string[]> {
  return (await ctx.db.selectFrom('number_keys').select('key').orderBy('key').execute()).map((row) => row.key);
}

describe('numbers as they are kept', () => {
  test('what was typed stays as it was, beside what was understood', async () => {
    const ctx = await testContext();

    const [number] = await write(ctx, ' 0048 (22) 123-45-67 wew. 12 ');

    expect(number).toMatchObject({ raw: '0048 (22) 123-45-67 wew. 12', kind: 'e164', e164: '+48221234567', extension: '12', display: '22 123 45 67 ext. 12' });
  });

  test('numbers abroad are shown in international form', async () => {
    const ctx = await testContext();

    expect((await write(ctx, '+493012345678'))[0]?.display).toBe('+49 30 12345678');
  });

  test('each number is found by its keys, and by no key of fewer than nine digits that callers share', async () => {
    const ctx = await testContext();

    await write(ctx, '600 100 200; 22 123 45 67 wew. 12; +52 55 1234 5678; 101; 19115; 4,85E+10; anonymous');

    expect(await keys(ctx)).toEqual([
      'a:5215512345678',
      'e:48600100200',
      'e:525512345678',
      'int:101',
      'n:221234567',
      'n:5512345678',
      'n:600100200',
      'short:PL:19115',
      'x:48221234567#12',
    ]);
  });

  test('writing the same again changes nothing; leaving a field out removes it with its keys', async () => {
    const ctx = await testContext();
    const before = await write(ctx, '600 100 200');

    const again = await inTransaction(ctx, (ctx) => replaceNumbers(ctx, anna, [{ field: 'phone', raw: '600 100 200' }], { country: 'PL' }));
    const after = (await numbersOf(ctx, 'contact', ['anna'])).get('anna');
    const emptied = await inTransaction(ctx, (ctx) => replaceNumbers(ctx, anna, [], { country: 'PL' }));

    expect(again).toBe(false);
    expect(after).toEqual(before);
    expect(emptied).toBe(true);
    expect(await keys(ctx)).toEqual([]);
  });

  test('another country reads the same digits as another number', async () => {
    const ctx = await testContext();
    await write(ctx, '030 123456');

    await inTransaction(ctx, (ctx) => replaceNumbers(ctx, anna, [{ field: 'phone', raw: '030 123456' }], { country: 'DE' }));

    expect((await numbersOf(ctx, 'contact', ['anna'])).get('anna')?.[0]?.e164).toBe('+4930123456');
  });

  test('removing the owner’s numbers removes their keys', async () => {
    const ctx = await testContext();
    await write(ctx, '600100200');

    await inTransaction(ctx, (ctx) => removeNumbers(ctx, anna));

    expect(await keys(ctx)).toEqual([]);
    expect(await numbersOf(ctx, 'contact', ['anna'])).toEqual(new Map());
  });
});

describe('numbers that can’t be read', () => {
  test('are listed oldest first with their owner, the reason and a suggestion, page by page', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { phone: '4930123456', mobile: '4,85E+10' });
    const company = await givenCompany(server.ctx, { name: 'ACME', phone: '22 123 45 6' });

    const first = (await server.asConsole('GET', '/numbers/problems?limit=2')).json<{ items: NumberProblem[]; total: number; nextCursor: string }>();
    const second = (await server.asConsole('GET', `/numbers/problems?limit=2&cursor=${first.nextCursor}`)).json<{ items: NumberProblem[]; nextCursor: null }>();

    expect(first.total).toBe(3);
    expect(first.items.map((item) => [item.owner.id, item.owner.name, item.number.raw, item.number.suggestion])).toEqual([
      [contact.id, 'Anna Nowak', '4930123456', '+4930123456'],
      [contact.id, 'Anna Nowak', '4,85E+10', null],
    ]);
    expect(first.items[0]?.explanation).toMatch(/lost its plus sign/u);
    expect(second.items.map((item) => item.owner)).toEqual([{ kind: 'company', id: company.id, name: 'ACME' }]);
    expect(second.nextCursor).toBeNull();
  });

  test('the list walks an index, never the table', async () => {
    const ctx = await testContext();

    const details = ctx.hot.plan(unreadableNumbers).join('\n');

    expect(details).toContain('phone_numbers_unreadable');
    expect(details).not.toContain('SCAN');
  });

  test('accepting the suggestion mends the number everywhere at once', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { phone: '600100200; 4930123456', mobile: '601 100 200' });
    const number = contact.numbers.find((candidate) => candidate.kind === 'unreadable');

    const fixed = await server.asConsole('POST', `/numbers/${number?.id}/fix`, { raw: number?.suggestion });

    expect(fixed.statusCode).toBe(200);
    expect(fixed.json()).toMatchObject({ raw: '+4930123456', kind: 'e164', e164: '+4930123456', field: 'phone' });
    const numbers = (await numbersOf(server.ctx, 'contact', [contact.id])).get(contact.id);
    expect(numbers?.map((candidate) => candidate.e164)).toEqual(['+48600100200', '+4930123456', '+48601100200']);
    expect((await listContacts(server.ctx, ContactQuery.parse({ search: '+4930123456' }))).items).toHaveLength(1);
    const changes = await server.ctx.db.selectFrom('change_log').selectAll().where('entity_id', '=', contact.id).execute();
    expect(changes.length).toBeGreaterThan(1);
  });

  test('a person may insist on a number no plan knows yet, and it stays when the contact is changed', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { phone: '+48 109 123 456' });
    const [number] = contact.numbers;

    const insisted = await fixNumber(ctx, number?.id ?? 0, '+48109123456');
    await inTransaction(ctx, (ctx) =>
      replaceNumbers(
        ctx,
        { kind: 'contact', id: contact.id },
        [
          { field: 'phone', raw: '+48109123456' },
          { field: 'mobile', raw: '600100200' },
        ],
        { country: 'PL' },
      ),
    );

    expect(number?.kind).toBe('unreadable');
    expect(insisted).toMatchObject({ kind: 'e164', e164: '+48109123456' });
    const after = (await numbersOf(ctx, 'contact', [contact.id])).get(contact.id);
    expect(after?.map((candidate) => candidate.e164)).toEqual(['+48109123456', '+48600100200']);
  });

  test('a mend that is still no number is kept as typed and says why', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { phone: '4,85E+10' });

    const fixed = await server.asConsole('POST', `/numbers/${contact.numbers[0]?.id}/fix`, { raw: '22 123' });
    const empty = await server.asConsole('POST', `/numbers/${fixed.json<{ id: number }>().id}/fix`, { raw: '  ' });
    const gone = await server.asConsole('POST', '/numbers/999999/fix', { raw: '600100200' });

    expect(fixed.json()).toMatchObject({ raw: '22 123', kind: 'internal' });
    expect(empty.statusCode).toBe(400);
    expect(gone.statusCode).toBe(404);
  });
});

describe('what only a person knows of a number', () => {
  test('marks stay when the contact is edited, and only one owner is pinned', async () => {
    const server = await testServer();
    const first = await givenContact(server.ctx, { phone: '600100200' });
    const second = await givenContact(server.ctx, { firstName: 'Jan', phone: '600 100 200' });
    await server.asConsole('PATCH', `/numbers/${first.numbers[0]?.id}`, { isPinned: true, isShared: true });

    await server.asConsole('PATCH', `/numbers/${second.numbers[0]?.id}`, { isPinned: true });
    await server.asConsole('PATCH', `/contacts/${first.id}`, { phone: '600-100-200' });

    const rows = await server.ctx.db.selectFrom('phone_numbers').select(['owner_id', 'is_primary', 'is_shared']).execute();
    expect(rows.find((row) => row.owner_id === first.id)).toMatchObject({ is_primary: 0, is_shared: 1 });
    expect(rows.find((row) => row.owner_id === second.id)).toMatchObject({ is_primary: 1 });
  });

  test('a marked switchboard is found by the beginning of its numbers', async () => {
    const ctx = await testContext();
    const company = await givenCompany(ctx, { phone: '22 123 45 00' });

    await markNumber(ctx, company.numbers[0]?.id ?? 0, { isSwitchboard: true });

    expect(await keys(ctx)).toContain('d:482212345');
  });

  test('nothing can be said of a number that can’t be read', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { phone: '4,85E+10' });

    const answer = await server.asConsole('PATCH', `/numbers/${contact.numbers[0]?.id}`, { isShared: true });

    expect(answer.statusCode).toBe(400);
  });
});

describe('newer rules', () => {
  test('read all stored numbers again, once, and move what depends on them', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { phone: '600100200', mobile: 'brak' });
    await ctx.db
      .updateTable('phone_numbers')
      .set({ metadata_version: 'old', kind: 'unreadable', e164: null, problem: 'unknown-range' })
      .where('field', '=', 'phone')
      .execute();
    await ctx.db.deleteFrom('number_keys').execute();
    const changesBefore = await ctx.db.selectFrom('change_log').selectAll().execute();

    await readAllAgain(ctx);
    await readAllAgain(ctx);

    expect((await numbersOf(ctx, 'contact', [contact.id])).get(contact.id)?.[0]).toMatchObject({ kind: 'e164', e164: '+48600100200', problem: null });
    expect(await keys(ctx)).toEqual(['e:48600100200', 'n:600100200']);
    const rows = await ctx.db.selectFrom('phone_numbers').select('metadata_version').distinct().execute();
    expect(rows).toEqual([{ metadata_version: metadataVersion }]);
    const changesAfter = await ctx.db.selectFrom('change_log').selectAll().execute();
    expect(changesAfter).toHaveLength(changesBefore.length + 1);
  });

  test('keep what a person insisted on and what a neighbour suggested', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx, { phone: '+48 109 123 456', mobile: '22 123 45 67/68' });
    await fixNumber(ctx, contact.numbers[0]?.id ?? 0, '+48109123456');
    await ctx.db.updateTable('phone_numbers').set({ metadata_version: 'old' }).execute();

    await readAllAgain(ctx);

    const numbers = (await numbersOf(ctx, 'contact', [contact.id])).get(contact.id);
    expect(numbers?.map((number) => number.e164 ?? number.suggestion)).toEqual(['+48109123456', '+48221234567', '+48221234568']);
  });

  test('are applied in pieces, going on where the last piece ended', async () => {
    const ctx = await testContext();
    for (let index = 0; index < 60; index += 1)
      await write(ctx, Array.from({ length: 20 }, (_, place) => `6001${String(index * 20 + place).padStart(5, '0')}`).join(';'), {
        kind: 'contact',
        id: `contact-${index}`,
      });
    await ctx.db.updateTable('phone_numbers').set({ metadata_version: 'old' }).execute();

    await readAllAgain(ctx);

    const old = await ctx.db.selectFrom('phone_numbers').select('id').where('metadata_version', '=', 'old').execute();
    expect(old).toEqual([]);
  });
});
