import { describe, expect, test } from 'vitest';
import type { Device, DirectoryAnswer, ScopePreview } from '#server/devices/devices.contract.ts';
import { createList } from '#server/people/lists.service.ts';
import { buildsDirectories, pairsDavPhone, syncBody } from '#test/support/dav-builders.ts';
import { pairsPhone, type PairedPhone } from '#test/support/device-builders.ts';
import { givenManyContacts } from '#test/support/many-contacts.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

async function names(phone: PairedPhone): Promise<string[]> {
  const labels: string[] = [];
  for (let cursor = ''; ;) {
    const answer = await phone.get(`/directory?limit=1000${cursor}`);
    expect(answer.statusCode).toBe(200);
    const page = answer.json<DirectoryAnswer>();
    labels.push(...page.add.map(([, label]) => label));
    if (!page.more) return labels.sort();
    cursor = `&cursor=${encodeURIComponent(page.cursor)}`;
  }
}

async function givenPeople(server: TestServer, count: number) {
  const people = [];
  for (let index = 0; index < count; index += 1) {
    people.push(await givenContact(server.ctx, { firstName: `Person${index}`, lastName: '', phone: `+4860010020${index}` }));
  }
  return people;
}

describe('C3 a phone with a cap', () => {
  test('holds the most recently active contacts, and all once the cap is lifted', async () => {
    const server = await testServer();
    await givenPeople(server, 4);
    const phone = await pairsPhone(server, { scope: { everyone: true, most: 2 } });
    const capped = await names(phone);

    const changed = await server.asConsole('PATCH', `/devices/${phone.id}`, { scope: { everyone: true, listIds: [], most: null } });

    expect(capped).toEqual(['Person2', 'Person3']);
    expect(changed.json<Device>().scope).toEqual({ everyone: true, listIds: [], most: null, showsCompany: true });
    expect(await names(phone)).toHaveLength(4);
  });

  test('still recognises whom it does not hold, by asking while they ring', async () => {
    const server = await testServer();
    await givenPeople(server, 3);
    const phone = await pairsPhone(server, { scope: { everyone: true, most: 1 } });

    const answer = await phone.get('/lookup?number=%2B48600100200');

    expect(await names(phone)).toEqual(['Person2']);
    expect(answer.json<{ display: string }>().display).toBe('Person0');
  });

  test('gives no place to people it could not show', async () => {
    const server = await testServer();
    await givenPeople(server, 2);
    await givenContact(server.ctx, { firstName: 'Hidden', phone: '+48600100300', publishToPhones: false });
    await givenContact(server.ctx, { firstName: 'Silent', phone: '' });
    await givenContact(server.ctx, { firstName: '', lastName: '', email: 'biuro@acme.pl', phone: '+48600100301' });

    const phone = await pairsPhone(server, { scope: { everyone: true, most: 2 } });

    expect(await names(phone)).toEqual(['Person0', 'Person1']);
    expect((await phone.get('/me')).json<{ scope: object }>().scope).toEqual({ everyone: true, listIds: [], most: 2, showsCompany: true });
  });

  test.each([0, -1, 1.5, 3_000_000])('of %s is refused by its field, and nothing changes', async (most) => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const answer = await server.asConsole('PATCH', `/devices/${phone.id}`, { scope: { everyone: true, listIds: [], most } });

    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { path: string }[] }>().errors[0]?.path).toBe('scope.most');
    expect((await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>().scope.most).toBeNull();
  });
});

