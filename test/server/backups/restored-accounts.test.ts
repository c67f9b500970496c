import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeBackup } from '#server/backups/backups.service.ts';
import { restoreBackup } from '#server/backups/restore.service.ts';
import type { Device, DeviceMe, DeviceTrace } from '#server/devices/devices.contract.ts';
import { pairsPhone, phoneWith, type PairedPhone } from '#test/support/device-builders.ts';
import { propfindBody } from '#test/support/dav-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { temporaryFolder } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

interface Account {
  readonly userName: string;
  readonly password: string;
}

/** Sets the address book up on the phone, as its page does. */
async function makesAccount(phone: PairedPhone): Promise<Account> {
  const answer = await phone.send('POST', '/setup/android');
  expect(answer.statusCode).toBe(200);
  return answer.json<Account>();
}

/** What the phone's contacts app is answered. */
async function asks(server: TestServer, { userName, password }: Account): Promise<number> {
  const answer = await server.onLan({
    method: 'PROPFIND',
    url: `/dav/b/${userName}/contacts/`,
    headers: { authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`, depth: '0', 'content-type': 'text/xml; charset=utf-8' },
    payload: propfindBody('<D:displayname/>'),
  });
  return answer.statusCode;
}

interface UsedDesk {
  readonly server: TestServer;
  readonly backUp: () => Promise<unknown>;
  /** Starts the desk again from the backup. */
  readonly restore: () => Promise<TestServer>;
}

async function givenDesk(): Promise<UsedDesk> {
  const folder = temporaryFolder();
  const file = path.join(temporaryFolder(), 'desk.tar.gz');
  const server = await testServer({ folder });
  await givenContact(server.ctx, { firstName: 'Anna', phone: '+48600100200' });
  return {
    server,
    backUp: () => makeBackup(server.ctx, { target: file }),
    restore: async () => {
      await server.close();
      await restoreBackup(folder, { file });
      return testServer({ folder });
    },
  };
}

describe('D6 an address book after an older backup was restored', () => {
  test('set up anew since then is refused, which the console says and mends by asking the phone to load it again', async () => {
    const { server, backUp, restore } = await givenDesk();
    const phone = await pairsPhone(server);
    const former = await makesAccount(phone);
    await backUp();
    const account = await makesAccount(phone);
    expect(await asks(server, account)).toBe(207);
    expect(await asks(server, former)).toBe(401);

    const restored = await restore();
    const again = phoneWith(restored, phone.id, phone.token);

    expect(await asks(restored, account)).toBe(401);
    expect(await asks(restored, former)).toBe(401);
    expect((await restored.asConsole('GET', `/devices/${phone.id}`)).json<Device>()).toMatchObject({ state: 'active', isAccountStopped: true });
    expect((await again.get('/me')).json<DeviceMe>().renewAccount).toBe(true);
    const acts = (await restored.asConsole('GET', '/audit?action=device.account-stopped-again')).json<{ items: unknown[] }>();
    expect(acts.items).toMatchObject([{ target: { id: phone.id } }]);
    const trace = async () => (await restored.asConsole('GET', `/devices/${phone.id}/requests`)).json<DeviceTrace>();
    const refusals = async () => (await trace()).items.filter((item) => item.status === 401).map((item) => item.note);
    // The trace is written every two seconds.
    await expect.poll(refusals, { timeout: 15_000 }).toEqual(['wrong password', 'wrong password']);
    expect((await trace()).alerts).toEqual([expect.stringMatching(/wrong password.*an older backup was restored.*load the account again/u)]);

    expect((await restored.asConsole('POST', `/devices/${phone.id}/renew-lease`)).statusCode).toBe(200);
    expect((await again.get('/me')).json<DeviceMe>().renewAccount).toBe(true);
    expect(await asks(restored, await makesAccount(again))).toBe(207);
    expect((await again.get('/me')).json<DeviceMe>().renewAccount).toBe(false);
    await expect.poll(async () => (await trace()).alerts, { timeout: 15_000 }).toEqual([]);
  });

  test('that the manager stopped since then stays stopped, and one that nobody touched goes on', async () => {
    const { server, backUp, restore } = await givenDesk();
    const [stopped, untouched] = [await pairsPhone(server), await pairsPhone(server, { deviceName: 'Ben’s phone' })];
    const accounts = [await makesAccount(stopped), await makesAccount(untouched)] as const;
    await backUp();
    await server.asConsole('POST', `/devices/${stopped.id}/stop-account`);

    const restored = await restore();

    expect([await asks(restored, accounts[0]), await asks(restored, accounts[1])]).toEqual([401, 207]);
  });

  test('of a phone that was revoked since then stays refused, and the console says that it is ended', async () => {
    const { server, backUp, restore } = await givenDesk();
    const phone = await pairsPhone(server);
    const account = await makesAccount(phone);
    expect(await asks(server, account)).toBe(207);
    await backUp();
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);

    const restored = await restore();

    expect(await asks(restored, account)).toBe(401);
    expect((await restored.asConsole('GET', `/devices/${phone.id}`)).json<Device>().state).toBe('revoked');
    const acts = (await restored.asConsole('GET', `/audit?target=device:${phone.id}`)).json<{ items: { action: string }[] }>();
    expect(acts.items[0]?.action).toBe('device.revoked-again');
    expect((await restored.asConsole('POST', `/devices/${phone.id}/renew-lease`)).statusCode).toBe(409);
  });

  test('of a phone to be wiped since then is still emptied, and not left with what it has', async () => {
    const { server, backUp, restore } = await givenDesk();
    const phone = await pairsPhone(server);
    const account = await makesAccount(phone);
    await backUp();
    await server.asConsole('POST', `/devices/${phone.id}/wipe`);

    const restored = await restore();
    const again = phoneWith(restored, phone.id, phone.token);
    const state = async () => (await restored.asConsole('GET', `/devices/${phone.id}`)).json<Device>().state;

    expect(await state()).toBe('wiping');
    expect(await asks(restored, account)).toBe(207);
    expect((await again.get('/me')).json<DeviceMe>().wipe).toBe(true);
    const acts = (await restored.asConsole('GET', `/audit?target=device:${phone.id}`)).json<{ items: { action: string }[] }>();
    expect(acts.items[0]?.action).toBe('device.wipe-requested-again');
    await again.send('POST', '/wiped');
    expect(await state()).not.toBe('active');
  });

  test('of a phone that was given up since then, while it was to be wiped, is refused', async () => {
    const { server, backUp, restore } = await givenDesk();
    const phone = await pairsPhone(server);
    const account = await makesAccount(phone);
    await server.asConsole('POST', `/devices/${phone.id}/wipe`);
    await backUp();
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);

    const restored = await restore();

    expect(await asks(restored, account)).toBe(401);
    expect((await restored.asConsole('GET', `/devices/${phone.id}`)).json<Device>().state).toBe('revoked');
  });

  test('of a phone that confirmed its wipe since then is refused', async () => {
    const { server, backUp, restore } = await givenDesk();
    const phone = await pairsPhone(server);
    await phone.get('/me');
    await backUp();
    await server.asConsole('POST', `/devices/${phone.id}/wipe`);
    await phone.send('POST', '/wiped');
    expect((await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>().state).toBe('wiped');

    const restored = await restore();

    expect((await phoneWith(restored, phone.id, phone.token).get('/me')).statusCode).toBe(401);
    expect((await restored.asConsole('GET', `/devices/${phone.id}`)).json<Device>().state).toBe('revoked');
  });

  test('of a phone that was paired since then is refused and not listed, and works again once it is paired anew', async () => {
    const { server, backUp, restore } = await givenDesk();
    await backUp();
    const phone = await pairsPhone(server);
    const account = await makesAccount(phone);
    expect(await asks(server, account)).toBe(207);

    const restored = await restore();

    expect(await asks(restored, account)).toBe(401);
    expect((await phoneWith(restored, phone.id, phone.token).get('/me')).statusCode).toBe(401);
    expect((await restored.asConsole('GET', '/devices')).json<{ items: Device[] }>().items).toEqual([]);
    expect(await asks(restored, await makesAccount(await pairsPhone(restored)))).toBe(207);
  });
});
