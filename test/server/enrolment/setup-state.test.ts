import { describe, expect, test } from 'vitest';
import { endLeases } from '#server/devices/dav-account.service.ts';
import type { Device } from '#server/devices/devices.contract.ts';
import { cardsOfDirectory, setupOfDevice } from '#server/enrolment/enrolment.queries.ts';
import { readerName } from '#server/enrolment/reader-name.ts';
import type { SetupState } from '#server/enrolment/enrolment.contract.ts';
import { asksForProfile, fetchesProfile, givenPairedPhone, readsProfile, seesSetup, signsIn } from '../../support/enrolment-builders.ts';
import { buildsDirectories, pairsDavPhone, syncBody } from '../../support/dav-builders.ts';
import { givenContact } from '../../support/people-builders.ts';
import { testClock, testContext } from '../../support/test-context.ts';
import { testServer, type TestServer } from '../../support/test-server.ts';

function done(setup: SetupState): string[] {
  return setup.steps.filter(({ isDone }) => isDone).map(({ step }) => step);
}

/** What the address book writes down as a phone's requests come in. */
async function seenByTheAddressBook(server: TestServer, id: string, seen: Record<string, string | number | null>): Promise<void> {
  await server.ctx.db.updateTable('devices').set(seen).where('id', '=', id).execute();
}

describe('C4 C21 what an iPhone has done so far', () => {
  test('each step stands once the desk saw it happen, and not before', async () => {
    const { server, phone } = await givenPairedPhone();
    const at = server.ctx.now().toISOString();
    expect(done(await seesSetup(phone))).toEqual(['certificate']);

    const { url } = await asksForProfile(phone);
    expect(done(await seesSetup(phone))).toEqual(['certificate']);
    await fetchesProfile(server, url);
    expect(done(await seesSetup(phone))).toEqual(['certificate', 'profile']);
    await seenByTheAddressBook(server, phone.id, { dav_first_seen_at: at, dav_user_agent: 'iOS/27.0 (24A335) dataaccessd/1.0' });
    expect(done(await seesSetup(phone))).toEqual(['certificate', 'profile', 'account']);
    await seenByTheAddressBook(server, phone.id, { dav_synced_at: at, dav_cards_synced: 12 });
    const setup = await seesSetup(phone);

    expect(done(setup)).toEqual(['certificate', 'profile', 'account', 'contacts']);
    expect(setup).toMatchObject({ works: true, contacts: { onPhone: 12, readAt: at, readBy: 'iOS 27.0' } });
  });

  test('a new account starts anew: what the old one was seen doing says nothing about it', async () => {
    const { server, phone } = await givenPairedPhone();
    const at = server.ctx.now().toISOString();
    await fetchesProfile(server, (await asksForProfile(phone)).url);
    await seenByTheAddressBook(server, phone.id, { dav_first_seen_at: at, dav_synced_at: at, dav_cards_synced: 12 });
    await phone.send('POST', '/setup/test-call', { payload: { showedName: true } });
    expect(done(await seesSetup(phone))).toContain('test-call');

    await asksForProfile(phone);

    const setup = await seesSetup(phone);
    expect(done(setup)).toEqual(['certificate']);
    expect(setup).toMatchObject({ works: false, contacts: { onPhone: 0 }, testCallWorked: null });
  });

  test('contacts that were not read for two days do not work', async () => {
    const { server, phone, clock } = await givenPairedPhone();
    await fetchesProfile(server, (await asksForProfile(phone)).url);
    await seenByTheAddressBook(server, phone.id, { dav_synced_at: server.ctx.now().toISOString() });
    expect((await seesSetup(phone)).works).toBe(true);

    clock.advance(48 * 3_600_000);

    const setup = await seesSetup(phone);
    expect(setup.works).toBe(false);
    expect(done(setup)).toContain('contacts');
  });

  test('nobody can say that a call showed a name before there is an account', async () => {
    const { phone } = await givenPairedPhone();

    const answer = await phone.send('POST', '/setup/test-call', { payload: { showedName: true } });

    expect(answer.statusCode).toBe(409);
    expect(answer.json().code).toBe('no-account-yet');
  });

  test('a test call that showed no name is remembered, and is no step done', async () => {
    const { phone } = await givenPairedPhone();
    await asksForProfile(phone);

    const answer = await phone.send('POST', '/setup/test-call', { payload: { showedName: false } });

    expect(answer.json()).toMatchObject({ testCallWorked: false });
    expect(done(answer.json())).not.toContain('test-call');
  });
});

