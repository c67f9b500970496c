import { expect, test } from 'vitest';
import { testServer } from '#test/support/test-server.ts';

test('the console adds, finds, changes and removes a contact', async () => {
  const server = await testServer();

  const added = await server.asConsole('POST', '/contacts', { firstName: 'Anna', lastName: 'Zielińska', mobile: '601 234 567' });
  expect(added.statusCode).toBe(201);
  const { id } = added.json();
  expect((await server.asConsole('GET', '/contacts?search=zielinska')).json()).toMatchObject({
    items: [{ id, displayName: 'Anna Zielińska', primaryNumber: '601 234 567' }],
    nextCursor: null,
  });
  expect((await server.asConsole('PATCH', `/contacts/${id}`, { jobTitle: 'Tenant' })).json()).toMatchObject({ jobTitle: 'Tenant', lastName: 'Zielińska' });
  expect((await server.asConsole('GET', `/contacts/${id}/timeline`)).json()).toEqual({ items: [], nextCursor: null });
  expect((await server.asConsole('DELETE', `/contacts/${id}`)).statusCode).toBe(204);

  expect((await server.asConsole('GET', `/contacts/${id}`)).statusCode).toBe(404);
});

test('a bad value is named with its field and the way out', async () => {
  const server = await testServer();
  await server.asConsole('POST', '/contacts', { firstName: 'Anna', email: 'anna@example.com' });

  const malformed = await server.asConsole('POST', '/contacts', { email: 'anna at example' });
  const taken = await server.asConsole('POST', '/contacts', { firstName: 'Ben', email: 'Anna@Example.com' });

  expect(malformed.statusCode).toBe(400);
  expect(malformed.json().errors).toEqual([{ path: 'email', message: 'Write an e-mail address such as anna@example.com.' }]);
  expect(taken.statusCode).toBe(400);
  expect(taken.json().errors).toEqual([{ path: 'email', message: 'Anna has this address already. Use that contact, or another address here.' }]);
});

test.each([
  ['POST', '/contacts', { firstName: 'Anna', phone: '1'.repeat(201) }, 'phone: Write at most 200 characters.'],
  ['POST', '/contacts', { firstName: 'Anna', phone: null }, 'phone: Send text here.'],
  ['POST', '/contacts', { firstName: '\u00AD', lastName: ' \u200B' }, 'firstName: Write at least a name, an e-mail address or a number.'],
  ['POST', '/deals', {}, 'name: This is missing.'],
  ['POST', '/lists', { kind: 'static', name: '' }, 'name: Fill this in.'],
  ['POST', '/properties', { object: 'person', label: 'Floor', type: 'text' }, 'object: Choose one of contact, company, deal, ticket.'],
  ['GET', '/contacts?limit=1000', undefined, 'limit: Give a number up to 200.'],
] as const)('%s %s with a value that has no words of its own is refused in a sentence too', async (...[method, url, body, detail]) => {
  const server = await testServer();

  const refused = await server.asConsole(method, url, body);

  expect(refused.statusCode).toBe(400);
  expect(refused.json().detail).toBe(detail);
});

test('companies, deals, lists and properties are reached by the console', async () => {
  const server = await testServer();
  const company = (await server.asConsole('POST', '/companies', { name: 'Villa Nova', phone: '22 123 45 67' })).json();
  const contact = (await server.asConsole('POST', '/contacts', { firstName: 'Anna', companyId: company.id })).json();

  const deal = await server.asConsole('POST', '/deals', { name: 'Roof', value: { amount: '1200.00', currency: 'EUR' }, contactIds: [contact.id] });
  const list = await server.asConsole('POST', '/lists', { kind: 'static', name: 'Tenants', contactIds: [] });
  const members = await server.asConsole('PATCH', `/lists/${list.json().id}/members`, { add: [contact.id] });
  const property = await server.asConsole('POST', '/properties', { object: 'ticket', label: 'Floor', type: 'number' });

  expect([deal.statusCode, list.statusCode, members.statusCode, property.statusCode]).toEqual([201, 201, 200, 201]);
  expect((await server.asConsole('GET', '/companies?search=villa')).json().items).toMatchObject([{ id: company.id }]);
  expect((await server.asConsole('GET', `/companies/${company.id}`)).json()).toMatchObject({ contactCount: 1, numbers: [{ e164: '+48221234567' }] });
  expect((await server.asConsole('GET', `/deals?contactId=${contact.id}`)).json().items).toMatchObject([{ name: 'Roof' }]);
  expect((await server.asConsole('GET', `/lists/${list.json().id}/members`)).json().items).toMatchObject([{ id: contact.id }]);
  expect((await server.asConsole('GET', '/properties?object=ticket')).json().items.at(-1)).toMatchObject({ name: 'floor', isBuiltIn: false });
});

test('a cursor that was not made here starts at the top', async () => {
  const server = await testServer();
  await server.asConsole('POST', '/contacts', { firstName: 'Anna' });

  const page = await server.asConsole('GET', '/contacts?cursor=nonsense');

  expect(page.statusCode).toBe(200);
  expect(page.json().items).toHaveLength(1);
});
