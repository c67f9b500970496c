import { expect, test } from 'vitest';
import type { HotRead } from '#server/database/hot-reads.ts';
import { foundCompanies, recentCompanies } from '#server/people/companies.queries.ts';
import { contactsOfCompany, foundContacts, recentContacts } from '#server/people/contacts.queries.ts';
import { dealsOfContact, recentDeals } from '#server/people/deals.queries.ts';
import { timelineOfCompany, timelineOfContact, timelineOfTicket } from '#server/people/timeline.queries.ts';
import { testContext } from '#test/support/test-context.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- The parameters of the reads differ; here only their plans matter.
const reads: Record<string, HotRead<any, unknown>> = {
  recentContacts,
  contactsOfCompany,
  foundContacts,
  recentCompanies,
  foundCompanies,
  recentDeals,
  dealsOfContact,
  timelineOfContact,
  timelineOfCompany,
  timelineOfTicket,
};

test.each(Object.entries(reads))('%s reads along an index and sorts nothing', async (_, read) => {
  const ctx = await testContext();

  const plan = ctx.hot.plan(read);

  expect(plan.length).toBeGreaterThan(0);
  for (const step of plan) {
    expect(step).not.toMatch(/^SCAN (?!\w+ VIRTUAL TABLE INDEX \d+:M)/u);
    expect(step).not.toContain('TEMP B-TREE');
  }
});
