import { expect, request, test, type APIRequestContext, type Browser, type Page } from 'playwright/test';
import { openBrowser, phoneView } from './support/browsers.ts';
import { startDesk, type Desk } from './support/desk.ts';

// The phone page without the desk, in a real browser: its service worker, its storage, and what arrives afterwards.

let desk: Desk;
let browser: Browser;
let lan: APIRequestContext;

test.beforeAll(async () => {
  desk = await startDesk();
  // A service worker is only installed from an address whose certificate is trusted; on phones the desk's authority is.
  browser = await openBrowser('--ignore-certificate-errors');
  lan = await request.newContext({ ignoreHTTPSErrors: true });
  await desk.admin('POST', '/contacts', { firstName: 'Jonas', lastName: 'Brandt', phone: '+49 170 1234567' });
});

test.afterAll(async () => {
  await browser?.close();
  await lan?.dispose();
  await desk?.stop();
});

interface Logged {
  readonly id: string;
  readonly outcome: string | null;
  readonly note: string | null;
}

async function onDesk<Body>(path: string): Promise<Body> {
  return (await (await desk.admin('GET', path)).json()) as Body;
}

async function onLan<Body>(path: string, data: object, token?: string): Promise<Body> {
  const answer = await lan.post(new URL(path, desk.lanUrl).href, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, data });
  expect(answer.ok()).toBe(true);
  return (await answer.json()) as Body;
}

async function pairedPage(locale = 'en-GB'): Promise<Page> {
  const page = await (await browser.newContext({ ...phoneView, locale })).newPage();
  page.setDefaultTimeout(20_000);
  const pairing = (await (await desk.admin('POST', '/pairings', { deviceName: 'Anna’s phone' })).json()) as { id: string; url: string };
  await page.goto(`${desk.lanUrl}/s${new URL(pairing.url).hash}`);
  await expect(page.locator('.code')).toBeVisible();
  await desk.admin('POST', `/pairings/${pairing.id}/approve`);
  await expect(page.locator('.setup-steps')).toBeVisible();
  await page.locator('.tabs a[href="#/calls"]').click();
  await expect(page.locator('.chip.on')).toBeVisible();
  await page.evaluate(async () => navigator.serviceWorker.ready);
  return page;
}

/** What a store of the page's databases holds. */
function stored(page: Page, database: string, store: string): Promise<unknown[]> {
  return page.evaluate(
    ([name, from]) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', () => reject(new Error(`There is no ${name}.`)));
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction(from).objectStore(from).getAll();
          reading.addEventListener('success', () => {
            opening.result.close();
            resolve(reading.result);
          });
        });
      }),
    [database, store] as const,
  );
}

function isKeys(value: unknown): value is { deviceToken: string } {
  return typeof value === 'object' && value !== null && 'deviceToken' in value;
}

