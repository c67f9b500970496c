import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import type { CustomerTicketQuery, CustomerTicketSummary, CustomerViewer } from '#server/tickets/customer-tickets.contract.ts';
import { getCustomerTicket, listCustomerTickets } from '#server/tickets/customer-tickets.service.ts';
import { changeTicket } from '#server/tickets/tickets.service.ts';
import { addNote } from '#server/tickets/ticket-replies.service.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock, type TestClock } from '#test/support/test-context.ts';
import { customerQuery, givenFiledTicket, testDesk, viewerFor } from '#test/support/ticket-builders.ts';

const subjects = ['banana', 'Apple', 'apple', 'Zebra', 'ćma', 'Banana', 'zebra', '🦓', 'apple', ''.padEnd(200, 'z'), 'ZZ', 'aardvark'];

/** A company whose two customers filed a dozen tickets, some closed, at times of which some are equal. */
async function busyCompany(): Promise<{ ctx: Context; clock: TestClock; viewer: CustomerViewer; ids: Map<number, string> }> {
  const clock = testClock();
  const ctx = await testDesk({ clock });
  const company = await givenCompany(ctx);
  const viewers = [viewerFor(await givenContact(ctx, { companyId: company.id }), 'company'), viewerFor(await givenContact(ctx, { companyId: company.id }))];
  const ids = new Map<number, string>();
  for (const [index, subject] of subjects.entries()) {
    if (index % 3 === 0) clock.advance(60_000);
    const viewer = viewers[index % 2] ?? viewers[0];
    if (viewer === undefined) continue;
    const ticket = await givenFiledTicket(ctx, viewer, { subject });
    ids.set(ticket.number, ticket.id);
    if (index % 4 === 3) await changeTicket(ctx, ticket.id, { stageId: 'support-closed' });
  }
  const [viewer] = viewers;
  if (viewer === undefined) throw new Error('no viewer');
  return { ctx, clock, viewer, ids };
}

