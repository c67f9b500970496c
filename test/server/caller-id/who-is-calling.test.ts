import { describe, expect, test } from 'vitest';
import { findCaller } from '#server/caller-id/caller-id.service.ts';
import { actingAs, type Context } from '#server/kernel/context.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { companySettings } from '#server/setup/company-settings.ts';
import { markNumber } from '#server/phone-numbers/number-upkeep.service.ts';
import { givenCall, givenOpenTicket } from '#test/support/caller-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

/** How it matched and what would be shown; undefined when nobody is known. */
async function shown(ctx: Context, number: string, agentId?: string): Promise<string | undefined> {
  const match = await findCaller(ctx, number, { agentId });
  return match === null ? undefined : `${match.match}: ${match.display}`;
}

async function deskIn(country: string): Promise<Context> {
  const ctx = await testContext({ clock: testClock() });
  await changeSettings(ctx, companySettings, { country });
  return ctx;
}

describe('a number that is stored in one form', () => {
  const stored: readonly [raw: string, country: string | null, incoming: string[]][] = [
    ['22 123 45 67', null, ['+48221234567', '0048221234567', '48221234567', '221234567', '022 123 45 67', 'sip:+48221234567@pbx', 'tel:+48-22-123-45-67']],
    ['0049 (30) 1234-567', null, ['+49301234567', '0049301234567', '49301234567', '011 49 30 1234567']],
    ['0170 1234567', 'DE', ['+491701234567', '00491701234567']],
    ['06 6981 2345', 'IT', ['+390669812345', '0039 06 69812345']],
    ['+800 1234 5678', null, ['+80012345678', '0080012345678']],
    ['19115', null, ['19115']],
    ['wew. 101', null, ['101', 'sip:101@192.168.1.10']],
  ];

  test.each(stored)('%s is found by every form that calls', async (raw, country, incoming) => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: raw, country });

    for (const number of incoming) expect([number, (await shown(ctx, number))?.split(': ')[1]]).toEqual([number, 'Anna Nowak']);
  });

  test('an exact match says so', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '600 100 200' });

    expect(await shown(ctx, '+48600100200')).toBe('exact: Anna Nowak');
  });
});