describe('C5 C22 what an Android phone has done so far', () => {
  test('signed in without the address book being ticked is told apart from done', async () => {
    const { server, phone } = await givenPairedPhone();
    const at = server.ctx.now().toISOString();
    await phone.send('POST', '/setup/android');
    await seenByTheAddressBook(server, phone.id, { dav_first_seen_at: at, dav_user_agent: 'DAVx5/4.5.2-ose (2026/10/01; dav4jvm; okhttp/5.0) Android/16' });

    const signedIn = await seesSetup(phone, 'android');
    await seenByTheAddressBook(server, phone.id, { dav_book_seen_at: at });
    const ticked = await seesSetup(phone, 'android');

    expect(done(signedIn)).toEqual(['certificate', 'link', 'account']);
    expect(signedIn.contacts.readBy).toBe('DAVx5 4.5.2');
    expect(done(ticked)).toEqual(['certificate', 'link', 'account', 'book']);
    expect(ticked.works).toBe(false);
  });

  test('the way can be chosen, and each shows only its own steps', async () => {
    const { server, phone } = await givenPairedPhone();
    await fetchesProfile(server, (await asksForProfile(phone)).url);

    const asked = await seesSetup(phone, 'android');
    const own = await seesSetup(phone);

    expect(own.way).toBe('ios');
    expect(asked.steps.map(({ step }) => step)).toEqual(['certificate', 'link', 'account', 'book', 'contacts', 'test-call']);
    expect(done(asked)).toEqual(['certificate']);
  });
});

describe('C20 the lease of an account', () => {
  test('a fortnight before the end the phone is told to renew, and renewing moves the end', async () => {
    const { phone, clock } = await givenPairedPhone({ leaseDays: 30 });
    await asksForProfile(phone);
    expect((await phone.get('/me')).json()).toMatchObject({ renewAccount: false, accountEndsAt: '2026-04-01T09:00:00.000Z' });

    clock.advance(16 * 86_400_000 + 1000);
    expect((await phone.get('/me')).json()).toMatchObject({ renewAccount: true });
    await asksForProfile(phone);

    expect((await phone.get('/me')).json()).toMatchObject({ renewAccount: false });
    expect((await seesSetup(phone)).lease).toMatchObject({ days: 30, renew: false, hasEnded: false });
  });

  test('an account whose lease is over is not said to work', async () => {
    const { server, phone, clock } = await givenPairedPhone({ leaseDays: 1 });
    await asksForProfile(phone);
    await seenByTheAddressBook(server, phone.id, { dav_synced_at: server.ctx.now().toISOString() });
    expect((await seesSetup(phone)).works).toBe(true);

    clock.advance(86_400_000);

    expect(await seesSetup(phone)).toMatchObject({ works: false, lease: { hasEnded: true, renew: true } });
  });

  test('a short lease asks for a renewal when half of it is over, not from its first day', async () => {
    const { phone, clock } = await givenPairedPhone({ leaseDays: 7 });
    await asksForProfile(phone);
    const renew = async () => (await phone.get('/me')).json<{ renewAccount: boolean }>().renewAccount;
    const first = await renew();

    clock.advance(3.6 * 86_400_000);

    expect([first, await renew()]).toEqual([false, true]);
  });

  test('a day after the lease the password has stopped too, and the phone page still works', async () => {
    const { server, phone, clock } = await givenPairedPhone({ leaseDays: 1 });
    const { password } = await readsProfile(server, (await fetchesProfile(server, (await asksForProfile(phone)).url)).rawPayload);
    clock.advance(86_400_000);
    await endLeases(server.ctx);
    expect(await signsIn(server, phone.id, password)).toBe(207);

    clock.advance(86_400_001);
    await endLeases(server.ctx);
    await endLeases(server.ctx);

    expect(await signsIn(server, phone.id, password)).toBe(401);
    expect((await phone.get('/me')).statusCode).toBe(200);
    const ended = (await server.asConsole('GET', '/audit')).json().items.filter((entry: { action: string }) => entry.action === 'device.lease-ended');
    expect(ended).toHaveLength(1);
    expect((await server.asConsole('GET', '/status')).body).toContain('Caller ID ends on 1 iPhone');
  });

  test('the manager asks for a renewal, the phone is told, and the installed profile answers it', async () => {
    const { server, phone } = await givenPairedPhone();
    await asksForProfile(phone);

    const asked = await server.asConsole('POST', `/devices/${phone.id}/renew-lease`);

    expect(asked.json().leaseRenewalAskedAt).not.toBeNull();
    expect((await phone.get('/me')).json()).toMatchObject({ renewAccount: true });
    const told = await server.ctx.db.selectFrom('live_events').selectAll().where('audience', '=', `device:${phone.id}`).execute();
    expect(JSON.stringify(told)).toContain('renewAccount');
    await asksForProfile(phone);
    expect((await server.asConsole('GET', `/devices/${phone.id}`)).json().leaseRenewalAskedAt).toBeNull();
    expect((await server.asConsole('GET', '/audit')).body).toContain('device.renewal-asked');
  });

  test('a phone that is off the desk can’t be asked, and a lease that makes no sense is refused by its field', async () => {
    const { server, phone } = await givenPairedPhone();
    const noDays = await server.asConsole('PATCH', `/devices/${phone.id}`, { leaseDays: 0 });
    const changed = await server.asConsole('PATCH', `/devices/${phone.id}`, { leaseDays: 7 });
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);

    expect(noDays.json().errors[0].path).toBe('leaseDays');
    expect(changed.json().leaseDays).toBe(7);
    expect((await server.asConsole('POST', `/devices/${phone.id}/renew-lease`)).statusCode).toBe(409);
    expect((await server.asConsole('POST', '/devices/nobody/renew-lease')).statusCode).toBe(404);
  });
});

