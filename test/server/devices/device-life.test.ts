import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ContactInput } from '#server/people/people.contract.ts';
import { inTransaction } from '#server/kernel/context.ts';
import { publish } from '#server/live/live.service.ts';
import { createContact } from '#server/people/contacts.service.ts';
import { claims, completes, pairsPhone, phoneWith, seesPairing, startsPairing } from '#test/support/device-builders.ts';
import { readsEvents } from '#test/support/event-reader.ts';
import { temporaryFolder, testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

describe('a paired phone', () => {
  test('turns its own switches, and the console sees them', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const changed = await phone.send('PATCH', '/me', { payload: { showDeal: true, outcomeScreen: false } });

    expect(changed.json().settings).toEqual({ callerId: true, logCalls: false, outcomeScreen: false, showDeal: true });
    const shown = (await server.asConsole('GET', `/devices/${phone.id}`)).json();
    expect(shown.settings).toEqual(changed.json().settings);
  });

  test('is told when the manager renames it or turns its switches', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const stream = await readsEvents(server, '/api/device/v1/events', phone.token);

    await server.asConsole('PATCH', `/devices/${phone.id}`, { name: 'Anna’s Pixel', settings: { callerId: false } });

    expect((await stream.waitFor('settings')).data).toEqual({ callerId: false });
    expect((await phone.get('/me')).json()).toMatchObject({ name: 'Anna’s Pixel', settings: { callerId: false } });
    stream.close();
  });

  test('that comes back with its last event hears all it missed, however much happened meanwhile, in order and once', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    await server.asConsole('PATCH', `/devices/${phone.id}`, { settings: { callerId: false } });
    const before = await readsEvents(server, '/api/device/v1/events', { token: phone.token, lastEventId: '1' });
    const known = (await before.waitFor('settings')).id ?? '';
    before.close();
    await inTransaction(server.ctx, async (ctx) => {
      for (let index = 0; index < 1200; index += 1) {
        await publish(ctx, { audience: index % 2 === 0 ? `device:${phone.id}` : 'agents', kind: 'call', payload: { index } });
      }
    });

    const after = await readsEvents(server, '/api/device/v1/events', { token: phone.token, lastEventId: known });
    await publish(server.ctx, { audience: `device:${phone.id}`, kind: 'task', payload: {} });
    await after.waitFor('task');

    expect(after.events.filter(({ event }) => event === 'call').map(({ data }) => data['index'])).toEqual(Array.from({ length: 600 }, (_, index) => index * 2));
    expect(after.events.at(-1)?.event).toBe('task');
    after.close();
  });

  test('whose last event is of a desk that an older backup replaced hears what happens from now on', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const stream = await readsEvents(server, '/api/device/v1/events', { token: phone.token, lastEventId: '900000' });
    await server.asConsole('PATCH', `/devices/${phone.id}`, { settings: { callerId: false } });

    expect((await stream.waitFor('settings')).data).toEqual({ callerId: false });
    stream.close();
  });

  test('a switch that is not one is refused and nothing changes', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    const refused = await phone.send('PATCH', '/me', { payload: { showDeal: 'yes' } });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].path).toBe('showDeal');
    expect((await phone.send('PATCH', '/me', { payload: { showDeals: true } })).statusCode).toBe(400);
    expect((await phone.send('PATCH', '/me', { payload: { settings: { showDeal: true } } })).json().settings.showDeal).toBe(true);
  });

  test('is listed with when, where and as what it was last seen', async () => {
    const clock = testClock('2026-03-02T09:00:00.000Z');
    const server = await testServer({ clock });
    const phone = await pairsPhone(server);
    clock.advance(3_600_000);
    await phone.get('/me', { 'user-agent': 'DoorlinePhone/1' });

    const { items } = (await server.asConsole('GET', '/devices')).json();

    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ lastSeenAt: '2026-03-02T10:00:00.000Z', lastIp: '127.0.0.1', userAgent: 'DoorlinePhone/1', platform: 'ios' });
  });

  test('the list of phones comes in pages, active ones first', async () => {
    const server = await testServer();
    const phones = [];
    for (let index = 0; index < 5; index += 1) phones.push(await pairsPhone(server, { deviceName: `Phone ${index}` }));
    await server.asConsole('POST', `/devices/${phones[0]?.id}/revoke`);

    const first = (await server.asConsole('GET', '/devices?limit=3')).json();
    const second = (await server.asConsole('GET', `/devices?limit=3&cursor=${first.nextCursor}`)).json();

    const names = [...first.items, ...second.items].map((device: { name: string }) => device.name);
    expect(names).toEqual(['Phone 1', 'Phone 2', 'Phone 3', 'Phone 4', 'Phone 0']);
    expect(second.nextCursor).toBeNull();
  });

  test('its key opens nothing but the device API', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const headers = { authorization: `Bearer ${phone.token}` };

    const admin = await server.admin.inject({ url: '/admin/v1/devices', headers: { ...headers, host: '127.0.0.1:0' } });

    expect(admin.statusCode).toBe(401);
  });
});

