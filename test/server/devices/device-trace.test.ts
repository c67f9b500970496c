import { describe, expect, test } from 'vitest';
import type { Device, DeviceTrace } from '#server/devices/devices.contract.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
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

  test('a phone that was last served another certificate is told apart', async () => {
    const server = await testServer();
    const phone = await pairsPhone(server);
    const sees = async () => (await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>().hasOldCertificate;
    const before = await sees();

    await server.ctx.db
      .updateTable('devices')
      .set({ seen_certificate: 'ab'.repeat(32) })
      .where('id', '=', phone.id)
      .execute();

    expect([before, await sees()]).toEqual([false, true]);
  });

  test('the trace of a phone that is not there is refused in words', async () => {
    const server = await testServer();

    expect((await server.asConsole('GET', '/devices/nobody/requests')).statusCode).toBe(404);
  });
});