describe('C20 the lease where the desk ends it', () => {
  const day = 86_400_000;

  /** A phone that reads its book through DAVx5, and what it holds after it synced. */
  async function givenAndroidPhone(input: object = {}) {
    const desk = await givenPairedPhone(input);
    const { server, phone } = desk;
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '+48600100200' });
    await buildsDirectories(server);
    const { password } = (await phone.send('POST', '/setup/android')).json<{ password: string }>();
    const authorization = `Basic ${Buffer.from(`${phone.id}:${password}`).toString('base64')}`;
    let token = '';
    const syncs = async (): Promise<string> => {
      const url = `/dav/b/${phone.id}/contacts/`;
      const headers = { authorization, 'content-type': 'text/xml', 'user-agent': 'DAVx5/4.5' };
      const answer = await server.onLan({ method: 'REPORT', url, headers, payload: syncBody(token) });
      if (answer.statusCode === 403 && answer.body.includes('valid-sync-token')) {
        token = '';
        return syncs();
      }
      token = /<d:sync-token>(.*?)<\/d:sync-token>/u.exec(answer.body)?.[1] ?? '';
      return answer.statusCode === 207 ? (/FN:(.*?)(?:\r|&#13;)/u.exec(answer.body)?.[1] ?? 'nobody') : String(answer.statusCode);
    };
    const device = async () => (await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>();
    return { ...desk, syncs, device };
  }

  test('at its end the phone is emptied at its next sync, which the console says; its owner renews with a tap and everybody comes back', async () => {
    const { server, phone, clock, syncs, device } = await givenAndroidPhone({ leaseDays: 30 });
    const before = [await syncs(), (await device()).leaseState];
    clock.advance(29 * day);
    await syncs();
    await expect.poll(async () => (await device()).trouble).toBe('lease-ending');
    const near = [(await phone.get('/me')).json(), await seesSetup(phone, 'android'), await device(), (await server.asConsole('GET', '/status')).body] as const;

    clock.advance(day);
    await endLeases(server.ctx);
    await endLeases(server.ctx);
    const over = await device();
    const held = [await syncs(), await syncs()];
    const emptied = await device();
    const renewed = await phone.send('POST', '/setup/renew');

    expect(before).toEqual(['Jan Kowalski', 'running']);
    expect(near[0]).toMatchObject({ renewAccount: true });
    expect(near[1].lease).toMatchObject({ renew: true, hasEnded: false, renewsByTap: true });
    expect(near[2]).toMatchObject({ leaseState: 'ending', leaseEndedBy: 'desk' });
    expect(near[3]).toContain('Caller ID ends on 1 iPhone');
    expect(over).toMatchObject({ leaseState: 'over', addressBook: { emptiedAt: null } });
    expect(held).toEqual(['nobody', 'nobody']);
    expect(emptied).toMatchObject({ state: 'active', addressBook: { emptiedAt: server.ctx.now().toISOString(), cards: 0 } });
    expect(renewed.json()).toEqual({ leaseEndsAt: new Date(clock.now().getTime() + 30 * day).toISOString() });
    expect(await syncs()).toBe('Jan Kowalski');
    // What was read is noted after the answer is out.
    await expect.poll(device).toMatchObject({ leaseState: 'running', addressBook: { emptiedAt: null, cards: 1 } });
    const acts = (await server.asConsole('GET', `/audit?target=device:${phone.id}`)).json<{ items: { action: string }[] }>().items;
    expect(acts.map(({ action }) => action).slice(0, 3)).toEqual(['device.lease-renewed', 'device.lease-ended', 'device.account-made']);
  });

  test('a phone that never comes back is not said to be emptied, and wiping it still works', async () => {
    const { phone, server, clock, syncs, device } = await givenAndroidPhone({ leaseDays: 1 });
    await syncs();
    clock.advance(3 * day);
    await endLeases(server.ctx);
    expect(await device()).toMatchObject({ leaseState: 'over', isAccountStopped: false, addressBook: { emptiedAt: null, cards: 1 } });

    await syncs();
    await server.asConsole('POST', `/devices/${phone.id}/wipe`);
    const asked = await device();
    await syncs();

    expect(asked).toMatchObject({ state: 'wiping', addressBook: { emptiedAt: null } });
    expect((await device()).addressBook?.emptiedAt).not.toBeNull();
  });

  test('an account made with the password of the pairing has a lease from its first sign-in; another lease counts from today', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const phone = await pairsDavPhone(server, { leaseDays: 10 });
    const device = async () => (await server.asConsole('GET', `/devices/${phone.id}`)).json<Device>();
    const before = (await device()).leaseEndsAt;
    clock.advance(day);

    await phone.ask('PROPFIND', phone.book, { headers: { depth: '0' } });
    const signedIn = (await device()).leaseEndsAt;
    clock.advance(day);
    const changed = await server.asConsole('PATCH', `/devices/${phone.id}`, { leaseDays: 2 });
    const unending = await server.asConsole('PATCH', `/devices/${phone.id}`, { leaseDays: null });

    expect([before, signedIn]).toEqual([null, '2026-03-13T09:00:00.000Z']);
    expect(changed.json<Device>()).toMatchObject({ leaseDays: 2, leaseEndsAt: '2026-03-06T09:00:00.000Z' });
    expect(unending.json<Device>()).toMatchObject({ leaseEndsAt: null, leaseState: 'none' });
  });

  test('what a tap can’t renew is refused with the way out: an iPhone’s account, a stopped one, none at all', async () => {
    const { server, phone } = await givenPairedPhone();
    const renews = async () => {
      const answer = await phone.send('POST', '/setup/renew');
      return [answer.statusCode, answer.json<{ code: string }>().code];
    };
    const none = await renews();
    await asksForProfile(phone);
    const iphone = await renews();
    await phone.send('POST', '/setup/android');
    await server.asConsole('POST', `/devices/${phone.id}/stop-account`);
    const stopped = await renews();

    for (const refused of [none, iphone, stopped]) expect(refused).toEqual([409, 'account-to-load']);
    expect((await server.asConsole('GET', '/devices?state=attention')).json()).toMatchObject({ items: [{ id: phone.id, isAccountStopped: true }] });
  });
});

