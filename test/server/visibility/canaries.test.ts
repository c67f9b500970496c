import { describe, expect, test } from 'vitest';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import * as reader from '#server/tickets/customer-tickets.service.ts';
import { addNote } from '#server/tickets/ticket-replies.service.ts';
import { givenFiledTicket } from '#test/support/ticket-builders.ts';
import { canaries, crawl, customerWorld } from './customer-world.ts';

const others = { anna: ['zqadam', 'zqbea', 'zqnobody'], adam: ['zqanna', 'zqbea', 'zqnobody'], bea: ['zqanna', 'zqadam', 'zqnobody'] } as const;

describe('nothing hidden reaches a customer, on any list, search, page, file or refusal', () => {
  test.each(['anna', 'adam', 'bea'] as const)('%s, who may see own tickets', async (name) => {
    const world = await customerWorld();

    const seen = await crawl(reader, world, world.people[name]);

    expect(seen).toContain(`zq${name}text`);
    for (const canary of [...Object.values(canaries), ...others[name]]) expect(seen).not.toContain(canary);
  });

  test.each<[name: 'anna' | 'bea', visible: string[], hidden: string[]]>([
    ['anna', ['zqanna', 'zqadam'], ['zqbea', 'zqnobody']],
    ['bea', ['zqbea'], ['zqanna', 'zqadam', 'zqnobody']],
  ])('%s, who may see the company’s tickets', async (name, ...[visible, hidden]) => {
    const world = await customerWorld();

    const seen = await crawl(reader, world, { ...world.people[name], visibility: 'company' });

    for (const word of visible) expect(seen).toContain(`${word}text`);
    for (const canary of [...Object.values(canaries), ...hidden]) expect(seen).not.toContain(canary);
  });

  test('with all conversations on show, older ones appear and are found, and still nothing internal or unconnected', async () => {
    const world = await customerWorld();
    await changeSettings(world.ctx, portalSettings, { showAllThreads: true, statusNames: 'stages' });

    const seen = await crawl(reader, world, world.people.anna);

    expect(seen).toContain(canaries.olderThread);
    const { olderThread: _text, olderFile: _file, ...never } = canaries;
    for (const canary of [...Object.values(never), ...others.anna]) expect(seen).not.toContain(canary);
    const older = await reader.listCustomerTickets(world.ctx, world.people.anna, {
      state: 'all',
      view: 'mine',
      sort: 'activity',
      direction: 'descending',
      limit: 10,
      search: canaries.olderThread,
    });
    expect(older.items.map((item) => item.number)).toEqual([world.tickets.anna]);
  });

  test('mails to customers hold nothing hidden either', async () => {
    const world = await customerWorld();

    const mails = (await world.ctx.db.selectFrom('outbox').select('payload').execute()).map((row) => row.payload).join('\n');

    expect(mails).toContain('We are looking at it.');
    for (const canary of Object.values(canaries)) expect(mails).not.toContain(canary);
  });
});

test('nothing a customer sees changes when something happens that is not theirs', async () => {
  const world = await customerWorld();
  const before = await crawl(reader, world, world.people.anna);

  await givenFiledTicket(world.ctx, world.people.bea, { subject: 'zqanna zqolder', text: 'zqanna' });
  await addNote(world.ctx, world.ids.annaTicket, { text: 'zqanna, another note' });

  expect(await crawl(reader, world, world.people.anna)).toBe(before);
});

test('the words of a conversation can’t be searched once its inbox is no longer connected and the ticket was touched', async () => {
  const world = await customerWorld();
  const search = { state: 'all', view: 'mine', sort: 'activity', direction: 'descending', limit: 10, search: 'zqannatext' } as const;
  expect((await reader.listCustomerTickets(world.ctx, world.people.anna, search)).items).toHaveLength(2);

  await world.ctx.db.updateTable('inboxes').set({ is_connected: 0 }).where('id', '=', 'support').execute();
  await addNote(world.ctx, world.ids.annaTicket, { text: 'touched' });

  const { messages } = await reader.getCustomerTicket(world.ctx, world.people.anna, world.tickets.anna);
  expect(messages).toEqual([]);
  const found = await reader.listCustomerTickets(world.ctx, world.people.anna, search);
  expect(found.items.map((item) => item.number)).toEqual([world.tickets.annaClosed]);
});