async function everyPage(ctx: Context, viewer: CustomerViewer, query: Parameters<typeof customerQuery>[0]): Promise<CustomerTicketSummary[]> {
  const found: CustomerTicketSummary[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listCustomerTickets(ctx, viewer, customerQuery({ ...query, limit: 3, ...(typeof cursor === 'string' ? { cursor } : {}) }));
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** The order by hand: subjects without regard to the case of A to Z, and the number between equals. */
function keyOf(ticket: CustomerTicketSummary, sort: CustomerTicketQuery['sort']): string {
  const subject = ticket.subject.replace(/[A-Z]/gu, (letter) => letter.toLowerCase());
  return { activity: ticket.lastActivityAt, created: ticket.createdAt, number: '', subject: Buffer.from(subject).toString('hex') }[sort];
}

describe('pages of every order hold every ticket once, in that order', () => {
  const orders = (['activity', 'created', 'number', 'subject'] as const).flatMap((sort) =>
    (['ascending', 'descending'] as const).flatMap((direction) => (['open', 'closed', 'all'] as const).map((state) => ({ sort, direction, state }))),
  );

  test.each(orders)('$sort $direction $state', async ({ sort, direction, state }) => {
    const { ctx, viewer } = await busyCompany();
    const everything = (await listCustomerTickets(ctx, viewer, customerQuery({ state, limit: 100 }))).items;
    const sign = direction === 'ascending' ? 1 : -1;
    const expected = everything
      .toSorted((left, right) => {
        const [a, b] = [keyOf(left, sort), keyOf(right, sort)];
        if (a !== b) return a < b ? -sign : sign;
        return sign * (left.number - right.number);
      })
      .map((ticket) => ticket.number);

    const listed = (await everyPage(ctx, viewer, { sort, direction, state })).map((ticket) => ticket.number);
    const found = (await everyPage(ctx, viewer, { sort, direction, state, search: 'opens' })).map((ticket) => ticket.number);

    expect(expected).toHaveLength({ open: 9, closed: 3, all: 12 }[state]);
    expect(listed).toEqual(expected);
    expect(found).toEqual(expected);
  });
});

describe('the list', () => {
  test('says whose a ticket is, and splits one’s own from the organisation’s', async () => {
    const { ctx, viewer } = await busyCompany();

    const organisation = await listCustomerTickets(ctx, viewer, customerQuery({ state: 'all', view: 'organisation', limit: 100 }));
    const mine = await listCustomerTickets(ctx, viewer, customerQuery({ state: 'all', view: 'mine', limit: 100 }));

    expect(organisation).toMatchObject({ view: 'organisation', canViewOrganisation: true, isPartial: false });
    expect([organisation.items.length, mine.items.length]).toEqual([12, 6]);
    expect(mine.items.every((ticket) => ticket.isMine)).toBe(true);
    expect(organisation.items.filter((ticket) => !ticket.isMine).every((ticket) => ticket.requesterName === 'Anna Nowak')).toBe(true);
  });

  test('an internal note neither moves a ticket up nor changes its times', async () => {
    const { ctx, clock, viewer, ids } = await busyCompany();
    const before = await listCustomerTickets(ctx, viewer, customerQuery({ state: 'all' }));
    clock.advance(60_000);

    await addNote(ctx, ids.get(1001) ?? '', { text: 'Looked at it.' });

    expect(await listCustomerTickets(ctx, viewer, customerQuery({ state: 'all' }))).toEqual(before);
  });

  test('a cursor that somebody cut short shows the first page', async () => {
    const { ctx, viewer } = await busyCompany();
    const first = await listCustomerTickets(ctx, viewer, customerQuery());

    for (const cursor of ['x', '', 'W10', 'WzEsMl0', first.nextCursor?.slice(0, 5) ?? 'abc'])
      expect(await listCustomerTickets(ctx, viewer, customerQuery({ cursor }))).toEqual(first);
  });

  test('search needs every word, knows beginnings, accents and numbers, and takes anything', async () => {
    const { ctx, viewer } = await busyCompany();
    const numbersFor = async (search: string) =>
      (await listCustomerTickets(ctx, viewer, customerQuery({ state: 'all', search, limit: 100 }))).items.map((ticket) => ticket.number).sort((a, b) => a - b);

    expect(await numbersFor('apple')).toEqual([1002, 1003, 1009]);
    expect(await numbersFor('appl opens')).toEqual([]);
    expect(await numbersFor('apple half')).toEqual([1002, 1003, 1009]);
    expect(await numbersFor('cma')).toEqual([1005]);
    expect(await numbersFor('1007')).toEqual([1007]);
    for (const odd of ['"', 'OR', 'owner : x', '{owner}: "contact"', '*', 'contact*', 'NEAR(', '💥', '\u0000']) expect(await numbersFor(odd)).toEqual([]);
  });
});

describe('status', () => {
  test('reads Open or Closed, or the stage’s name for customers; a stage without one hides nothing', async () => {
    const ctx = await testDesk();
    const viewer = viewerFor(await givenContact(ctx));
    const { id, number } = await givenFiledTicket(ctx, viewer);
    const statusOf = async () => (await getCustomerTicket(ctx, viewer, number)).status;
    expect(await statusOf()).toEqual({ isOpen: true, publicName: null });

    await changeSettings(ctx, portalSettings, { statusNames: 'stages' });
    expect(await statusOf()).toEqual({ isOpen: true, publicName: { en: 'Received', pl: 'Przyjęte', de: 'Eingegangen' } });

    await ctx.db.updateTable('stages').set({ public_name: null }).where('id', '=', 'support-progress').execute();
    await changeTicket(ctx, id, { stageId: 'support-progress' });
    expect(await statusOf()).toEqual({ isOpen: true, publicName: null });

    await ctx.db.updateTable('stages').set({ public_name: '{"en":" ","pl":""}' }).where('id', '=', 'support-progress').execute();
    expect(await statusOf()).toEqual({ isOpen: true, publicName: null });
    expect((await listCustomerTickets(ctx, viewer, customerQuery())).items).toMatchObject([{ number, status: { isOpen: true, publicName: null } }]);
  });

  test('says whose turn it is, and nobody’s once it is closed', async () => {
    const ctx = await testDesk();
    const viewer = viewerFor(await givenContact(ctx));
    const { id, number } = await givenFiledTicket(ctx, viewer);
    const turns: (string | null)[] = [];

    for (const stageId of ['support-new', 'support-waiting', 'support-progress', 'support-closed', 'support-waiting']) {
      await changeTicket(ctx, id, { stageId });
      turns.push((await getCustomerTicket(ctx, viewer, number)).turn);
    }

    expect(turns).toEqual(['team', 'customer', 'team', null, 'customer']);
  });
});