describe('asking for the state every few seconds', () => {
  test('it reads two rows by their keys', async () => {
    const ctx = await testContext();

    for (const plan of [ctx.hot.plan(setupOfDevice).join('\n'), ctx.hot.plan(cardsOfDirectory).join('\n')]) {
      expect(plan).toContain('SEARCH');
      expect(plan).not.toContain('SCAN');
    }
  });
});

describe('who reads the address book, in words', () => {
  test.each([
    ['iOS/27.0 (24A335) dataaccessd/1.0', 'iOS 27.0'],
    ['iOS/18.1 (22B83) accountsd/1.0', 'iOS 18.1'],
    ['macOS/27.0 (26A100) AddressBookCore/2700', 'macOS 27.0'],
    ['DAVx5/4.5.2-ose (dav4jvm; okhttp/5.0) Android/16', 'DAVx5 4.5.2'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.8.0', 'Thunderbird 153.8.0'],
    ['Evolution/3.46.4', 'Evolution 3.46.4'],
    ['vdirsyncer/0.19.0', 'vdirsyncer'],
    ['<script>alert(1)</script>', 'an unknown program'],
    ['', 'an unknown program'],
  ])('%s is %s', (userAgent, name) => {
    expect(readerName(userAgent)).toBe(name);
  });
});
