import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { inTransaction } from '#server/kernel/context.ts';
import { newId } from '#server/kernel/ids.ts';
import { addContacts, type NewContact } from '#server/people/bulk-people.service.ts';
import { listContacts, touchPeople } from '#server/people/contacts.service.ts';
import { ContactQuery } from '#server/people/people.contract.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

function imported(firstName: string, lastActivityAt: string): NewContact {
  const nothing = { email: null, companyId: null, jobTitle: null, language: null, country: null, ownerAgentId: null };
  const times = { createdAt: lastActivityAt, updatedAt: lastActivityAt, lastActivityAt };
  return { id: newId(), firstName, lastName: '', ...nothing, ...times, numbers: [], numbersCountry: 'PL', propertyValues: [] };
}

async function names(ctx: Context, query: object = {}): Promise<string[]> {
  return (await listContacts(ctx, ContactQuery.parse({ limit: 200, ...query }))).items.map((contact) => contact.firstName);
}

describe('the order of contacts', () => {
  test('is that of their last activity, also when history comes in later and in any order', async () => {
    const ctx = await testContext({ clock: testClock('2026-03-02T09:00:00.000Z') });
    await givenContact(ctx, { firstName: 'Today', lastName: '' });

    await addContacts(ctx, [imported('May', '2024-05-01T10:00:00.000Z'), imported('July', '2024-07-01T10:00:00.000Z')]);
    await addContacts(ctx, [imported('June', '2024-06-01T10:00:00.000Z'), imported('April', '2024-04-01T10:00:00.000Z')]);

    expect(await names(ctx)).toEqual(['Today', 'July', 'June', 'May', 'April']);
    expect(await names(ctx, { search: 'ju' })).toEqual(['July', 'June']);
  });

  test('puts whoever is active now above everybody, however many were imported for the same minute', async () => {
    const clock = testClock('2026-03-02T09:00:00.000Z');
    const ctx = await testContext({ clock });
    const at = '2026-03-02T09:00:00.000Z';
    await inTransaction(ctx, async (ctx) => {
      for (let start = 0; start < 5000; start += 500) {
        await addContacts(
          ctx,
          Array.from({ length: 500 }, (_, index) => imported(`P${start + index}`, at)),
        );
      }
    });
    const quiet = await givenContact(ctx, { firstName: 'Quiet', lastName: '' });
    clock.advance(1000);
    await givenContact(ctx, { firstName: 'Newest', lastName: '' });

    expect((await names(ctx)).slice(0, 3)).toEqual(['Newest', 'Quiet', 'P4999']);
    clock.advance(1000);
    await touchPeople(ctx, { contactId: quiet.id });
    expect((await names(ctx)).slice(0, 2)).toEqual(['Quiet', 'Newest']);
    await addContacts(ctx, [imported('Between', '2026-03-02T08:59:00.000Z')]);
    expect((await names(ctx, { search: 'between' })).length).toBe(1);
    expect((await names(ctx)).slice(0, 2)).toEqual(['Quiet', 'Newest']);
  });

  test('gives no place twice, whatever times come together', async () => {
    const ctx = await testContext({ clock: testClock('2026-03-02T09:00:00.000Z') });
    const minutes = ['08:58:30', '09:00:10', '08:58:30', '08:59:59', '09:00:05', '08:58:31', '09:00:10'];

    for (const time of minutes) await addContacts(ctx, [imported(time, `2026-03-02T${time}.000Z`), imported(time, `2026-03-02T${time}.500Z`)]);
    await givenContact(ctx, { firstName: 'Now', lastName: '' });

    const rows = await ctx.db.selectFrom('contacts').select('activity_rank').execute();
    expect(new Set(rows.map((row) => row.activity_rank)).size).toBe(minutes.length * 2 + 1);
  });
});