describe('the steps, from certain to careful', () => {
  test('1: the extension that was reported comes before the number alone', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '22 123 45 67 wew. 12' });
    await givenContact(ctx, { firstName: 'Jan', phone: '22 123 45 67 wew. 13' });

    expect(await shown(ctx, '+48221234567;ext=13')).toBe('exact: Jan Nowak');
    expect(await shown(ctx, 'tel:+48221234567;ext=12')).toBe('exact: Anna Nowak');
  });

  test('2: a number is found whatever its extension', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '22 123 45 67 wew. 12' });

    expect(await shown(ctx, '+48221234567')).toBe('exact: Anna Nowak');
    expect(await shown(ctx, '+48221234567 ext 99')).toBe('exact: Anna Nowak');
  });

  test('3: the old trunk zero, Mexico’s 1, Brazil’s and Argentina’s 9 do not matter', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { firstName: 'Old zero', phone: '+480600100200' });
    await givenContact(ctx, { firstName: 'Mexico', phone: '+52 1 55 1234 5678' });
    await givenContact(ctx, { firstName: 'Brazil', phone: '+55 11 8234 5678' });
    await givenContact(ctx, { firstName: 'Argentina', phone: '+54 9 11 2345 6789' });

    expect(await shown(ctx, '+48600100200')).toBe('exact: Old zero Nowak');
    for (const number of ['+5215512345678', '+525512345678']) expect(await shown(ctx, number)).toContain('Mexico');
    for (const number of ['+551182345678', '+5511982345678']) expect(await shown(ctx, number)).toContain('Brazil');
    for (const number of ['+5491123456789', '+541123456789']) expect(await shown(ctx, number)).toContain('Argentina');
  });

  test('3: a number that lost its plus sign is an alias', async () => {
    const ctx = await deskIn('DE');
    await givenContact(ctx, { phone: '+48 600 100 200' });

    expect(await shown(ctx, '48600100200')).toBe('alias: Anna Nowak');
  });

  test('3: a complete national number is not taken for an international one that lost its plus', async () => {
    const ctx = await deskIn('US');
    await givenContact(ctx, { phone: '+43 1 2345678' });

    expect(await shown(ctx, '4312345678')).toBeUndefined();
  });

  test('4: a national number of another country, where only one fits', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '+49 170 1234567' });

    expect(await shown(ctx, '01701234567')).toBe('maybe: Anna Nowak?');
  });

  test('4: a number that is complete here is never read as one of another country', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '+34 600 100 200' });

    expect(await shown(ctx, '600100200')).toBeUndefined();
  });

  test('5: a direct number of a switchboard is the company, never a person', async () => {
    const ctx = await deskIn('DE');
    const acme = await givenCompany(ctx, { name: 'ACME', phone: '089 1234567-0' });
    await givenContact(ctx, { companyId: acme.id, phone: '089 1234567-23' });

    expect(await shown(ctx, '+498912345670')).toBe('exact: ACME');
    expect(await shown(ctx, '+4989123456723')).toBe('exact: Anna Nowak · ACME');
    expect(await shown(ctx, '+4989123456799')).toBe('ddi: ACME');
    expect(await shown(ctx, '089 1234567-145')).toBe('ddi: ACME');
    expect(await shown(ctx, '+498912345699')).toBeUndefined();
  });

  test('5: a block that was marked by hand answers for the numbers in it', async () => {
    const ctx = await deskIn('PL');
    const acme = await givenCompany(ctx, { name: 'ACME', phone: '22 123 45 00' });
    await markNumber(ctx, acme.numbers[0]?.id ?? 0, { isSwitchboard: true });

    expect(await shown(ctx, '+48221234567')).toBe('ddi: ACME');
    expect(await shown(ctx, '+48221234667')).toBeUndefined();
  });

  test('6: digits put before a number by the exchange make it a maybe', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '600 100 200' });

    expect(await shown(ctx, '9600100200')).toBe('maybe: Anna Nowak?');
  });

  test('6: two numbers that end alike are nobody', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '600 100 200' });
    await givenContact(ctx, { firstName: 'Pablo', phone: '+34 600 100 200' });

    expect(await shown(ctx, '9600100200')).toBeUndefined();
  });

  test('6: another calling code is another number', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '600 100 200' });

    expect(await shown(ctx, '+491600100200')).toBeUndefined();
    expect(await shown(ctx, '+49 9600100200')).toBeUndefined();
  });

  test('7: seven or eight digits never match', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '22 123 45 67' });
    await givenContact(ctx, { firstName: 'Ola', phone: '+47 22 33 44 55' });

    for (const number of ['1234567', '2 1234567', '21234567', '22334455', '100200']) expect([number, await shown(ctx, number)]).toEqual([number, undefined]);
  });

  test('withheld callers are never looked up, whatever is stored', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: 'anonymous', mobile: '266696687' });

    for (const number of ['anonymous', '266696687', '+266696687', 'Restricted', '', '0', 'sip:anonymous@anonymous.invalid']) {
      expect([number, await shown(ctx, number)]).toEqual([number, undefined]);
    }
  });
});

