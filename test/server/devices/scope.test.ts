import { describe, expect, test } from 'vitest';
import type { Device, DirectoryAnswer, ScopePreview } from '#server/devices/devices.contract.ts';
import { createList } from '#server/people/lists.service.ts';
import { pairsPhone, type PairedPhone } from '#test/support/device-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
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
    expect(changed.json<Device>().scope).toEqual({ everyone: true, listIds: [], most: null });
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
    expect((await phone.get('/me')).json<{ scope: object }>().scope).toEqual({ everyone: true, listIds: [], most: 2 });
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

describe('the preview of a scope', () => {
  test('counts who is in it, whom phones may show, and who comes under the cap', async () => {
    const server = await testServer();
    const people = await givenPeople(server, 3);
    await givenContact(server.ctx, { firstName: 'Hidden', phone: '+48600100300', publishToPhones: false });
    const list = await createList(server.ctx, { kind: 'static', name: 'VIP', contactIds: [people[0]?.id ?? '', people[1]?.id ?? ''] });
    const preview = async (query: string) => (await server.asConsole('GET', `/devices/scope-preview?${query}`)).json<ScopePreview>();

    expect(await preview('everyone=true')).toEqual({ contacts: 4, presentable: 3, onPhone: 3, isAtLeast: false });
    expect(await preview('everyone=true&most=2')).toMatchObject({ onPhone: 2 });
    expect(await preview(`everyone=false&listIds=${list.id}`)).toEqual({ contacts: 2, presentable: 2, onPhone: 2, isAtLeast: false });
    expect(await preview('everyone=false')).toEqual({ contacts: 0, presentable: 0, onPhone: 0, isAtLeast: false });
  });
});