/** What is left of the desk in this browser. */
function whatIsLeft(page: Page) {
  return page.evaluate(async () => ({
    kept: localStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
}
const nothing = { kept: 0, databases: 0, caches: 0, workers: 0 };

/** A call of this phone, as its own telephone app would report it. */
async function callOf(page: Page): Promise<Logged> {
  const [{ deviceToken } = { deviceToken: '' }] = (await stored(page, 'doorline-kept', 'kept')).filter(isKeys);
  const at = new Date().toISOString();
  await onLan('/api/device/v1/calls', { callId: 'offline-1', direction: 'inbound', number: '+491701234567', event: 'answered', at }, deviceToken);
  const { items } = await onDesk<{ items: Logged[] }>('/calls?limit=1');
  const [call] = items;
  if (call === undefined) throw new Error('The call is not in the log.');
  return call;
}

test('C11 C20 C23 the page opens without the desk, searches, keeps an outcome, sends it once, and leaves nothing when it is wiped', async () => {
  const page = await pairedPage();
  const { id } = await callOf(page);
  await page.goto(`${desk.lanUrl}/phone/#/calls/${id}/outcome`);
  await expect(page.getByText('Jonas Brandt')).toBeVisible();

  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByText('Jonas Brandt')).toBeVisible();
  await page.getByRole('radio', { name: 'Left a message' }).check({ force: true });
  await page.getByLabel('Note for the team').fill('Written in the cellar');
  await page.getByRole('button', { name: 'Add a follow-up' }).click();
  await page.getByLabel('What is to be done').fill('Call from upstairs');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Kept; it is sent when the desk can be reached')).toBeVisible();

  await page.getByRole('link', { name: 'People' }).click();
  await page.getByLabel('Name, number, company or ticket').fill('brandt');
  await expect(page.getByRole('link', { name: /Jonas Brandt/u }).first()).toBeVisible();
  await page.reload();
  await page.getByRole('link', { name: 'This phone' }).click();
  await expect(page.getByRole('region', { name: 'Kept on this phone' })).toContainText('Waiting to be sent1');
  expect((await onDesk<Logged>(`/calls/${id}`)).outcome).toBeNull();

  const sent: string[] = [];
  page.on('request', (asked) => {
    if (asked.url().endsWith('/outcome')) sent.push(asked.headers()['idempotency-key'] ?? '');
  });
  await page.context().setOffline(false);
  await expect(page.getByRole('region', { name: 'Kept on this phone' })).toBeHidden();
  expect(await onDesk<Logged>(`/calls/${id}`)).toMatchObject({ outcome: 'left-message', note: 'Written in the cellar' });
  await page.reload();
  await expect(page.getByText('Contacts synced')).toBeVisible();
  const { items } = await onDesk<{ items: { title: string }[] }>('/tasks');
  expect(items.filter((task) => task.title === 'Call from upstairs')).toHaveLength(1);
  expect(sent).toHaveLength(1);

  const devices = await onDesk<{ items: { id: string }[] }>('/devices?limit=200');
  await desk.admin('POST', `/devices/${devices.items[0]?.id ?? ''}/wipe`);
  await expect(page.getByRole('heading', { name: 'This phone is off the desk' })).toBeVisible();
  await expect.poll(() => whatIsLeft(page)).toEqual(nothing);
  await page.context().close();
});

/** Lets the browser wake the service worker as it would by itself: about once a day, or when a network comes. */
async function wakerOf(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(desk.lanUrl);
  const { targetInfo } = await devtools.send('Target.getTargetInfo');
  const { browserContextId = '' } = targetInfo;
  const permission = { permission: { name: 'periodic-background-sync' }, setting: 'granted', origin, browserContextId } as const;
  // The browser itself grants it to installed pages only.
  await (await browser.newBrowserCDPSession()).send('Browser.setPermission', permission);
  const found = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
      if (first !== undefined) resolve(first.registrationId);
    }),
  );
  await devtools.send('ServiceWorker.enable');
  const registrationId = await found;
  return {
    daily: () => devtools.send('ServiceWorker.dispatchPeriodicSyncEvent', { origin, registrationId, tag: 'directory' }),
    online: () => devtools.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag: 'queue', lastChance: false }),
  };
}

test('C11 C13 C20 while the page is closed its contacts are kept current, an outcome leaves once, and a wipe is done and confirmed', async () => {
  const page = await pairedPage();
  const waker = await wakerOf(page);
  const { id } = await callOf(page);
  await page.goto(`${desk.lanUrl}/phone/#/phone`);
  await page.reload();
  await expect(page.getByText('about once a day whether it is open or not')).toBeVisible();
  const tags = await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & { readonly periodicSync: { getTags(): Promise<string[]> } };
    return registration.periodicSync.getTags();
  });
  expect(tags).toEqual(['directory']);

  await page.goto(`${desk.lanUrl}/phone/#/calls/${id}/outcome`);
  await page.getByRole('radio', { name: 'Connected' }).check({ force: true });
  await page.getByRole('button', { name: 'Add a follow-up' }).click();
  await page.getByLabel('What is to be done').fill('Send the catalogue');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Kept; it is sent when the desk can be reached')).toBeVisible();
  expect((await onDesk<Logged>(`/calls/${id}`)).outcome).toBeNull();
  // From here on the program of the page runs nowhere: what is sent, the service worker sends.
  await page.goto('about:blank');
  await page.context().setOffline(false);
  await page.goto(`${desk.lanUrl}/phone/icons/icon.svg`);
  await waker.online();
  await expect.poll(async () => (await onDesk<Logged>(`/calls/${id}`)).outcome).toBe('connected');
  await expect.poll(() => stored(page, 'doorline-queue', 'entries')).toEqual([]);
  const { items } = await onDesk<{ items: { title: string }[] }>('/tasks');
  expect(items.filter((task) => task.title === 'Send the catalogue')).toHaveLength(1);

  await desk.admin('POST', '/contacts', { firstName: 'Marta', lastName: 'Hart', phone: '+49 170 7654321' });
  await expect
    .poll(async () => {
      await waker.daily();
      return JSON.stringify(await stored(page, 'doorline', 'directory'));
    })
    .toContain('Marta Hart');

  const devices = await onDesk<{ items: { id: string; state: string; createdAt: string }[] }>('/devices?limit=200');
  const own = devices.items.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt)).at(-1)?.id ?? '';
  await desk.admin('POST', `/devices/${own}/wipe`);
  await waker.daily();
  await expect.poll(async () => (await onDesk<{ state: string }>(`/devices/${own}`)).state).toBe('wiped');
  await expect.poll(() => whatIsLeft(page)).toEqual(nothing);
  await page.goto(`${desk.lanUrl}/phone/`);
  await expect(page.getByRole('heading', { name: 'Connect this phone' })).toBeVisible();
  await page.context().close();
});