describe('what is shown', () => {
  test('the person with their company, open tickets and open deal', async () => {
    const ctx = await deskIn('PL');
    const acme = await givenCompany(ctx, { name: 'ACME' });
    const anna = await givenContact(ctx, { phone: '600 100 200', companyId: acme.id });
    const ticketIds = [];
    for (let day = 1; day <= 6; day += 1)
      ticketIds.push(await givenOpenTicket(ctx, { contactId: anna.id, subject: `Day ${day}`, at: `2026-02-0${day}T09:00:00.000Z` }));
    await givenOpenTicket(ctx, { contactId: anna.id, subject: 'Closed', isOpen: 0, at: '2026-02-09T09:00:00.000Z' });
    await ctx.db
      .insertInto('deals')
      .values({
        id: 'deal',
        name: 'New floor',
        amount: '12400.00',
        currency: 'PLN',
        company_id: acme.id,
        created_at: '2026-02-01T00:00:00Z',
        updated_at: '2026-02-01T00:00:00Z',
      })
      .execute();

    const match = await findCaller(ctx, '+48600100200');

    expect(match).toMatchObject({
      display: 'Anna Nowak · ACME',
      contact: { id: anna.id, firstName: 'Anna', lastName: 'Nowak' },
      company: { id: acme.id, name: 'ACME' },
      deal: { name: 'New floor', value: { amount: '12400.00', currency: 'PLN' } },
      candidates: [{ id: anna.id, name: 'Anna Nowak' }],
    });
    expect(match?.openTickets.map((ticket) => ticket.subject)).toEqual(['Day 6', 'Day 5', 'Day 4', 'Day 3', 'Day 2']);
  });

  test('somebody known by address only is shown by it on a screen, and by number on a phone', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { firstName: '', lastName: '', email: 'biuro@acme.pl', phone: '600 100 200' });
    const phone = actingAs(ctx, { kind: 'device', id: 'device', name: 'iPhone', agentId: 'owner' });

    expect(await shown(ctx, '+48600100200')).toBe('exact: biuro@acme.pl');
    expect(await shown(phone, '+48600100200')).toBe('exact: 600 100 200');
  });

  test('a contact who must not be published is nobody for a phone', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { phone: '600 100 200', publishToPhones: false });
    const phone = actingAs(ctx, { kind: 'device', id: 'device', name: 'iPhone', agentId: 'owner' });

    expect(await shown(ctx, '+48600100200')).toBe('exact: Anna Nowak');
    expect(await findCaller(phone, '+48600100200')).toBeNull();
  });

  test('nor are their tickets among those of their company, on a phone', async () => {
    const ctx = await deskIn('PL');
    const acme = await givenCompany(ctx, { name: 'ACME', phone: '22 123 45 67' });
    const hidden = await givenContact(ctx, { companyId: acme.id, publishToPhones: false });
    const shownOne = await givenContact(ctx, { companyId: acme.id });
    for (const [contactId, subject] of [
      [hidden.id, 'Anna’s divorce'],
      [shownOne.id, 'The printer'],
    ] as const) {
      await givenOpenTicket(ctx, { contactId, companyId: acme.id, subject });
    }
    const phone = actingAs(ctx, { kind: 'device', id: 'device', name: 'iPhone', agentId: 'owner' });
    const subjects = async (asking: Context) => (await findCaller(asking, '+48221234567'))?.openTickets.map(({ subject }) => subject).sort();

    expect(await subjects(ctx)).toEqual(['Anna’s divorce', 'The printer']);
    expect(await subjects(phone)).toEqual(['The printer']);
  });
});

