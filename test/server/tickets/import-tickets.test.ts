import { describe, expect, test } from 'vitest';
import { changeImportedTicket, importTicket, removeImportedTicket } from '#server/tickets/import-tickets.service.ts';
import { listTickets } from '#server/tickets/ticket-list.service.ts';
import { TicketQuery } from '#server/tickets/tickets.contract.ts';
import { changeTicket, getTicket } from '#server/tickets/tickets.service.ts';
import { getCustomerTicket, listCustomerTickets } from '#server/tickets/customer-tickets.service.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { customerQuery, testDesk, viewerFor } from '#test/support/ticket-builders.ts';

const old = { subject: 'Old printer', stageId: 'support-closed', createdAt: '2024-02-01T08:00:00.000Z', closedAt: '2024-02-03T10:00:00.000Z' } as const;

describe('an imported ticket', () => {
  test('keeps its dates, says nothing to anybody and is found by agents', async () => {
    const ctx = await testDesk();
    const contact = await givenContact(ctx, { email: 'anna@example.com' });
    const before = await ctx.db.selectFrom('live_events').select('seq').execute();

    const { id, number } = await importTicket(ctx, { ...old, contactId: contact.id, companyId: null, description: 'Paper jam upstairs', priority: 'high' });

    expect(await getTicket(ctx, id)).toMatchObject({
      number,
      createdAt: old.createdAt,
      lastActivityAt: old.closedAt,
      closedAt: old.closedAt,
      isOpen: false,
      isReleased: false,
      priority: 'high',
      source: 'import',
      conversation: [{ type: 'note', note: { text: 'Paper jam upstairs', createdAt: old.createdAt } }],
    });
    const page = await listTickets(ctx, TicketQuery.parse({ search: 'jam', state: 'all' }));
    expect(page.items).toMatchObject([{ id }]);
    expect(await ctx.db.selectFrom('outbox').select('id').execute()).toEqual([]);
    expect(await ctx.db.selectFrom('live_events').select('seq').execute()).toEqual(before);
    expect(await ctx.db.selectFrom('engagements').select('id').where('ticket_id', '=', id).execute()).toEqual([]);
  });

  test('is hidden from its customer until it is released', async () => {
    const ctx = await testDesk();
    const contact = await givenContact(ctx);
    const viewer = viewerFor(contact);
    const { id, number } = await importTicket(ctx, { ...old, contactId: contact.id, companyId: null });
    const search = customerQuery({ state: 'all', search: 'printer' });
    expect((await listCustomerTickets(ctx, viewer, search)).items).toEqual([]);
    await expect(getCustomerTicket(ctx, viewer, number)).rejects.toMatchObject({ kind: 'not-found' });

    await changeTicket(ctx, id, { isReleased: true });

    expect((await listCustomerTickets(ctx, viewer, search)).items).toMatchObject([{ number }]);
    expect(await getCustomerTicket(ctx, viewer, number)).toMatchObject({ number, messages: [], createdAt: old.createdAt });
  });

  test('is changed by a repeated import, and gone without a trace when the import is undone', async () => {
    const ctx = await testDesk();
    const { id } = await importTicket(ctx, { ...old, contactId: null, companyId: null, description: 'Paper jam' });

    await changeImportedTicket(ctx, id, { subject: 'Older printer', stageId: 'support-new' });
    expect(await getTicket(ctx, id)).toMatchObject({ subject: 'Older printer', isOpen: true, closedAt: null });
    await removeImportedTicket(ctx, id);

    await expect(getTicket(ctx, id)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await listTickets(ctx, TicketQuery.parse({ search: 'printer', state: 'all' }))).items).toEqual([]);
    expect((await listTickets(ctx, TicketQuery.parse({ search: 'jam', state: 'all' }))).items).toEqual([]);
  });

  test('needs a stage that is there', async () => {
    const ctx = await testDesk();

    await expect(importTicket(ctx, { ...old, stageId: 'none', contactId: null, companyId: null })).rejects.toThrow('stageId');
    expect((await listTickets(ctx, TicketQuery.parse({ state: 'all' }))).items).toEqual([]);
  });
});