describe('C3 a phone on which no companies stand beside names', () => {
  const withoutCompanies = { everyone: true, listIds: [], most: null, showsCompany: false };

  async function givenACME(server: TestServer): Promise<void> {
    const company = await givenCompany(server.ctx, { name: 'ACME', phone: '+48221112233' });
    for (const [firstName, lastName, phone] of [
      ['Jan', 'Kowalski', '+48600100200'],
      ['Anna', 'Nowak', '+48600100300'],
      ['Eva', 'Zielinska', '+48600100300'],
    ] as const) {
      await givenContact(server.ctx, { firstName, lastName, phone, companyId: company.id });
    }
  }

  test('names stand alone, also where several share a number; companies keep their own numbers; other phones keep all', async () => {
    const server = await testServer();
    await givenACME(server);

    const without = await pairsPhone(server, { scope: withoutCompanies });
    const usual = await pairsPhone(server);

    expect(await names(without)).toEqual(['ACME', 'Eva, Anna', 'Jan Kowalski']);
    expect(await names(usual)).toEqual(['ACME', 'ACME: Eva, Anna', 'Jan Kowalski · ACME']);
    // While it rings the desk is asked, and nothing stays on the phone.
    expect((await without.get('/lookup?number=%2B48600100200')).json<{ display: string }>().display).toBe('Jan Kowalski · ACME');
  });

  test('nor on the cards of its address book, which are read anew when the manager changes that', async () => {
    const server = await testServer();
    await givenACME(server);
    const phone = await pairsDavPhone(server, { scope: withoutCompanies });
    const reads = async () => {
      await buildsDirectories(server);
      return (await phone.ask('REPORT', phone.book, { body: syncBody(''), headers: { depth: '1' } })).body;
    };
    await reads();

    const plain = await reads();
    await server.asConsole('PATCH', `/devices/${phone.id}`, { scope: { ...withoutCompanies, showsCompany: true } });
    await reads();

    expect(plain).toContain('FN:Jan Kowalski&');
    // The company's own card names it twice, and no other does.
    expect(plain.match(/ACME/gu)).toHaveLength(2);
    expect(await reads()).toContain('N:Kowalski;Jan;;;(ACME)');
    expect((await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>().scope.showsCompany).toBe(true);
  });
});

describe('the preview of a scope', () => {
  async function previewOf(server: TestServer, query: string): Promise<ScopePreview> {
    return (await server.asConsole('GET', `/devices/scope-preview?${query}`)).json<ScopePreview>();
  }
  const exactly = { areContactsAtLeast: false, arePresentableAtLeast: false, most: null };

  test('counts who is in it, whom phones may show, and who comes under the cap', async () => {
    const server = await testServer();
    const people = await givenPeople(server, 3);
    await givenContact(server.ctx, { firstName: 'Hidden', phone: '+48600100300', publishToPhones: false });
    const list = await createList(server.ctx, { kind: 'static', name: 'VIP', contactIds: [people[0]?.id ?? '', people[1]?.id ?? ''] });

    expect(await previewOf(server, 'everyone=true')).toEqual({ contacts: 4, presentable: 3, onPhone: 3, keptOff: 1, leastActiveAt: null, ...exactly });
    expect(await previewOf(server, 'everyone=true&most=2')).toMatchObject({ presentable: 3, most: 2, onPhone: 2 });
    const ofList = { contacts: 2, presentable: 2, onPhone: 2, keptOff: 0, leastActiveAt: null, ...exactly };
    expect(await previewOf(server, `everyone=false&listIds=${list.id}`)).toEqual(ofList);
    expect(await previewOf(server, 'everyone=false')).toEqual({ ...ofList, contacts: 0, presentable: 0, onPhone: 0 });
  });

  test('tells those kept off the phones from those without a name or a number', async () => {
    const server = await testServer();
    const shown = await givenContact(server.ctx, { firstName: 'Shown', phone: '+48600100200' });
    const hidden = await givenContact(server.ctx, { firstName: 'Hidden', phone: '+48600100300', publishToPhones: false });
    const hiddenAndSilent = await givenContact(server.ctx, { firstName: 'Both', phone: '', publishToPhones: false });
    const silent = await givenContact(server.ctx, { firstName: 'Silent', phone: '' });
    const contactIds = [shown, hidden, hiddenAndSilent, silent].map((contact) => contact.id);
    const list = await createList(server.ctx, { kind: 'static', name: 'VIP', contactIds });

    expect(await previewOf(server, 'everyone=true')).toMatchObject({ contacts: 4, presentable: 1, keptOff: 2 });
    expect(await previewOf(server, `everyone=false&listIds=${list.id}`)).toMatchObject({ contacts: 4, presentable: 1, keptOff: 2 });
  });

  test('under a cap says when the least active of those on the phone was active last', async () => {
    const server = await testServer();
    await givenManyContacts(server.ctx, { count: 10, keptOff: 2 });

    // 8 of them can be shown; the sixth was active five minutes after the first.
    expect(await previewOf(server, 'everyone=true&most=3')).toMatchObject({ onPhone: 3, leastActiveAt: '2025-01-01T00:05:00.000Z' });
    expect(await previewOf(server, 'everyone=true&most=8')).toMatchObject({ onPhone: 8, leastActiveAt: '2025-01-01T00:00:00.000Z' });
    expect(await previewOf(server, 'everyone=true&most=9')).toMatchObject({ onPhone: 8, leastActiveAt: null });
  });

  test.each(['everyone', 'a list'])('of 30,000 contacts in %s is exact for a cap of 25,000', async (who) => {
    const server = await testServer();
    const list = await createList(server.ctx, { kind: 'static', name: 'VIP', contactIds: [] });
    await givenManyContacts(server.ctx, { count: 30_000, listId: list.id });
    const scope = who === 'everyone' ? 'everyone=true' : `everyone=false&listIds=${list.id}`;

    expect(await previewOf(server, `${scope}&most=25000`)).toMatchObject({ contacts: 30_000, areContactsAtLeast: false, onPhone: 25_000 });
    expect(await previewOf(server, `${scope}&most=100`)).toMatchObject({ contacts: 30_000, onPhone: 100 });
    expect(await previewOf(server, scope)).toMatchObject({ contacts: 30_000, areContactsAtLeast: false, onPhone: 20_000, arePresentableAtLeast: true });
  });

  test.each(['everyone', 'a list'])('finds in %s whom phones may show behind many they may not', async (who) => {
    const server = await testServer();
    const list = await createList(server.ctx, { kind: 'static', name: 'VIP', contactIds: [] });
    await givenManyContacts(server.ctx, { count: 24_000, keptOff: 21_000, listId: list.id });
    const scope = who === 'everyone' ? 'everyone=true' : `everyone=false&listIds=${list.id}`;

    const preview = await previewOf(server, scope);

    expect(preview).toEqual({ contacts: 24_000, presentable: 3000, onPhone: 3000, keptOff: 21_000, leastActiveAt: null, ...exactly });
  });

  test.each(['everyone', 'a list'])('of more than 100,000 contacts in %s says that there are more', async (who) => {
    const server = await testServer();
    const list = await createList(server.ctx, { kind: 'static', name: 'VIP', contactIds: [] });
    await givenManyContacts(server.ctx, { count: 100_010, keptOff: who === 'everyone' ? 99_000 : 0, listId: list.id });
    const scope = who === 'everyone' ? 'everyone=true' : `everyone=false&listIds=${list.id}`;

    const preview = await previewOf(server, `${scope}&most=200000`);

    expect(preview).toMatchObject({ contacts: 100_000, areContactsAtLeast: true, arePresentableAtLeast: true, keptOff: null });
    expect(preview.onPhone).toBe(who === 'everyone' ? 1000 : 100_000);
  });
});