describe('a number that several people have', () => {
  async function sharedBy(...names: string[]) {
    const ctx = await deskIn('PL');
    const acme = await givenCompany(ctx, { name: 'ACME' });
    const people = [];
    for (const firstName of names) people.push(await givenContact(ctx, { firstName, phone: '22 123 45 67', companyId: acme.id }));
    const ids = people.map((person) => person.id);
    return { ctx, acme, people, ids, idOf: (name: string) => ids[names.indexOf(name)] ?? '' };
  }

  test('names the company, two people and how many more', async () => {
    const { ctx, acme, ids } = await sharedBy('Ewa', 'Ola', 'Jan', 'Anna');

    const match = await findCaller(ctx, '+48221234567');

    expect(match).toMatchObject({ match: 'exact', contact: null, company: { id: acme.id, name: 'ACME' } });
    expect(match?.display).toMatch(/^ACME: \p{L}+, \p{L}+ \+2$/u);
    expect(match?.candidates.map((candidate) => candidate.id).sort()).toEqual(ids.sort());
  });

  test('of different companies names the people only', async () => {
    const ctx = await deskIn('PL');
    await givenContact(ctx, { firstName: 'Anna', phone: '22 123 45 67', companyId: (await givenCompany(ctx, { name: 'ACME' })).id });
    await givenContact(ctx, { firstName: 'Jan', phone: '22 123 45 67', companyId: (await givenCompany(ctx, { name: 'Beta' })).id });

    expect(['exact: Anna, Jan', 'exact: Jan, Anna']).toContain(await shown(ctx, '+48221234567'));
  });

  test('is the one who is pinned to it', async () => {
    const { ctx, people } = await sharedBy('Ewa', 'Ola', 'Jan');
    await markNumber(ctx, people[1]?.numbers[0]?.id ?? 0, { isPinned: true });

    expect(await shown(ctx, '+48221234567')).toBe('exact: Ola Nowak · ACME +2');
  });

  test('is the one with the most urgent, then newest open ticket', async () => {
    const { ctx, idOf } = await sharedBy('Ewa', 'Ola', 'Jan');
    await givenOpenTicket(ctx, { contactId: idOf('Ewa'), priority: 'low', at: '2026-03-01T12:00:00.000Z' });
    await givenOpenTicket(ctx, { contactId: idOf('Ola'), priority: 'high', at: '2026-02-01T12:00:00.000Z' });
    expect(await shown(ctx, '+48221234567')).toBe('exact: Ola Nowak · ACME +2');

    await givenOpenTicket(ctx, { contactId: idOf('Jan'), priority: 'high', at: '2026-02-02T12:00:00.000Z' });
    expect(await shown(ctx, '+48221234567')).toBe('exact: Jan Nowak · ACME +2');
  });

  test('is the one this agent spoke to last, before the one anybody did', async () => {
    const { ctx, idOf } = await sharedBy('Ewa', 'Ola', 'Jan');
    await ctx.db
      .insertInto('agents')
      .values(['eva', 'bob'].map((id) => ({ id, name: id, email: null, role: 'agent', created_at: '', updated_at: '' })))
      .execute();
    const call = { e164: '+48221234567' };
    await givenCall(ctx, { ...call, contactId: idOf('Ewa'), agentId: 'eva', at: '2026-02-01T09:00:00.000Z' });
    await givenCall(ctx, { ...call, contactId: idOf('Jan'), agentId: 'bob', at: '2026-02-20T09:00:00.000Z' });
    await givenCall(ctx, { ...call, contactId: idOf('Ola'), agentId: 'bob', at: '2026-02-25T09:00:00.000Z', outcome: 'wrong-number' });
    await givenCall(ctx, { ...call, contactId: idOf('Ola'), agentId: 'eva', at: '2026-02-26T09:00:00.000Z', state: 'missed' });
    await givenCall(ctx, { contactId: idOf('Ola'), e164: '+48600100200', agentId: 'eva', at: '2026-02-27T09:00:00.000Z' });

    expect(await shown(ctx, '+48221234567', 'eva')).toBe('exact: Ewa Nowak · ACME +2');
    expect(await shown(ctx, '+48221234567')).toBe('exact: Jan Nowak · ACME +2');
  });

  test('forgets calls after 90 days', async () => {
    const { ctx, idOf } = await sharedBy('Ewa', 'Ola');
    await givenCall(ctx, { contactId: idOf('Ewa'), e164: '+48221234567', at: '2025-12-01T09:00:00.000Z' });

    expect(await shown(ctx, '+48221234567')).toMatch(/^exact: ACME: /u);
  });

  test('is the one whose mobile it is, then the agent’s own contact', async () => {
    const ctx = await deskIn('PL');
    await ctx.db.insertInto('agents').values({ id: 'eva', name: 'Eva', email: null, role: 'agent', created_at: '', updated_at: '' }).execute();
    const ewa = await givenContact(ctx, { firstName: 'Ewa', phone: '600 100 200' });
    await givenContact(ctx, { firstName: 'Ola', phone: '600 100 200' });
    await ctx.db.updateTable('contacts').set({ owner_agent_id: 'eva' }).where('id', '=', ewa.id).execute();
    expect(await shown(ctx, '600100200', 'eva')).toBe('exact: Ewa Nowak +1');

    await givenContact(ctx, { firstName: 'Jan', mobile: '600 100 200' });
    expect(await shown(ctx, '600100200', 'eva')).toBe('exact: Jan Nowak +2');
  });

  test('is decided by the first of these that tells them apart: pin, ticket, own call, anybody’s call, mobile, own contact', async () => {
    const ctx = await deskIn('PL');
    await ctx.db
      .insertInto('agents')
      .values(['eva', 'bob'].map((id) => ({ id, name: id, email: null, role: 'agent', created_at: '', updated_at: '' })))
      .execute();
    const call = { e164: '+48600100200' };
    const [newest, owned, mobile, anybodys, mine, waiting, pinned] = [
      await givenContact(ctx, { firstName: 'Newest', lastName: '', phone: '600 100 200' }),
      await givenContact(ctx, { firstName: 'Owned', lastName: '', phone: '600 100 200' }),
      await givenContact(ctx, { firstName: 'Mobile', lastName: '', mobile: '600 100 200' }),
      await givenContact(ctx, { firstName: 'Anybody’s', lastName: '', phone: '600 100 200' }),
      await givenContact(ctx, { firstName: 'Mine', lastName: '', phone: '600 100 200' }),
      await givenContact(ctx, { firstName: 'Waiting', lastName: '', phone: '600 100 200' }),
      await givenContact(ctx, { firstName: 'Pinned', lastName: '', phone: '600 100 200' }),
    ];
    await ctx.db.updateTable('contacts').set({ last_activity_at: '2026-03-02T08:00:00.000Z' }).where('id', '=', newest.id).execute();
    await ctx.db.updateTable('contacts').set({ last_activity_at: '2026-01-01T08:00:00.000Z' }).where('id', '!=', newest.id).execute();
    const first = async () => (await findCaller(ctx, '+48600100200', { agentId: 'eva' }))?.candidates[0]?.name;
    const decided = async () => (await findCaller(ctx, '+48600100200', { agentId: 'eva' }))?.contact?.firstName;

    // Activity puts them in order, but is no evidence of who calls… except that one has it as a mobile number.
    expect(await decided()).toBe('Mobile');
    await ctx.db.updateTable('phone_numbers').set({ field: 'phone' }).where('owner_id', '=', mobile.id).execute();
    expect([await decided(), await first()]).toEqual([undefined, 'Newest']);
    await ctx.db.updateTable('contacts').set({ owner_agent_id: 'eva' }).where('id', '=', owned.id).execute();
    expect(await decided()).toBe('Owned');
    await ctx.db.updateTable('phone_numbers').set({ field: 'mobile' }).where('owner_id', '=', mobile.id).execute();
    expect(await decided()).toBe('Mobile');
    await givenCall(ctx, { ...call, contactId: anybodys.id, agentId: 'bob', at: '2026-02-28T09:00:00.000Z' });
    expect(await decided()).toBe('Anybody’s');
    await givenCall(ctx, { ...call, contactId: mine.id, agentId: 'eva', at: '2026-02-01T09:00:00.000Z' });
    expect(await decided()).toBe('Mine');
    await givenOpenTicket(ctx, { contactId: waiting.id, priority: 'low', at: '2026-02-01T12:00:00.000Z' });
    expect(await decided()).toBe('Waiting');
    await markNumber(ctx, pinned.numbers[0]?.id ?? 0, { isPinned: true });
    expect(await decided()).toBe('Pinned');
  });

  test('names nobody alone when it is marked as shared', async () => {
    const { ctx, people, idOf } = await sharedBy('Ewa');
    await givenOpenTicket(ctx, { contactId: idOf('Ewa') });
    await markNumber(ctx, people[0]?.numbers[0]?.id ?? 0, { isShared: true });

    expect(await findCaller(ctx, '+48221234567')).toMatchObject({ display: 'ACME: Ewa', contact: null, company: { name: 'ACME' } });
  });

  test('marked as shared names those first who were spoken to last', async () => {
    const { ctx, people, idOf } = await sharedBy('Ewa', 'Ola', 'Jan');
    await markNumber(ctx, people[0]?.numbers[0]?.id ?? 0, { isShared: true });
    await givenCall(ctx, { contactId: idOf('Ola'), e164: '+48221234567', at: '2026-02-27T09:00:00.000Z' });

    const match = await findCaller(ctx, '+48221234567');

    expect(match).toMatchObject({ contact: null, candidates: [{ name: 'Ola Nowak' }, {}, {}] });
    expect(match?.display).toMatch(/^ACME: Ola, /u);
  });

  test('counts those who must not be published, without naming them on phones', async () => {
    const { ctx } = await sharedBy('Ewa', 'Ola');
    await ctx.db.updateTable('contacts').set({ publish_to_phones: 0 }).where('first_name', '=', 'Ola').execute();
    const phone = actingAs(ctx, { kind: 'device', id: 'device', name: 'iPhone', agentId: 'owner' });

    const match = await findCaller(phone, '+48221234567');

    expect(match?.display).toBe('ACME: Ewa +1');
    expect(match?.candidates.map((candidate) => candidate.name)).toEqual(['Ewa Nowak']);
  });
});
