import { describe, expect, test } from 'vitest';
import type { CustomerViewer } from '#server/tickets/customer-tickets.contract.ts';
import * as reader from '#server/tickets/customer-tickets.service.ts';
import { changeTicket } from '#server/tickets/tickets.service.ts';
import { asCustomer, customerQuery, givenFiledTicket } from '#test/support/ticket-builders.ts';
import { customerWorld, refusalOf, type World } from './customer-world.ts';

type Name = keyof World['people'];
type TicketName = keyof World['tickets'];

// Who may see what, written down by hand: own tickets, and with 'company' the colleagues'.
const mayRead: Readonly<Record<`${Name} ${CustomerViewer['visibility']}`, readonly TicketName[]>> = {
  'anna own': ['anna', 'annaClosed'],
  'adam own': ['adam'],
  'bea own': ['bea'],
  'anna company': ['anna', 'annaClosed', 'adam'],
  'adam company': ['anna', 'annaClosed', 'adam'],
  'bea company': ['bea'],
};

const matrix = Object.entries(mayRead).map(([who, readable]) => {
  const [name, visibility] = who.split(' ') as [Name, CustomerViewer['visibility']];
  return { who, name, visibility, readable };
});

/** A refusal must be the one for what does not exist, word for word. */
async function expectRefused(asked: Promise<unknown>, like: Promise<unknown>): Promise<void> {
  const refusals = await Promise.all([asked, like].map((outcome) => outcome.then(() => 'allowed', refusalOf)));
  expect(refusals[0]).toContain('"kind":"not-found"');
  expect(refusals[0]).toBe(refusals[1]);
}

describe('three customers of two companies, each against every ticket and file', () => {
  test.each(matrix)('$who: lists, pages, files and replies agree', async ({ name, visibility, readable }) => {
    const world = await customerWorld();
    const viewer: CustomerViewer = { ...world.people[name], visibility };
    const me = asCustomer(world.ctx, viewer);
    const allowed = new Set(readable.map((ticket) => world.tickets[ticket]));

    const list = await reader.listCustomerTickets(me, viewer, customerQuery({ state: 'all' }));
    expect(new Set(list.items.map((item) => item.number))).toEqual(allowed);
    expect(list.canViewOrganisation).toBe(visibility === 'company');

    for (const number of Object.values(world.tickets)) {
      if (allowed.has(number)) expect((await reader.getCustomerTicket(me, viewer, number)).number).toBe(number);
      else {
        await expectRefused(reader.getCustomerTicket(me, viewer, number), reader.getCustomerTicket(me, viewer, 999_999));
        await expectRefused(
          reader.replyAsCustomer(me, viewer, number, { text: 'x', attachmentIds: [] }),
          reader.replyAsCustomer(me, viewer, 999_999, { text: 'x', attachmentIds: [] }),
        );
      }
    }

    for (const file of world.files) {
      if (allowed.has(file.number) && file.isVisible) (await reader.openCustomerAttachment(me, viewer, file.id)).stream.destroy();
      else await expectRefused(reader.openCustomerAttachment(me, viewer, file.id), reader.openCustomerAttachment(me, viewer, 'none'));
    }

    for (const ticket of readable) {
      const replied = reader.replyAsCustomer(me, viewer, world.tickets[ticket], { text: 'zqreply', attachmentIds: [] });
      if (ticket === 'annaClosed') await expect(replied).rejects.toMatchObject({ code: 'ticket-closed' });
      else await replied;
    }
    const written = await world.ctx.db.selectFrom('messages').select('id').where('body_text', '=', 'zqreply').execute();
    expect(written).toHaveLength(readable.filter((ticket) => ticket !== 'annaClosed').length);
  });

  test('nobody’s identifier is empty, so an empty one sees nothing', async () => {
    const world = await customerWorld();
    const ghost: CustomerViewer = { memberId: '', contactId: '', companyId: '', name: '', visibility: 'company' };

    expect((await reader.listCustomerTickets(world.ctx, ghost, customerQuery({ state: 'all' }))).items).toEqual([]);
    for (const number of Object.values(world.tickets))
      await expect(reader.getCustomerTicket(world.ctx, ghost, number)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('what changes takes effect at once', () => {
  test('somebody who leaves the company no longer sees it, and keeps what is their own', async () => {
    const world = await customerWorld();
    const { anna, adam } = world.tickets;
    const left: CustomerViewer = { ...world.people.anna, companyId: null, visibility: 'company' };

    expect((await reader.getCustomerTicket(world.ctx, left, anna)).number).toBe(anna);
    await expect(reader.getCustomerTicket(world.ctx, left, adam)).rejects.toMatchObject({ kind: 'not-found' });
    const list = await reader.listCustomerTickets(world.ctx, left, customerQuery({ state: 'all' }));
    expect(list.items.map((item) => item.number)).not.toContain(adam);
    expect((await reader.listCustomerTickets(world.ctx, left, customerQuery({ state: 'all', search: 'zqadam' }))).items).toEqual([]);
  });

  test('a ticket given to another customer is theirs at once: list, search, page and file', async () => {
    const world = await customerWorld();
    const { anna, bea } = world.people;
    const search = customerQuery({ state: 'all', search: 'zqannasubject', view: 'mine' });
    const file = world.files.find((candidate) => candidate.number === world.tickets.anna && candidate.isVisible)?.id ?? '';

    await changeTicket(world.ctx, world.ids.annaTicket, { contactId: bea.contactId });

    await expect(reader.getCustomerTicket(world.ctx, anna, world.tickets.anna)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(reader.openCustomerAttachment(world.ctx, anna, file)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await reader.listCustomerTickets(world.ctx, anna, search)).items.map((item) => item.number)).toEqual([world.tickets.annaClosed]);
    expect((await reader.listCustomerTickets(world.ctx, bea, search)).items.map((item) => item.number)).toEqual([world.tickets.anna]);
    (await reader.openCustomerAttachment(world.ctx, bea, file)).stream.destroy();
  });

  test('a ticket that is hidden again is gone: page, search and file', async () => {
    const world = await customerWorld();
    const { anna } = world.people;
    const file = world.files.find((candidate) => candidate.number === world.tickets.anna && candidate.isVisible)?.id ?? '';

    await changeTicket(world.ctx, world.ids.annaTicket, { isReleased: false });

    await expect(reader.getCustomerTicket(world.ctx, anna, world.tickets.anna)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(reader.openCustomerAttachment(world.ctx, anna, file)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await reader.listCustomerTickets(world.ctx, anna, customerQuery({ state: 'all', search: 'zqannatext' }))).items).toHaveLength(1);
  });

  test('asking for the organisation’s tickets without the right shows one’s own', async () => {
    const world = await customerWorld();
    await givenFiledTicket(world.ctx, world.people.adam);

    const list = await reader.listCustomerTickets(world.ctx, world.people.anna, customerQuery({ view: 'organisation', state: 'all' }));

    expect(list).toMatchObject({ view: 'mine', canViewOrganisation: false });
    expect(list.items.every((item) => item.isMine)).toBe(true);
  });
});
