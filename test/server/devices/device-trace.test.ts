import { describe, expect, test } from 'vitest';
import type { Device, DeviceTrace } from '#server/devices/devices.contract.ts';
import { startRequestTrace, type TracedRequest } from '#server/devices/request-trace.service.ts';
import type { DeskStatus } from '#server/insights/insights.contract.ts';
import { pairsDavPhone } from '#test/support/dav-builders.ts';
import { pairsPhone, phoneWith } from '#test/support/device-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const start = '2026-03-02T09:00:00.000Z';

describe('C27 what a phone did', () => {
  test('a phone that is signed in but never asked for its book says so, and is not behind by numbers it does not read', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { phone: '+48600100200' });
    const phone = await pairsPhone(server);
    await server.ctx.db.updateTable('devices').set({ dav_first_seen_at: start, dav_user_agent: 'DAVx5/4.5' }).where('id', '=', phone.id).execute();

    const device = (await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>();

    expect(device.addressBook).toMatchObject({ client: 'DAVx5/4.5', signedInAt: start, bookSeenAt: null, readAt: null });
    expect(device.changesBehind).toBe(0);
  });

  test('two programs on one account, and two whole readings within an hour, are pointed out', async () => {
    const clock = testClock(start);
    const server = await testServer({ clock });
    const phone = await pairsPhone(server);
    const request = { device_id: phone.id, method: 'REPORT', path: '/dav/b/x/contacts/', status: 207, milliseconds: 3 };
    const trace = async () => (await server.asConsole('GET', `/devices/${phone.id}/requests`)).json<DeviceTrace>();
    await server.ctx.db
      .insertInto('device_requests')
      .values({ ...request, at: start, note: 'synced all 3 cards', user_agent: 'iOS/27.1 dataaccessd/1.0' })
      .execute();
    const quiet = await trace();

    const later = { at: '2026-03-02T09:20:00.000Z', note: 'synced all 3 cards', user_agent: 'curl/8.0' };
    await server.ctx.db
      .insertInto('device_requests')
      .values({ ...request, ...later })
      .execute();
    const odd = await trace();

    expect(quiet.alerts).toEqual([]);
    expect(odd.items.filter((item) => item.path.startsWith('/dav')).map((item) => item.userAgent)).toEqual(['curl/8.0', 'iOS/27.1 dataaccessd/1.0']);
    expect(odd.alerts).toHaveLength(2);
    expect(odd.alerts[0]).toContain('curl, iOS');
  });

  const minute = 60_000;
  const [office, other] = ['192.168.1.20', '192.168.1.77'];

  /** A phone whose book is read from each of these addresses, one after another, `apart` minutes. */
  async function readsFrom(addresses: readonly string[], { apart = 5, userAgent = 'iOS/27.1 dataaccessd/1.0' } = {}) {
    const clock = testClock(start);
    const server = await testServer({ clock });
    const phone = await pairsDavPhone(server);
    const trace = startRequestTrace(server.ctx);
    const read = async (ip: string, request: Partial<TracedRequest> = {}) => {
      clock.advance(apart * minute);
      const usual = { deviceId: phone.id, method: 'REPORT', path: phone.book, status: 207, milliseconds: 3, userAgent };
      trace.traceRequest(server.ctx, { ...usual, ip, ...request });
      await trace.flush();
    };
    for (const ip of addresses) await read(ip);
    const device = async () => (await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>();
    return {
      server,
      clock,
      phone,
      read,
      device,
      alerts: async () => (await server.asConsole('GET', `/devices/${phone.id}/requests`)).json<DeviceTrace>().alerts,
    };
  }

  test('an account that is read from two addresses in turns is brought up: with the phone, in the list, at home, in the audit log', async () => {
    const { server, phone, read, device, alerts } = await readsFrom([office, other]);
    const quiet = [await alerts(), (await device()).accountSharing];
    const reads = { dav_first_seen_at: start, dav_book_seen_at: start, dav_synced_at: start };
    await server.ctx.db.updateTable('devices').set(reads).where('id', '=', phone.id).execute();
    const toLookInto = async () => (await server.asConsole('GET', '/devices?state=attention')).json<{ items: Device[] }>().items.map((one) => one.id);
    const before = await toLookInto();

    await read(office);
    await read(other);

    expect(quiet).toEqual([[], null]);
    expect(await alerts()).toEqual([expect.stringContaining(`Two addresses, ${office} and ${other}, read this phone’s address book in turns`)]);
    const { accountSharing } = await device();
    expect([accountSharing?.sentence]).toEqual(await alerts());
    expect([before, await toLookInto()]).toEqual([[], [phone.id]]);
    const parts = (await server.asConsole('GET', '/status')).json<DeskStatus>().parts;
    expect(parts.find((part) => part.part === 'phones')).toMatchObject({ health: 'bad', title: 'Two readers on the account of 1 phone', action: 'phones' });
    const acts = (await server.asConsole('GET', '/audit?action=device.account-shared')).json<{ items: unknown[] }>().items;
    expect(acts).toMatchObject([{ target: { id: phone.id }, detail: { addresses: [office, other] } }]);
  });

  test.each([
    ['moves from one address to another and stays there', [office, other, other, other], {}],
    ['speaks IPv4 and IPv6 by turns', [office, 'fd00::1', office, 'fd00::1'], {}],
    ['changes its own part of an IPv6 address', ['fd00::1', 'fd00::2', 'fd00::1'], {}],
    ['comes back to an address after more than an hour', [office, other, office], { apart: 31 }],
    ['has an address that is written in two ways', [office, `::ffff:${office}`, office], {}],
  ])('a phone that %s raises no alarm', async (_case, addresses, options) => {
    const { device, alerts } = await readsFrom(addresses, options);

    expect([await alerts(), (await device()).accountSharing]).toEqual([[], null]);
  });

  test('neither a request that was refused, nor the phone page, nor an answer that was slow to go out makes a second reader', async () => {
    const { read, device } = await readsFrom([office]);

    await read(other, { status: 401 });
    await read(office);
    await read(other, { path: '/api/device/v1/directory' });
    await read(office);
    await read(other);
    await read(office, { milliseconds: 12 * minute });

    expect((await device()).accountSharing).toBeNull();
  });

  test('“it is one phone” ends the alarm until it is seen anew; stopping the account ends its password', async () => {
    const { server, phone, read, device } = await readsFrom([office, other, office]);
    const before = (await device()).accountSharing;

    const dismissed = await server.asConsole('POST', `/devices/${phone.id}/one-phone`);
    await read(office);
    const after = (await device()).accountSharing;
    for (const ip of [other, office]) await read(ip);
    const again = (await device()).accountSharing;
    const stopped = await server.asConsole('POST', `/devices/${phone.id}/stop-account`);
    const refused = await phone.ask('PROPFIND', phone.book);

    expect([before, dismissed.json<Device>().accountSharing, after]).toEqual([expect.anything(), null, null]);
    expect(again).not.toBeNull();
    expect(stopped.json<Device>()).toMatchObject({ state: 'active', accountSharing: null, leaseRenewalAskedAt: expect.any(String) });
    expect(refused.statusCode).toBe(401);
    const me = await phoneWith(server, phone.id, phone.token).get('/me');
    expect(me.json()).toMatchObject({ renewAccount: true });
  });

  test('a phone that was last served another certificate is told apart', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const sees = async () => (await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>().certificateSeen;
    const before = await sees();

    await server.ctx.db
      .updateTable('devices')
      .set({ seen_certificate: 'ab'.repeat(32) })
      .where('id', '=', phone.id)
      .execute();

    expect([before, await sees()]).toEqual([null, 'older']);
  });

  test('the trace of a phone that is not there is refused in words', async () => {
    const server = await testServer();

    expect((await server.asConsole('GET', '/devices/nobody/requests')).statusCode).toBe(404);
  });
});
