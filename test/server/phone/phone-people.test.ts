import { describe, expect, test } from 'vitest';
import { foundPeople, recentPeople } from '#server/phone/phone-people.queries.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

describe('looking a number up from a phone', () => {
  test('any way of writing it finds the person, nobody is an empty 204', async () => {
    const server = await testServer();
    const company = await givenCompany(server.ctx, { name: 'Werk 2' });
    await givenContact(server.ctx, { firstName: 'Jonas', lastName: 'Brandt', phone: '0048 (600) 100-200', companyId: company.id });
    const phone = await pairsPhone(server);

    for (const number of ['+48600100200', '600 100 200', '0048600100200']) {
      const found = await phone.get(`/lookup?number=${encodeURIComponent(number)}`);
      expect(found.json()).toMatchObject({ match: 'exact', display: 'Jonas Brandt · Werk 2', candidates: expect.any(Array) });
    }
    const nobody = await phone.get('/lookup?number=%2B48600999999');
    expect([nobody.statusCode, nobody.body]).toEqual([204, '']);
    expect((await phone.get('/lookup')).json().errors[0].path).toBe('number');
  });

  test('the deal comes only to phones that show it; with caller ID off nothing does', async () => {
    const server = await testServer();
    const jonas = await givenContact(server.ctx, { firstName: 'Jonas', phone: '600 100 200' });
    const deal = { name: 'Label line 3', value: { amount: '12400.00', currency: 'EUR' }, contactIds: [jonas.id] };
    expect((await server.asConsole('POST', '/deals', deal)).statusCode).toBe(201);
    const phone = await pairsPhone(server);

    expect((await phone.get('/lookup?number=600100200')).json().deal).toBeNull();
    expect((await phone.get(`/contacts/${jonas.id}`)).json().deal).toBeNull();
    await phone.send('PATCH', '/me', { payload: { showDeal: true } });
    expect((await phone.get('/lookup?number=600100200')).json().deal).toEqual({ name: 'Label line 3', value: { amount: '12400.00', currency: 'EUR' } });
    expect((await phone.get(`/contacts/${jonas.id}`)).json().deal.name).toBe('Label line 3');
    await phone.send('PATCH', '/me', { payload: { callerId: false } });
    expect((await phone.get('/lookup?number=600100200')).statusCode).toBe(204);
  });
});

describe('searching from a phone', () => {
  test('names, companies, numbers and tickets are found, addresses are not told', async () => {
    const server = await testServer();
    const company = await givenCompany(server.ctx, { name: 'Hartmann Optik' });
    const marta = await givenContact(server.ctx, {
      firstName: 'Marta',
      lastName: 'Zielińska',
      email: 'marta@example.com',
      phone: '600 100 200',
      companyId: company.id,
    });
    await givenContact(server.ctx, { firstName: 'Hidden', lastName: 'Zielinski', publishToPhones: false });
    await server.asConsole('POST', '/tickets', { subject: 'Broken lens', contactId: marta.id });
    const phone = await pairsPhone(server);

    for (const search of ['ziel', 'Hartm', '600100', '+48 600']) {
      const { items } = (await phone.get(`/contacts?search=${encodeURIComponent(search)}`)).json();
      expect(items).toEqual([{ id: marta.id, name: 'Marta Zielińska', company: 'Hartmann Optik', number: { e164: '+48600100200', display: '600 100 200' } }]);
    }
    expect((await phone.get('/tickets?search=lens')).json().items).toMatchObject([{ subject: 'Broken lens', contact: { id: marta.id } }]);
    const card = await phone.get(`/contacts/${marta.id}`);
    expect(card.json()).toMatchObject({ name: 'Marta Zielińska', company: { name: 'Hartmann Optik' }, openTickets: [{ subject: 'Broken lens' }] });
    expect(card.body).not.toContain('marta@example.com');
    expect((await phone.get('/contacts?search=%22%2A%29')).statusCode).toBe(200);
  });

  test('of somebody who is known by an address only, no answer tells the address', async () => {
    const server = await testServer();
    const ctx = server.ctx;
    const company = await givenCompany(ctx, { name: 'Hartmann Optik' });
    const nobody = { firstName: '', lastName: '' };
    const marta = await givenContact(ctx, { ...nobody, email: 'marta@example.com', phone: '600 100 200', companyId: company.id });
    await givenContact(ctx, { ...nobody, email: 'alone@example.com', phone: '600 100 300' });
    await server.asConsole('POST', '/tickets', { subject: 'Broken lens', contactId: marta.id });
    const phone = await pairsPhone(server);
    for (const number of ['+48600100200', '+48600100300'])
      for (const event of ['ringing', 'missed'])
        await phone.send('POST', '/calls', { payload: { callId: number, event, direction: 'inbound', number, at: ctx.now().toISOString() } });

    const answers = ['/calls', '/tasks', '/contacts', '/tickets?search=lens', `/contacts/${marta.id}`, '/directory', '/lookup?number=%2B48600100200'];
    for (const path of answers) expect((await phone.get(path)).body, path).not.toContain('@');
    expect((await phone.get('/calls')).json().items.map((call: { display: string }) => call.display)).toEqual(['600 100 300', 'Hartmann Optik']);
    expect((await phone.get('/tickets?search=lens')).json().items).toMatchObject([{ contact: { id: marta.id, name: '' } }]);
    // The desk itself knows the address.
    expect((await server.asConsole('GET', '/calls')).json().items[1]).toMatchObject({ display: 'marta@example.com' });
  });

  test('an empty search lists the most recently active, in pages', async () => {
    const server = await testServer();
    for (let index = 0; index < 5; index += 1) await givenContact(server.ctx, { firstName: `P${index}`, lastName: '' });
    const phone = await pairsPhone(server);

    const first = (await phone.get('/contacts?limit=3')).json();
    const second = (await phone.get(`/contacts?limit=3&cursor=${first.nextCursor}`)).json();

    expect([...first.items, ...second.items].map((item: { name: string }) => item.name)).toEqual(['P4', 'P3', 'P2', 'P1', 'P0']);
  });

  test('no search walks the whole table', async () => {
    const ctx = await testContext();

    expect(ctx.hot.plan(recentPeople).join(' | ')).toContain('SEARCH contacts USING INDEX');
    expect(ctx.hot.plan(foundPeople).join(' | ')).not.toMatch(/SCAN (contacts|companies)/u);
  });
});
