import { describe, expect, test } from 'vitest';
import type { SimulatedPhone, Simulation } from '#server/devices/devices.contract.ts';
import { projectDirectories } from '#server/devices/directory-projection.service.ts';
import { createList } from '#server/people/lists.service.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

/** What each phone would show, by the phone's name. */
async function simulated(server: TestServer, number: string): Promise<Record<string, Pick<SimulatedPhone, 'how' | 'shows' | 'reason'>>> {
  const answer = await server.asConsole('GET', `/devices/simulation?number=${encodeURIComponent(number)}`);
  return Object.fromEntries(answer.json<Simulation>().phones.map(({ name, how, shows, reason }) => [name, { how, shows, reason }]));
}

async function givenEverythingIsWorkedIn(server: TestServer): Promise<void> {
  while (!(await projectDirectories(server.ctx, 1000)));
}

async function givenList(server: TestServer, contactIds: string[] = []): Promise<string> {
  return (await createList(server.ctx, { kind: 'static', name: `List of ${contactIds.length}`, contactIds })).id;
}

describe('C27 simulating a call', () => {
  test('says of each phone what it would show and why', async () => {
    const server = await testServer();
    const anna = await givenContact(server.ctx, { firstName: 'Anna', lastName: 'Nowak', phone: '+48600100200' });
    const synced = await pairsPhone(server, { deviceName: 'Synced' });
    await synced.get('/directory?limit=1000');
    await pairsPhone(server, { deviceName: 'Never synced' });
    await pairsPhone(server, { deviceName: 'Other lists', scope: { everyone: false, listIds: [await givenList(server)] } });
    await pairsPhone(server, { deviceName: 'Capped', scope: { everyone: true, most: 1 } });
    await givenContact(server.ctx, { firstName: 'Newer', phone: '+48600100201' });
    const off = await pairsPhone(server, { deviceName: 'Off' });
    await off.send('PATCH', '/me', { payload: { callerId: false } });
    await off.get('/directory');

    const shown = await simulated(server, '0048 600 100 200');

    expect(shown['Synced']).toMatchObject({ how: 'held', shows: 'Anna Nowak' });
    expect(shown['Never synced']).toMatchObject({ how: 'look-up', shows: 'Anna Nowak' });
    expect(shown['Never synced']?.reason).toContain('has not read its contacts');
    expect(shown['Other lists']?.reason).toContain('not in the lists');
    expect(shown['Capped']?.reason).toContain('not among the 1 most recently active');
    expect(shown['Off']).toMatchObject({ how: 'nothing', shows: null });
    expect((await simulated(server, '+48600999999'))['Synced']?.reason).toBe('Nobody is known by this number.');

    await server.asConsole('PATCH', `/contacts/${anna.id}`, { publishToPhones: false });
    await synced.get('/directory');
    expect((await simulated(server, '+48600100200'))['Synced']).toMatchObject({ how: 'nothing', reason: 'This contact is kept off the phones.' });
  });

  test('of a phone just paired says that its contacts are still being prepared, whatever it gets', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { firstName: 'Anna', phone: '+48600100200' });
    await pairsPhone(server, { deviceName: 'Everybody' });
    await pairsPhone(server, { deviceName: 'Lists', scope: { everyone: false, listIds: [await givenList(server)] } });
    await pairsPhone(server, { deviceName: 'Capped', scope: { everyone: true, most: 1 } });

    const before = await simulated(server, '+48600100200');
    await givenEverythingIsWorkedIn(server);
    const after = await simulated(server, '+48600100200');

    for (const name of ['Everybody', 'Lists', 'Capped']) expect(before[name]?.reason).toMatch(/^The contacts of this phone are still being prepared\./u);
    expect(after['Everybody']?.reason).toContain('has not read its contacts');
    expect(after['Lists']?.reason).toContain('not in the lists');
  });

  test('of a phone with lists and a cap says which of the two leaves the contact out', async () => {
    const server = await testServer();
    const anna = await givenContact(server.ctx, { firstName: 'Anna', phone: '+48600100200' });
    const newer = await givenContact(server.ctx, { firstName: 'Newer', phone: '+48600100201' });
    await pairsPhone(server, { deviceName: 'Outside', scope: { everyone: false, listIds: [await givenList(server, [newer.id])], most: 1 } });
    await pairsPhone(server, { deviceName: 'Beyond', scope: { everyone: false, listIds: [await givenList(server, [anna.id, newer.id])], most: 1 } });
    await givenEverythingIsWorkedIn(server);

    const shown = await simulated(server, '+48600100200');

    expect(shown['Outside']?.reason).toMatch(/^It is not in the lists this phone gets\./u);
    expect(shown['Beyond']?.reason).toMatch(/^It is not among the 1 most recently active contacts this phone gets\./u);
  });

  test('of somebody who was just let in says that the phone is being brought up to date', async () => {
    const server = await testServer();
    const listId = await givenList(server);
    await pairsPhone(server, { deviceName: 'Everybody' });
    await pairsPhone(server, { deviceName: 'List', scope: { everyone: false, listIds: [listId] } });
    await pairsPhone(server, { deviceName: 'Roomy', scope: { everyone: true, most: 100 } });
    await givenEverythingIsWorkedIn(server);

    const anna = await givenContact(server.ctx, { firstName: 'Anna', phone: '+48600100200' });
    await server.asConsole('PATCH', `/lists/${listId}/members`, { add: [anna.id] });
    const shown = await simulated(server, '+48600100200');

    for (const name of ['Everybody', 'List', 'Roomy']) expect(shown[name]).toMatchObject({ how: 'look-up', shows: 'Anna Nowak' });
    for (const name of ['Everybody', 'List', 'Roomy']) expect(shown[name]?.reason).toMatch(/^The desk is just bringing this phone’s contacts up to date\./u);
  });

  test('a number several people share is on the phone through any of them', async () => {
    const server = await testServer();
    const jan = await givenContact(server.ctx, { firstName: 'Jan', phone: '+48600100200' });
    await givenContact(server.ctx, { firstName: 'Eva', phone: '+48600100200' });
    await pairsPhone(server, { deviceName: 'One of them', scope: { everyone: false, listIds: [await givenList(server, [jan.id])] } });
    await pairsPhone(server, { deviceName: 'None of them', scope: { everyone: false, listIds: [await givenList(server)] } });
    await givenEverythingIsWorkedIn(server);

    const shown = await simulated(server, '+48600100200');

    expect(shown['One of them']?.reason).toContain('has not read its contacts');
    expect(shown['None of them']?.reason).toContain('not in the lists');
  });

  test('a company’s own number is only on phones that get everybody', async () => {
    const server = await testServer();
    await givenCompany(server.ctx, { name: 'ACME', phone: '+48221234567' });
    await pairsPhone(server, { deviceName: 'Everybody' });
    await pairsPhone(server, { deviceName: 'List', scope: { everyone: false, listIds: [await givenList(server)] } });
    await pairsPhone(server, { deviceName: 'Capped', scope: { everyone: true, most: 100 } });
    await givenEverythingIsWorkedIn(server);

    const shown = await simulated(server, '+48221234567');

    expect(shown['Everybody']?.reason).toContain('has not read its contacts');
    for (const name of ['List', 'Capped']) {
      expect(shown[name]).toMatchObject({ how: 'look-up', shows: 'ACME' });
      expect(shown[name]?.reason).toMatch(/^The number of a company alone is given only to phones that get everybody\./u);
    }
  });

  test('a direct number of a switchboard, and a contact without a name, are on no phone', async () => {
    const server = await testServer();
    const acme = await givenCompany(server.ctx, { name: 'ACME', phone: '+48 22 123 45 00' });
    await server.asConsole('PATCH', `/numbers/${acme.numbers[0]?.id}`, { isSwitchboard: true });
    await givenContact(server.ctx, { firstName: '', lastName: '', email: 'biuro@acme.pl', phone: '+48600100200' });
    await pairsPhone(server, { deviceName: 'Phone' });
    await givenEverythingIsWorkedIn(server);

    const direct = (await simulated(server, '+48221234567'))['Phone'];
    expect(direct).toMatchObject({ how: 'look-up', shows: 'ACME' });
    expect(direct?.reason).toMatch(/^It is a direct number of a switchboard, of which phones hold the main number only\./u);
    expect((await simulated(server, '+48600100200'))['Phone']?.reason).toMatch(/^This contact has no name, so phones do not get it\./u);
  });

  test('a number that does not come complete is found by the desk only', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { firstName: 'Anna', phone: '+48600100200' });
    await pairsPhone(server, { deviceName: 'Phone' });
    await givenEverythingIsWorkedIn(server);

    const shown = await simulated(server, '9600100200');

    expect(shown['Phone']).toMatchObject({ how: 'look-up', shows: 'Anna Nowak?' });
    expect(shown['Phone']?.reason).toMatch(/^The number does not come complete, and phones hold complete ones\./u);
  });

  test.each([
    ['+48 600', 'too few digits'],
    ['hello', 'no telephone number'],
    ['+999 123 456 789', 'No country has this calling code'],
  ])('%s cannot be read as a number, which is said with how one looks', async (number, why) => {
    const server = await testServer();
    await pairsPhone(server, { deviceName: 'Phone' });

    const shown = await simulated(server, number);

    expect(shown['Phone']).toMatchObject({ how: 'nothing', shows: null });
    expect(shown['Phone']?.reason).toContain('can’t be read as a telephone number');
    expect(shown['Phone']?.reason).toContain(why);
    expect(shown['Phone']?.reason).toContain('for example +48 22 123 45 67');
  });

  test('a withheld caller is shown by no phone', async () => {
    const server = await testServer();
    await pairsPhone(server, { deviceName: 'Phone' });

    const shown = await simulated(server, 'anonymous');

    expect(shown['Phone']).toEqual({ how: 'nothing', shows: null, reason: 'The caller withholds the number.' });
  });
});
