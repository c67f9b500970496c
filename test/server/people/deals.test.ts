import { expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { getContact } from '#server/people/contacts.service.ts';
import { changeDeal, createDeal, getDeal, listDeals, removeDeal } from '#server/people/deals.service.ts';
import { DealInput, DealQuery } from '#server/people/people.contract.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

const value = { amount: '12400.00', currency: 'EUR' };

test('an open deal stands on its contacts’ pages with its amount, a closed one does not', async () => {
  const ctx = await testContext();
  const anna = await givenContact(ctx);
  const deal = await createDeal(ctx, DealInput.parse({ name: 'Roof', value, contactIds: [anna.id] }));

  expect((await getContact(ctx, anna.id)).openDeals).toEqual([{ id: deal.id, name: 'Roof', value }]);
  await changeDeal(ctx, deal.id, { isOpen: false });

  expect((await getContact(ctx, anna.id)).openDeals).toEqual([]);
});

test('every contact whose label may change is in the change feed, those taken out too', async () => {
  const ctx = await testContext();
  const anna = await givenContact(ctx);
  const ben = await givenContact(ctx);
  const deal = await createDeal(ctx, DealInput.parse({ name: 'Roof', value, contactIds: [anna.id] }));
  const before = await ctx.db.selectFrom('change_log').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();

  await changeDeal(ctx, deal.id, { contactIds: [ben.id] });

  const changes = await ctx.db
    .selectFrom('change_log')
    .selectAll()
    .where('seq', '>', before?.seq ?? 0)
    .execute();
  expect(changes.map((change) => change.entity_id).sort()).toEqual([deal.id, anna.id, ben.id].sort());
});

test('deals are listed newest change first, by company and by contact', async () => {
  const clock = testClock();
  const ctx = await testContext({ clock });
  const anna = await givenContact(ctx);
  const company = await givenCompany(ctx);
  const roof = await createDeal(ctx, DealInput.parse({ name: 'Roof', contactIds: [anna.id] }));
  clock.advance(1000);
  await createDeal(ctx, DealInput.parse({ name: 'Door', companyId: company.id }));
  clock.advance(1000);
  await changeDeal(ctx, roof.id, { stage: 'Offer sent' });

  const names = async (query: object) => (await listDeals(ctx, DealQuery.parse(query))).items.map((deal) => deal.name);
  expect(await names({})).toEqual(['Roof', 'Door']);
  expect(await names({ companyId: company.id })).toEqual(['Door']);
  expect(await names({ contactId: anna.id })).toEqual(['Roof']);
  const first = await listDeals(ctx, DealQuery.parse({ limit: 1 }));
  expect(await names({ limit: 1, cursor: first.nextCursor })).toEqual(['Door']);
});

test('a deal with people that are not there is refused', async () => {
  const ctx = await testContext();

  await expect(createDeal(ctx, DealInput.parse({ name: 'Roof', companyId: newId() }))).rejects.toMatchObject({ fields: [{ path: 'companyId' }] });
  await expect(createDeal(ctx, DealInput.parse({ name: 'Roof', contactIds: [newId()] }))).rejects.toMatchObject({ fields: [{ path: 'contactIds' }] });
  expect(await ctx.db.selectFrom('deals').select('id').execute()).toEqual([]);
});

test('a removed deal is gone and its contacts stay', async () => {
  const ctx = await testContext();
  const anna = await givenContact(ctx);
  const deal = await createDeal(ctx, DealInput.parse({ name: 'Roof', contactIds: [anna.id] }));

  await removeDeal(ctx, deal.id);

  await expect(getDeal(ctx, deal.id)).rejects.toMatchObject({ kind: 'not-found' });
  expect((await getContact(ctx, anna.id)).openDeals).toEqual([]);
});
