import { describe, expect, test } from 'vitest';
import type { Call, DeskCallNews } from '#server/calls/calls.contract.ts';
import { eventsOfAudienceAfter } from '#server/live/live.queries.ts';
import { givenOpenTicket } from '#test/support/caller-builders.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

async function aRingingDesk(number: string | null = '+48600100200') {
  const clock = testClock('2026-03-02T09:00:00.000Z');
  const server = await testServer({ clock });
  const phone = await pairsPhone(server);
  const reports = async (event: string) =>
    (await phone.send('POST', '/calls', { payload: { callId: 'c1', event, direction: 'inbound', number, at: clock.now().toISOString() } })).json<Call>();
  const news = async (audience = 'agents'): Promise<DeskCallNews> => {
    const rows = await server.ctx.db
      .selectFrom('live_events')
      .select('payload')
      .where('kind', '=', 'call')
      .where('audience', '=', audience)
      .orderBy('seq')
      .execute();
    return JSON.parse(rows.at(-1)?.payload ?? '{}') as DeskCallNews;
  };
  return { clock, server, phone, reports, news };
}

describe('a call that rings on the desk (C26)', () => {
  test('is there for a screen that opens in the middle of it, and gone once it is over', async () => {
    const { server, reports, clock } = await aRingingDesk();
    await givenContact(server.ctx, { firstName: 'Jonas', lastName: 'Brandt', phone: '600 100 200' });
    await reports('ringing');
    const now = async () => (await server.asConsole('GET', '/calls/now')).json().items;
    expect(await now()).toMatchObject([{ state: 'ringing', caller: { contact: { lastName: 'Brandt' } }, agent: { id: 'owner' }, answeredAt: null }]);

    clock.advance(5000);
    await reports('answered');
    expect(await now()).toMatchObject([{ state: 'answered', answeredAt: '2026-03-02T09:00:05.000Z' }]);

    await reports('ended');
    expect(await now()).toEqual([]);
  });

  test('shared by several is somebody’s once the desk says whose, and stays it while it goes on', async () => {
    const { server, reports, news } = await aRingingDesk();
    const company = await givenCompany(server.ctx, { name: 'Krüger' });
    await givenContact(server.ctx, { firstName: 'Anna', lastName: 'A', phone: '600 100 200', companyId: company.id });
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'B', phone: '600 100 200', companyId: company.id });
    await givenOpenTicket(server.ctx, { contactId: jan.id, subject: 'Second spindle' });
    const call = await reports('ringing');
    expect((await news()).caller?.candidates).toHaveLength(2);

    const named = await server.asConsole('PUT', `/calls/${call.id}/contact`, { contactId: jan.id });

    expect(named.json()).toMatchObject({ contact: { id: jan.id }, company: { id: company.id } });
    await reports('answered');
    expect(await news()).toMatchObject({
      state: 'answered',
      isNamedByHand: true,
      caller: { contact: { id: jan.id }, openTickets: [{ subject: 'Second spindle' }] },
    });
  });

  test('from a withheld number may be named by hand, and then stands on the timeline', async () => {
    const { server, reports } = await aRingingDesk(null);
    const olivia = await givenContact(server.ctx, { firstName: 'Olivia', lastName: 'Chen', phone: '600 100 200' });
    await reports('ringing');
    const call = await reports('missed');

    await server.asConsole('PUT', `/calls/${call.id}/contact`, { contactId: olivia.id });
    const again = await server.asConsole('PUT', `/calls/${call.id}/contact`, { contactId: olivia.id });

    expect(again.json()).toMatchObject({ isWithheld: true, contact: { name: 'Olivia Chen' } });
    const timeline = (await server.asConsole('GET', `/contacts/${olivia.id}/timeline`)).json().items;
    expect(timeline.map((entry: { summary: string }) => entry.summary)).toEqual(['Missed call']);
    const taken = await server.asConsole('PUT', `/calls/${call.id}/contact`, { contactId: null });
    expect(taken.json().contact).toBeNull();
    expect((await server.asConsole('PUT', `/calls/${call.id}/contact`, { contactId: 'gone' })).json().errors[0].path).toBe('contactId');
  });

  test('named by hand after it was missed names the task to call back', async () => {
    const { server, reports } = await aRingingDesk();
    const call = await reports('missed');
    const olivia = await givenContact(server.ctx, { firstName: 'Olivia', lastName: 'Chen', email: 'olivia@example.com' });

    await server.asConsole('PUT', `/calls/${call.id}/contact`, { contactId: olivia.id });

    expect((await server.asConsole('GET', '/tasks')).json().items).toMatchObject([{ title: 'Call back Olivia Chen', contact: { id: olivia.id } }]);
  });

  test('is noted on an open ticket once, however often one asks, and is found from the call', async () => {
    const { server, reports } = await aRingingDesk();
    const olivia = await givenContact(server.ctx, { firstName: 'Olivia', lastName: 'Chen', phone: '600 100 200' });
    const ticketId = await givenOpenTicket(server.ctx, { contactId: olivia.id, subject: 'Camera not found' });
    const call = await reports('ringing');

    await server.asConsole('PUT', `/calls/${call.id}/ticket`, { ticketId });
    const linked = await server.asConsole('PUT', `/calls/${call.id}/ticket`, { ticketId });

    expect(linked.json()).toMatchObject({ ticket: { id: ticketId, subject: 'Camera not found' } });
    const ticket = (await server.asConsole('GET', `/tickets/${ticketId}`)).json();
    expect(ticket.conversation).toMatchObject([{ type: 'note', note: { text: 'Phone call from Olivia Chen, 600 100 200, on Support’s phone' } }]);
    const timeline = (await server.asConsole('GET', `/tickets/${ticketId}/timeline`)).json().items;
    expect(timeline.map((entry: { kind: string }) => entry.kind).toSorted()).toEqual(['call', 'note']);
    expect((await server.asConsole('PUT', `/calls/${call.id}/ticket`, { ticketId: 'gone' })).statusCode).toBe(404);
  });

  test('opens one ticket for its caller, and the call leads to it', async () => {
    const { server, reports, news } = await aRingingDesk();
    const olivia = await givenContact(server.ctx, { firstName: 'Olivia', lastName: 'Chen', phone: '600 100 200' });
    const call = await reports('ringing');

    const open = () =>
      server.admin.inject({
        method: 'POST',
        url: `/admin/v1/calls/${call.id}/ticket`,
        headers: { host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}`, 'idempotency-key': `ticket-for-${call.id}` },
        payload: { subject: 'Call from Olivia Chen' },
      });
    const opened = await open();
    expect(opened.statusCode).toBe(201);
    expect((await open()).json()).toEqual(opened.json());

    expect((await server.asConsole('GET', `/tickets/${opened.json().id}`)).json()).toMatchObject({ contact: { id: olivia.id }, source: 'phone' });
    expect((await server.asConsole('GET', `/calls/${call.id}`)).json().ticket).toMatchObject({ id: opened.json().id });
    await reports('answered');
    expect(await news()).toMatchObject({ ticketId: opened.json().id });
  });
});

test('what one phone missed is found among its own events, however many others there were', async () => {
  const { ctx } = await testServer();

  expect(ctx.hot.plan(eventsOfAudienceAfter)).toEqual(['SEARCH live_events USING INDEX live_events_of_audience (audience=? AND rowid>?)']);
});