test('C10 C15 C23 calls, tasks and people that were read stand there without the desk, and say since when', async () => {
  const page = await pairedPage();
  const { id } = await callOf(page);
  await desk.admin('POST', `/calls/${id}/outcome`, { outcome: 'connected', note: '', tasks: [{ title: 'Send the offer' }] });
  const asItWas = page.getByText(/^The desk is not reached. Last read/u);
  const goTo = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
  await goTo('Tasks');
  await expect(page.getByText('Send the offer')).toBeVisible();
  await goTo('Calls');
  const called = page
    .getByRole('list', { name: 'Calls' })
    .getByRole('link', { name: /Jonas Brandt/u })
    .first();
  await called.click();
  await page.getByRole('link', { name: 'View contact' }).click();
  await expect(page.getByText('+49 170 1234567')).toBeVisible();

  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByText('+49 170 1234567')).toBeVisible();
  await expect(asItWas).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByText('Connected')).toBeVisible();
  await goTo('Tasks');
  await expect(page.getByText('Send the offer')).toBeVisible();
  await expect(asItWas).toBeVisible();
  await goTo('Calls');
  await expect(called).toBeVisible();
  await expect(asItWas).toBeVisible();

  await page.context().setOffline(false);
  await expect(asItWas).toBeHidden({ timeout: 30_000 });
  await page.context().close();
});

test('C12 C23 a call placed without the desk stands in its log afterwards', async () => {
  const page = await pairedPage();
  await page.getByRole('link', { name: 'People' }).click();
  await page.context().setOffline(true);
  await page.getByLabel('Name, number, company or ticket').fill('brandt');
  const call = page.getByRole('link', { name: /^Call /u }).first();
  await expect(call).toBeVisible();
  // The phone's own dialler is not part of this browser; everything else about the link is as it is.
  await call.evaluate((link) => link.setAttribute('href', '#/people'));

  await call.click();
  await expect(page.getByText('The call. Kept; it is sent when the desk can be reached.')).toBeVisible();
  await page.context().setOffline(false);

  const outbound = async () =>
    (await onDesk<{ items: { direction: string; number: string }[] }>('/calls?limit=5')).items.filter((item) => item.direction === 'outbound');
  await expect.poll(outbound).toEqual([expect.objectContaining({ number: '+491701234567' })]);
  await page.context().close();
});

test('C23 a German phone reads what the desk refuses, and opens the page without the desk, in German, the guide too', async () => {
  const page = await pairedPage('de-DE');
  await page.goto(`${desk.lanUrl}/phone/#/people/gone`);
  await expect(page.getByRole('alert')).toContainText('Das ist nicht mehr da.');
  await page.goto(`${desk.lanUrl}/phone/#/calls`);
  await page.context().setOffline(true);

  await page.reload();

  await expect(page.getByRole('heading', { level: 1, name: 'Anrufe' })).toBeVisible();
  await expect(page.getByText('Nicht verbunden')).toBeVisible();
  await page.goto(`${desk.lanUrl}/phone/#/phone/setup`);
  await expect(page.getByRole('heading', { level: 1, name: 'Anruferkennung auf diesem Telefon' })).toBeVisible();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.context().close();
});
