import { describe, expect, test } from 'vitest';
import type { CallerExplanation } from '#server/caller-id/caller-id.contract.ts';
import {
  keyInUse,
  openDealOfCompany,
  openDealOfContact,
  openTicketsOfCompany,
  openTicketsOfContact,
  publicTicketsOfCompany,
  ownersByKey,
  ownersByRange,
  recentCallsWith,
} from '#server/caller-id/caller-id.queries.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

async function explain(server: TestServer, number: string): Promise<CallerExplanation> {
  const answer = await server.asConsole('GET', `/caller-id/explain?number=${encodeURIComponent(number)}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<CallerExplanation>();
}

function told(explanation: CallerExplanation): string {
  return explanation.steps.map(({ step, outcome }) => `${step}: ${outcome}`).join('\n');
}

describe('simulating a call', () => {
  test('tells each step until somebody is found', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { phone: '600 100 200' });

    const explanation = await explain(server, '0600100200');

    expect(explanation).toMatchObject({ input: '0600100200', e164: '+48600100200', isWithheld: false, result: { match: 'exact', display: 'Anna Nowak' } });
    expect(told(explanation)).toBe('Read the number: Understood as +48600100200.\nExactly +48600100200: One match.\nWho that is: Anna Nowak');
  });

  test('tells why nobody is shown', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { phone: '600 100 200' });

    const explanation = await explain(server, '+48 600 100 201');

    expect(explanation.result).toBeNull();
    expect(told(explanation)).toBe(
      [
        'Read the number: Understood as +48600100201.',
        'Exactly +48600100201: Nobody has it.',
        'The same number, whatever the extension: Nobody has it.',
        'Other forms of this number (lost plus sign, older national forms): Nobody has it.',
        'Read as a number of another country we have contacts in: Not tried: the number is complete.',
        'Direct numbers of a switchboard: No switchboard begins like this.',
        'The last digits, 9 at least: Not tried: the number is complete, so only itself may match.',
        'Result: Nobody is known by this number.',
      ].join('\n'),
    );
  });

  test('tells that a withheld number is not looked up', async () => {
    const server = await testServer();

    const explanation = await explain(server, 'anonymous');

    expect(explanation).toMatchObject({ isWithheld: true, e164: null, result: null });
    expect(explanation.steps).toHaveLength(1);
  });

  test('tells how one of several was chosen', async () => {
    const server = await testServer();
    const acme = await givenCompany(server.ctx, { name: 'ACME' });
    await givenContact(server.ctx, { firstName: 'Ewa', phone: '600 100 200', companyId: acme.id });
    await givenContact(server.ctx, { firstName: 'Jan', mobile: '600 100 200', companyId: acme.id });

    const explanation = await explain(server, '+48600100200');

    expect(told(explanation)).toContain('Has the most urgent open ticket: Does not tell them apart.\n');
    expect(told(explanation)).toContain('Has it as a mobile number: Jan Nowak.\n');
  });

  test('refuses a text that is too long to be a number', async () => {
    const server = await testServer();

    const answer = await server.asConsole('GET', `/caller-id/explain?number=${'1'.repeat(200)}`);

    expect(answer.statusCode).toBe(400);
  });
});

describe('the work of a look-up', () => {
  test('does not grow with the base: every read goes straight to its rows', async () => {
    const ctx = await testContext();

    const reads = [
      keyInUse,
      ownersByKey,
      ownersByRange,
      openTicketsOfContact,
      openTicketsOfCompany,
      publicTicketsOfCompany,
      openDealOfContact,
      openDealOfCompany,
      recentCallsWith,
    ];
    for (const read of reads) expect(ctx.hot.plan(read as typeof ownersByKey).join('\n')).not.toContain('SCAN');
    expect(ctx.hot.plan(ownersByKey)[0]).toMatch(/SEARCH number_keys USING PRIMARY KEY \(key=\?\)/u);
    expect(ctx.hot.plan(ownersByRange)[0]).toMatch(/SEARCH number_keys USING PRIMARY KEY \(key>\? AND key<\?\)/u);
    for (const read of [openTicketsOfContact, openTicketsOfCompany, publicTicketsOfCompany]) expect(ctx.hot.plan(read).join('\n')).not.toContain('TEMP B-TREE');
  });
});