describe('revoking', () => {
  test('refuses the next request and closes the open stream within a second', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const stream = await readsEvents(server, '/api/device/v1/events', phone.token);
    expect(stream.status).toBe(200);

    const revoked = await server.asConsole('POST', `/devices/${phone.id}/revoke`);
    expect(revoked.json()).toMatchObject({ state: 'revoked' });
    expect((await phone.get('/me')).statusCode).toBe(401);
    await stream.closed;

    expect(stream.events.at(-1)).toMatchObject({ event: 'wipe', data: { reason: 'revoked' } });
    expect((await phone.get('/directory')).json().code).toBe('not-paired');
  });

  test('a phone that was revoked between being let in and listening hears nothing', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);

    const stream = await readsEvents(server, '/api/device/v1/events', phone.token);

    expect(stream.status).toBe(401);
  });

  test('happens once; a second time and an unknown phone are refused in words', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);

    expect((await server.asConsole('POST', `/devices/${phone.id}/revoke`)).json().detail).toBe('This phone is revoked already.');
    expect((await server.asConsole('POST', '/devices/nobody/revoke')).statusCode).toBe(404);
  });

  test('outlives the restore of a backup that is older', async () => {
    const folder = temporaryFolder();
    const database = path.join(folder, 'doorline.sqlite');
    const before = await testServer({ folder });
    const phone = await pairsPhone(before);
    await before.close();
    copyFileSync(database, `${database}.older`);
    const during = await testServer({ folder });
    await during.asConsole('POST', `/devices/${phone.id}/revoke`);
    await during.close();

    copyFileSync(`${database}.older`, database);
    const after = await testServer({ folder });

    expect((await phoneWith(after, phone.id, phone.token).get('/me')).statusCode).toBe(401);
    expect((await after.asConsole('GET', `/devices/${phone.id}`)).json().state).toBe('revoked');
  });

  test.each(['used', 'declined'] as const)('a code that was %s since an older backup does not work again when that is restored', async (end) => {
    const folder = temporaryFolder();
    const database = path.join(folder, 'doorline.sqlite');
    const before = await testServer({ folder });
    const { token, id } = await startsPairing(before);
    await before.close();
    copyFileSync(database, `${database}.older`);
    const during = await testServer({ folder });
    const { claimId } = (await claims(during, token)).json<{ claimId: string }>();
    await during.asConsole('POST', `/pairings/${id}/${end === 'used' ? 'approve' : 'decline'}`);
    await completes(during, token, claimId);
    await during.close();

    copyFileSync(`${database}.older`, database);
    const after = await testServer({ folder });

    expect((await claims(after, token)).statusCode).toBe(410);
    expect((await seesPairing(after, id)).state).toBe('cancelled');
  });

  test('stands in the audit log', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);

    const log = (await server.asConsole('GET', '/audit?action=device.revoked')).json().items;

    expect(log[0]).toMatchObject({ actor: { id: 'owner' }, target: { id: phone.id, name: 'Anna’s iPhone' } });
  });
});

describe('wiping a lost phone', () => {
  test('empties it at its next sync, and refuses it once it confirmed', async () => {
    const clock = testClock('2026-03-02T14:00:00.000Z');
    const server = await testServer({ clock });
    await createContact(server.ctx, ContactInput.parse({ firstName: 'Jan', phone: '600100200' }));
    const phone = await pairsPhone(server);
    const before = (await phone.get('/directory')).json();
    expect(before.total).toBe(1);

    await server.asConsole('POST', `/devices/${phone.id}/wipe`);
    clock.advance(120_000);

    expect((await phone.get('/me')).json().wipe).toBe(true);
    expect((await phone.get(`/directory?cursor=${before.cursor}`)).statusCode).toBe(410);
    expect((await phone.get('/directory')).json()).toMatchObject({ mode: 'full', add: [], remove: [], more: false, total: 0 });
    const lookup = await phone.send('PATCH', '/me', { payload: { callerId: false } });
    expect([lookup.statusCode, lookup.json().code]).toEqual([403, 'device-wiping']);

    expect((await phone.send('POST', '/wiped')).statusCode).toBe(204);
    expect((await phone.get('/me')).statusCode).toBe(401);
    const shown = (await server.asConsole('GET', `/devices/${phone.id}`)).json();
    expect(shown).toMatchObject({
      state: 'wiped',
      wipeRequestedAt: '2026-03-02T14:00:00.000Z',
      wipeConfirmedAt: '2026-03-02T14:02:00.000Z',
      contactsSynced: 0,
    });
  });

  test('is told at once to a phone that listens, and to one that opens its stream later', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const early = await readsEvents(server, '/api/device/v1/events', phone.token);

    await server.asConsole('POST', `/devices/${phone.id}/wipe`);

    expect((await early.waitFor('wipe')).data).toEqual({ reason: 'wipe' });
    const late = await readsEvents(server, '/api/device/v1/events', phone.token);
    expect((await late.waitFor('wipe')).data).toEqual({ reason: 'wipe' });
    await phone.send('POST', '/wiped');
    await Promise.all([early.closed, late.closed]);
  });

  test('a phone may take itself off the desk', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);

    expect((await phone.send('POST', '/wiped')).statusCode).toBe(204);

    expect((await phone.get('/me')).statusCode).toBe(401);
    expect((await server.asConsole('GET', `/devices/${phone.id}`)).json().state).toBe('wiped');
  });

  test('a wiped phone is not wiped again, and its keys open nothing', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    await server.asConsole('POST', `/devices/${phone.id}/wipe`);
    await phone.send('POST', '/wiped');

    expect((await server.asConsole('POST', `/devices/${phone.id}/wipe`)).statusCode).toBe(409);
    expect((await phoneWith(server, phone.id, phone.token).send('POST', '/wiped')).statusCode).toBe(401);
  });
});
