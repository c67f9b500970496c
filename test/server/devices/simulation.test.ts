import { describe, expect, test } from 'vitest';
import type { Simulation } from '#server/devices/devices.contract.ts';
import { createList } from '#server/people/lists.service.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';

describe('C27 simulating a call', () => {
  test('says of each phone what it would show and why', async () => {
    const server = await testServer();
    const anna = await givenContact(server.ctx, { firstName: 'Anna', lastName: 'Nowak', phone: '+48600100200' });
    const list = await createList(server.ctx, { kind: 'static', name: 'VIP', contactIds: [] });
    const synced = await pairsPhone(server, { deviceName: 'Synced' });
    await synced.get('/directory?limit=1000');
    await pairsPhone(server, { deviceName: 'Never synced' });
    await pairsPhone(server, { deviceName: 'Other lists', scope: { everyone: false, listIds: [list.id] } });
    await pairsPhone(server, { deviceName: 'Capped', scope: { everyone: true, most: 1 } });
    await givenContact(server.ctx, { firstName: 'Newer', phone: '+48600100201' });
    const off = await pairsPhone(server, { deviceName: 'Off' });
    await off.send('PATCH', '/me', { payload: { callerId: false } });
    await off.get('/directory');

    const simulate = async (number: string) => (await server.asConsole('GET', `/devices/simulation?number=${encodeURIComponent(number)}`)).json<Simulation>();
    const shown = Object.fromEntries((await simulate('0048 600 100 200')).phones.map(({ name, how, shows, reason }) => [name, { how, shows, reason }]));

    expect(shown['Synced']).toMatchObject({ how: 'held', shows: 'Anna Nowak' });
    expect(shown['Never synced']).toMatchObject({ how: 'look-up', shows: 'Anna Nowak' });
    expect(shown['Never synced']?.reason).toContain('has not read its contacts');
    expect(shown['Other lists']?.reason).toContain('not in the lists');
    expect(shown['Capped']?.reason).toContain('not among the 1 most recently active');
    expect(shown['Off']).toMatchObject({ how: 'nothing', shows: null });
    expect((await simulate('+48600999999')).phones[0]?.reason).toBe('Nobody is known by this number.');

    await server.asConsole('PATCH', `/contacts/${anna.id}`, { publishToPhones: false });
    await synced.get('/directory');
    expect((await simulate('+48600100200')).phones[0]).toMatchObject({ how: 'nothing', reason: 'This contact is kept off the phones.' });
  });

  test('a withheld caller is shown by no phone', async () => {
    const server = await testServer();
    await pairsPhone(server);

    const answer = await server.asConsole('GET', '/devices/simulation?number=anonymous');

    expect(answer.json<Simulation>().phones[0]).toMatchObject({ how: 'nothing', shows: null });
  });
});
