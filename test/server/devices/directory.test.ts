import { gunzipSync, brotliDecompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { DirectoryAnswer } from '#server/devices/devices.contract.ts';
import { changeCompany, createCompany } from '#server/people/companies.service.ts';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { changeContact, createContact, removeContact } from '#server/people/contacts.service.ts';
import { changeListMembers, createList } from '#server/people/lists.service.ts';
import { projectDirectories } from '#server/devices/directory-projection.service.ts';
import type { Context } from '#server/kernel/context.ts';
import { pairsPhone, type PairedPhone } from '#test/support/device-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

function person(ctx: Context, input: Partial<ContactInput>) {
  return createContact(ctx, ContactInput.parse(input));
}

/** What a phone holds after reading all pages from `cursor` on. */
async function syncs(phone: PairedPhone, held: Map<string, string>, { cursor, limit = 5000 }: { readonly cursor?: string; readonly limit?: number } = {}) {
  let next = cursor;
  const pages: DirectoryAnswer[] = [];
  for (;;) {
    const answer = await phone.get(`/directory?limit=${limit}${next === undefined ? '' : `&cursor=${next}`}`);
    expect(answer.statusCode).toBe(200);
    const page = answer.json<DirectoryAnswer>();
    pages.push(page);
    if (page.mode === 'full' && pages.length === 1) held.clear();
    for (const digits of page.remove) held.delete(digits);
    for (const [digits, label] of page.add) held.set(digits, label);
    next = page.cursor;
    if (!page.more) return { pages, cursor: next };
  }
}

async function builds(server: TestServer): Promise<void> {
  while (!(await projectDirectories(server.ctx, 1000)));
}

describe('the directory of a phone', () => {
  test('a phone first gets everybody who may be published, then only what changed', async () => {
    const server = await testServer();
    const { ctx } = server;
    const acme = await createCompany(ctx, CompanyInput.parse({ name: 'ACME', phone: '+48 22 123 45 00' }));
    const jan = await person(ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200', mobile: '601 100 200', companyId: acme.id });
    await person(ctx, { firstName: 'Secret', lastName: 'Person', phone: '600 100 999', publishToPhones: false });
    const phone = await pairsPhone(server);
    const held = new Map<string, string>();

    const first = await syncs(phone, held);

    expect(first.pages[0]).toMatchObject({ mode: 'full', more: false, total: 3 });
    expect(Object.fromEntries(held)).toEqual({ '48221234500': 'ACME', '48600100200': 'Jan Kowalski · ACME', '48601100200': 'Jan Kowalski · ACME' });

    await changeContact(ctx, jan.id, { mobile: '602 100 200', lastName: 'Nowak' });
    const second = await syncs(phone, held, { cursor: first.cursor });

    expect(second.pages).toHaveLength(1);
    expect(second.pages[0]).toMatchObject({
      mode: 'delta',
      add: [
        ['48600100200', 'Jan Nowak · ACME', jan.id],
        ['48602100200', 'Jan Nowak · ACME', jan.id],
      ],
      remove: ['48601100200'],
      total: 3,
    });
    const third = await syncs(phone, held, { cursor: second.cursor });
    expect(third.pages[0]).toMatchObject({ mode: 'delta', add: [], remove: [], more: false, cursor: second.cursor });
  });

  test('a company that is renamed, a contact that is hidden and one that goes reach the phone as changes', async () => {
    const server = await testServer();
    const { ctx } = server;
    const acme = await createCompany(ctx, CompanyInput.parse({ name: 'ACME' }));
    await person(ctx, { firstName: 'Jan', phone: '600 100 200', companyId: acme.id });
    const anna = await person(ctx, { firstName: 'Anna', phone: '600 100 201' });
    const olga = await person(ctx, { firstName: 'Olga', phone: '600 100 202' });
    const phone = await pairsPhone(server);
    const held = new Map<string, string>();
    const first = await syncs(phone, held);

    await changeCompany(ctx, acme.id, { name: 'Apex' });
    await changeContact(ctx, anna.id, { publishToPhones: false });
    await removeContact(ctx, olga.id);
    const second = await syncs(phone, held, { cursor: first.cursor });

    expect(second.pages[0]).toMatchObject({ mode: 'delta', remove: ['48600100201', '48600100202'] });
    expect(Object.fromEntries(held)).toEqual({ '48600100200': 'Jan · Apex' });
  });

  test('a number several people share has one label that names the company and counts them', async () => {
    const server = await testServer();
    const { ctx } = server;
    const acme = await createCompany(ctx, CompanyInput.parse({ name: 'Krüger workshop' }));
    for (const firstName of ['Anna', 'Jan', 'Ola', 'Ewa', 'Piotr']) await person(ctx, { firstName, phone: '22 555 10 10', companyId: acme.id });
    const phone = await pairsPhone(server);
    const held = new Map<string, string>();

    await syncs(phone, held);

    expect(held.get('48225551010')).toMatch(/^Krüger workshop: \w+, \w+ \+3$/u);
  });

  test('a phone with chosen lists gets their members and nobody else, and follows who joins and leaves', async () => {
    const server = await testServer();
    const { ctx } = server;
    const jan = await person(ctx, { firstName: 'Jan', phone: '600 100 200' });
    const anna = await person(ctx, { firstName: 'Anna', phone: '600 100 201' });
    const twin = await person(ctx, { firstName: 'Twin', phone: '600 100 200' });
    const list = await createList(ctx, { kind: 'static', name: 'VIP', contactIds: [jan.id] });
    const phone = await pairsPhone(server, { scope: { everyone: false, listIds: [list.id] } });
    const held = new Map<string, string>();
    const first = await syncs(phone, held);
    expect(Object.fromEntries(held)).toEqual({ '48600100200': 'Jan +1' });

    // Somebody who is not on the phone counts, and stops counting, without being named.
    await changeContact(ctx, twin.id, { phone: '' });
    const second = await syncs(phone, held, { cursor: first.cursor });
    expect(Object.fromEntries(held)).toEqual({ '48600100200': 'Jan' });

    await changeListMembers(ctx, list.id, { add: [anna.id], remove: [jan.id] });
    const third = await syncs(phone, held, { cursor: second.cursor });
    expect(Object.fromEntries(held)).toEqual({ '48600100201': 'Anna' });

    await changeContact(ctx, twin.id, { lastName: 'Outside' });
    const fourth = await syncs(phone, held, { cursor: third.cursor });
    expect(fourth.pages[0]).toMatchObject({ add: [], remove: [] });
  });

  test('another scope starts the phone anew: the old cursor is refused', async () => {
    const server = await testServer();
    const { ctx } = server;
    const jan = await person(ctx, { firstName: 'Jan', phone: '600 100 200' });
    await person(ctx, { firstName: 'Anna', phone: '600 100 201' });
    const list = await createList(ctx, { kind: 'static', name: 'VIP', contactIds: [jan.id] });
    const phone = await pairsPhone(server);
    const held = new Map<string, string>();
    const { cursor } = await syncs(phone, held);
    expect(held.size).toBe(2);

    await server.asConsole('PATCH', `/devices/${phone.id}`, { scope: { everyone: false, listIds: [list.id] } });

    const refused = await phone.get(`/directory?cursor=${cursor}`);
    expect(refused.statusCode).toBe(410);
    expect(refused.json().code).toBe('cursor-gone');
    await syncs(phone, held);
    expect(Object.fromEntries(held)).toEqual({ '48600100200': 'Jan' });
  });

  test.each(['x', '1.1.1', '9.9.9.9', '1.1.99999999999999', '1.1.5.f.0', '../../etc'])('a cursor nobody made (%s) is refused', async (cursor) => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    expect((await phone.get(`/directory?cursor=${encodeURIComponent(cursor)}`)).statusCode).toBe(410);
  });

  test('numbers ascend numerically and are unique over all pages, short country codes included', async () => {
    const server = await testServer();
    const numbers = ['+48600100200', '+3726123456', '+12125550123', '+4930123456', '+491701234567', '+390669812345', '+48221234567', '+85223456789'];
    for (const [index, phone] of numbers.entries()) await person(server.ctx, { firstName: `P${index}`, phone });
    const phone = await pairsPhone(server);
    await projectDirectories(server.ctx, 10_000);

    const { pages } = await syncs(phone, new Map(), { limit: 3 });

    const digits = pages.flatMap((page) => page.add.map(([number]) => Number(number)));
    expect(pages.map((page) => page.more)).toEqual([true, true, false]);
    expect(digits).toEqual([...numbers].map((number) => Number(number.slice(1))).sort((left, right) => left - right));
  });

  test('the phone page sees how many contacts it has and when they came', async () => {
    const clock = testClock('2026-03-02T09:41:00.000Z');
    const server = await testServer({ clock });
    await person(server.ctx, { firstName: 'Jan', phone: '600 100 200' });
    const phone = await pairsPhone(server);
    await syncs(phone, new Map());

    const me = (await phone.get('/me')).json();

    expect(me).toMatchObject({ contactsSynced: 1, lastSyncAt: '2026-03-02T09:41:00.000Z' });
    const shown = (await server.asConsole('GET', `/devices/${phone.id}`)).json();
    expect(shown).toMatchObject({ contactsSynced: 1, contactsInScope: 1, changesBehind: 0 });
    await person(server.ctx, { firstName: 'Anna', phone: '600 100 201' });
    await builds(server);
    expect((await server.asConsole('GET', `/devices/${phone.id}`)).json()).toMatchObject({ contactsInScope: 2, changesBehind: 1 });
  });

  test('a call directory may leave out the contacts’ ids, which are most of the bytes', async () => {
    const server = await testServer();
    const jan = await person(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const phone = await pairsPhone(server);

    const full = (await phone.get('/directory')).json<DirectoryAnswer>();
    const plain = (await phone.get('/directory?contactIds=false')).json<DirectoryAnswer>();

    expect(full.add).toEqual([['48600100200', 'Jan Kowalski', jan.id]]);
    expect(plain).toEqual({ ...full, add: [['48600100200', 'Jan Kowalski']] });
    expect((await phone.get('/directory?contactIds=perhaps')).statusCode).toBe(400);
  });

  test('an unchanged directory costs a 304, a changed one does not get it', async () => {
    const server = await testServer();
    await person(server.ctx, { firstName: 'Jan', phone: '600 100 200' });
    const phone = await pairsPhone(server);
    const { cursor } = await syncs(phone, new Map());
    const poll = await phone.get(`/directory?cursor=${cursor}`);
    const etag = String(poll.headers['etag']);
    expect(poll.rawPayload.length).toBeLessThan(300);

    const same = await phone.get(`/directory?cursor=${cursor}`, { 'if-none-match': etag });
    expect([same.statusCode, same.body]).toEqual([304, '']);
    await person(server.ctx, { firstName: 'Anna', phone: '600 100 201' });

    expect((await phone.get(`/directory?cursor=${cursor}`, { 'if-none-match': etag })).statusCode).toBe(200);
  });

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['zstd', zstdDecompressSync],
  ] as const)('a large answer comes compressed as %s when the phone takes it', async (coding, unpack) => {
    const server = await testServer();
    for (let index = 0; index < 40; index += 1) await person(server.ctx, { firstName: 'Jan', lastName: `Kowalski ${index}`, phone: `+4860010${1000 + index}` });
    const phone = await pairsPhone(server);
    await projectDirectories(server.ctx, 10_000);

    const answer = await phone.get('/directory', { 'accept-encoding': `${coding}, identity;q=0.5` });

    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers['vary']).toContain('accept-encoding');
    expect((JSON.parse(unpack(answer.rawPayload).toString()) as DirectoryAnswer).add).toHaveLength(40);
  });

  test('reading everything over and over is stopped, and the manager is told once', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const statuses = [];
    for (let read = 0; read < 23; read += 1) statuses.push((await phone.get('/directory')).statusCode);

    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
    const log = (await server.asConsole('GET', '/audit?action=device.reads-too-much')).json().items;
    expect(log).toHaveLength(1);
  });

  test('while a new directory is built a phone is told that more will come, and misses nothing', async () => {
    const server = await testServer();
    const { ctx } = server;
    for (let index = 0; index < 700; index += 1) await person(ctx, { firstName: `P${index}`, phone: `+48600${100_000 + index}` });
    const phone = await pairsPhone(server);
    const held = new Map<string, string>();

    const { pages, cursor } = await syncs({ ...phone, get: (url: string) => phone.getAtOnce(url) }, held, { limit: 100 });
    await builds(server);
    const later = await syncs(phone, held, { cursor });

    expect(pages[0]).toMatchObject({ mode: 'full', more: true });
    expect(held.size).toBe(700);
    const digits = pages.flatMap((page) => page.add.map(([number]) => Number(number)));
    expect(digits).toEqual([...new Set(digits)].sort((left, right) => left - right));
    // What was read while it was built is not sent again.
    expect(later.pages.flatMap((page) => page.add)).toHaveLength(0);
  });

  test('a directory nobody reads any more is thrown away, and a new phone of that scope gets a new one', async () => {
    const { deviceJobs } = await import('#server/devices/devices.jobs.ts');
    const server = await testServer();
    await person(server.ctx, { firstName: 'Jan', phone: '600 100 200' });
    const lost = await pairsPhone(server);
    await syncs(lost, new Map());
    await server.asConsole('POST', `/devices/${lost.id}/revoke`);

    await deviceJobs.find((job) => job.name === 'tidy-devices')?.run(server.ctx);
    expect(await server.ctx.db.selectFrom('directory_entries').selectAll().execute()).toEqual([]);

    const held = new Map<string, string>();
    await syncs(await pairsPhone(server), held);
    expect(held.size).toBe(1);
  });

  test('the directory is given to a bearer token only', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const asked = await server.onLan({ url: '/api/device/v1/directory', headers: { authorization: `Basic ${phone.token}` } });
    const nobody = await server.onLan({ url: '/api/device/v1/directory' });

    expect([asked.statusCode, nobody.statusCode]).toEqual([401, 401]);
  });
});
