import { expect, test } from 'vitest';
import { actingAs } from '#server/kernel/context.ts';
import { PageQuery } from '#server/kernel/primitives.contract.ts';
import { getCompany } from '#server/people/companies.service.ts';
import { getContact, removeContact } from '#server/people/contacts.service.ts';
import { listTimeline, recordEngagement } from '#server/people/timeline.service.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

const page = PageQuery.parse({});

test('an entry stands on the timelines of contact, company and ticket, newest first', async () => {
  const clock = testClock();
  const ctx = await testContext({ clock });
  const company = await givenCompany(ctx);
  const anna = await givenContact(ctx, { companyId: company.id });
  const byAda = actingAs(ctx, { kind: 'agent', id: 'ada', name: 'Ada' });

  await recordEngagement(byAda, { kind: 'note', contactId: anna.id, ticketId: 't1', summary: 'First\n  line', isInternal: true });
  clock.advance(1000);
  await recordEngagement(byAda, { kind: 'message', contactId: anna.id, ticketId: 't1', summary: 'Second', isInternal: false });

  for (const owner of [{ contactId: anna.id }, { companyId: company.id }, { ticketId: 't1' }]) {
    const { items } = await listTimeline(ctx, owner, page);
    expect(items.map((entry) => [entry.kind, entry.summary, entry.actorName, entry.isInternal])).toEqual([
      ['message', 'Second', 'Ada', false],
      ['note', 'First line', 'Ada', true],
    ]);
  }
  expect((await getContact(ctx, anna.id)).lastActivityAt).toBe(clock.now().toISOString());
  expect((await getCompany(ctx, company.id)).lastActivityAt).toBe(clock.now().toISOString());
});

test('a long text is cut to one line', async () => {
  const ctx = await testContext();
  const anna = await givenContact(ctx);

  await recordEngagement(ctx, { kind: 'note', contactId: anna.id, summary: 'word '.repeat(200), isInternal: true });

  const [entry] = (await listTimeline(ctx, { contactId: anna.id }, page)).items;
  expect(entry?.summary.length).toBeLessThanOrEqual(280);
  expect(entry?.summary.endsWith('…')).toBe(true);
});

test('pages of a timeline meet, also where entries share an instant', async () => {
  const ctx = await testContext({ clock: testClock() });
  const anna = await givenContact(ctx);
  for (let index = 0; index < 5; index += 1) await recordEngagement(ctx, { kind: 'note', contactId: anna.id, summary: `${index}`, isInternal: true });

  const first = await listTimeline(ctx, { contactId: anna.id }, PageQuery.parse({ limit: 3 }));
  const second = await listTimeline(ctx, { contactId: anna.id }, PageQuery.parse({ limit: 3, cursor: first.nextCursor }));

  expect([...first.items, ...second.items].map((entry) => entry.summary).sort()).toEqual(['0', '1', '2', '3', '4']);
  expect(second.nextCursor).toBeNull();
});

test('when a contact goes, what concerns the company stays', async () => {
  const ctx = await testContext();
  const company = await givenCompany(ctx);
  const anna = await givenContact(ctx, { companyId: company.id });
  await recordEngagement(ctx, { kind: 'call', contactId: anna.id, summary: 'Called', isInternal: true });
  await recordEngagement(ctx, { kind: 'note', contactId: anna.id, companyId: null, summary: 'Private', isInternal: true });

  await removeContact(ctx, anna.id);

  expect((await listTimeline(ctx, { companyId: company.id }, page)).items).toMatchObject([{ summary: 'Called', contactId: null }]);
  expect((await listTimeline(ctx, { contactId: anna.id }, page)).items).toEqual([]);
});
