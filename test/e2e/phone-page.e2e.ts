import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, request, test, type APIRequestContext, type Browser, type BrowserContextOptions, type Page } from 'playwright/test';
import { openBrowser, phoneView } from './support/browsers.ts';
import { startDesk, type Desk } from './support/desk.ts';
import { brokenWords, hidesFocus, sticksOutBy } from './support/layout.ts';

// The phone page in a real browser, against a real desk: what only a browser has is tested here, its storage above all.

test.describe.configure({ mode: 'serial' });

let desk: Desk;
let browser: Browser;
let lan: APIRequestContext;
/** The token of another phone of the same agent: the one that rings. */
let dialler = '';

async function json<Body>(answer: Promise<Response>): Promise<Body> {
  const response = await answer;
  expect(response.ok).toBe(true);
  return (await response.json()) as Body;
}

test.beforeAll(async () => {
  desk = await startDesk();
  browser = await openBrowser();
  // The desk’s own certificate authority is not installed here; that it is the right one is tested with certificates.
  lan = await request.newContext({ ignoreHTTPSErrors: true });
  const company = await json<{ id: string }>(desk.admin('POST', '/companies', { name: 'Werk 2' }));
  const jonas = await json<{ id: string }>(
    desk.admin('POST', '/contacts', { firstName: 'Jonas', lastName: 'Brandt', phone: '+49 170 1234567', companyId: company.id }),
  );
  await desk.admin('POST', '/deals', { name: 'Label line 3', value: { amount: '12400.00', currency: 'EUR' }, contactIds: [jonas.id] });
  for (let index = 0; index < 300; index += 1)
    await desk.admin('POST', '/contacts', { firstName: 'Lena', lastName: `Weber ${index}`, phone: `+48600${100_000 + index}` });
  dialler = await pairDialler();
});

test.afterAll(async () => {
  await browser?.close();
  await lan?.dispose();
  await desk?.stop();
});

async function onLan<Body>(path: string, body: object, token?: string): Promise<Body> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await lan.post(new URL(path, desk.lanUrl).href, { headers, data: body });
  expect(answer.ok()).toBe(true);
  return (await answer.json()) as Body;
}

async function startPairing(deviceName: string): Promise<{ id: string; url: string; token: string }> {
  return json(desk.admin('POST', '/pairings', { deviceName }));
}

async function pairDialler(): Promise<string> {
  const { id, token } = await startPairing('Dialler');
  const { claimId } = await onLan<{ claimId: string }>('/pair/claim', { token, deviceName: 'Dialler', platform: 'android' });
  await desk.admin('POST', `/pairings/${id}/approve`);
  return (await onLan<{ deviceToken: string }>('/pair/complete', { token, claimId })).deviceToken;
}

function reportCall(event: object): Promise<unknown> {
  return onLan('/api/device/v1/calls', { direction: 'inbound', number: '+491701234567', at: new Date().toISOString(), ...event }, dialler);
}

/** Opens the link of the code, compares, approves; a phone that is in use. */
async function pairedPage(options: Pick<BrowserContextOptions, 'colorScheme' | 'viewport' | 'locale'> = {}): Promise<Page> {
  const page = await (await browser.newContext({ ...phoneView, ...options })).newPage();
  page.setDefaultTimeout(20_000);
  const pairing = await startPairing('Anna’s phone');
  const code = new URL(pairing.url).hash;
  await page.goto(`${desk.lanUrl}/s${code}`);
  const shown = (await page.locator('.code').textContent()) ?? '';
  const asked = await json<{ claim: { code: string } }>(desk.admin('GET', `/pairings/${pairing.id}`));
  expect(shown.replace(/\D/gu, '')).toBe(asked.claim.code);
  expect(page.url()).not.toContain(pairing.token);
  await desk.admin('POST', `/pairings/${pairing.id}/approve`);
  await expect(page.locator('.setup-steps')).toBeVisible();
  await page.locator('.tabs a[href="#/calls"]').click();
  await expect(page.locator('.top h1')).toBeVisible();
  return page;
}

async function newestPhone(): Promise<{ id: string; state: string; contactsSynced: number }> {
  const { items } = await json<{ items: { id: string; name: string; state: string; contactsSynced: number; createdAt: string }[] }>(
    desk.admin('GET', '/devices?limit=200'),
  );
  const own = items.filter((device) => device.name === 'Anna’s phone').sort((left, right) => left.createdAt.localeCompare(right.createdAt));
  const newest = own.at(-1);
  if (newest === undefined) throw new Error('No phone is paired.');
  return newest;
}

async function whatIsLeft(page: Page): Promise<unknown> {
  return page.evaluate(async () => ({ kept: localStorage.length + sessionStorage.length, databases: (await indexedDB.databases()).length }));
}

test('C13 C20 the paired phone has its contacts, says when they came, and finds them without the desk', async () => {
  const page = await pairedPage();
  await expect(page.getByText('301 contacts')).toBeVisible();
  expect((await newestPhone()).contactsSynced).toBe(301);

  await page.getByRole('link', { name: 'This phone' }).click();
  await expect(page.getByText('Contacts synced')).toBeVisible();
  await page.getByRole('button', { name: 'Sync now' }).click();
  // As after an update of the desk, which has other files than the page knows.
  await page.route('**/assets/guide-screen-*.js', (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await page.getByRole('link', { name: 'Caller ID on the call screen' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.unroute('**/assets/guide-screen-*.js');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Caller ID on this phone' })).toBeVisible();
  await expect(page).toHaveTitle(/^Caller ID on this phone – /u);
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByLabel('Name, number, company or ticket').fill('brandt');
  await expect(page.getByText('The desk is not reached')).toBeVisible();
  await expect(page.getByRole('link', { name: /Jonas Brandt/u }).first()).toBeVisible();
  await page.context().close();
});

test('C8 C10 C11 C26 it shows who calls, the missed call, and asks how a call went', async () => {
  const page = await pairedPage();
  await page.getByRole('link', { name: 'This phone' }).click();
  await page.getByRole('switch', { name: 'Show deal' }).click();
  await expect(page.getByRole('switch', { name: 'Show deal' })).toBeChecked();
  await page.getByRole('link', { name: 'Calls' }).click();

  await reportCall({ callId: 'ring-1', event: 'ringing' });
  const calling = page.getByRole('region', { name: 'Calling now' });
  await expect(calling).toContainText('Jonas Brandt');
  await expect(calling).toContainText(/Werk 2 · Label line 3, €12,400/u);
  await page.reload();
  await expect(calling).toContainText('Jonas Brandt');

  await reportCall({ callId: 'ring-1', event: 'missed' });
  await expect(calling).toBeHidden();
  await expect(page.getByRole('alert')).toContainText('Missed call from Jonas Brandt');
  // Dialling leaves the browser; the page behind it asks for the outcome.
  await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault(), { capture: true, once: true }));
  await page
    .getByRole('alert')
    .getByRole('link', { name: /Call back/u })
    .click();
  await expect(page.getByRole('heading', { name: 'After the call' })).toBeVisible();

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Choose how the call went.' })).toBeVisible();
  await page.getByRole('radio', { name: 'No answer' }).check({ force: true });
  await page.getByLabel('Note for the team').fill('Half a sentence');
  await page.reload();
  await expect(page.getByLabel('Note for the team')).toHaveValue('Half a sentence');
  await page.getByRole('button', { name: 'Add a follow-up' }).click();
  await page.getByLabel('What is to be done').fill('Try again in the morning');
  await page.getByLabel('Due date of follow-up 1').fill('2026-01-05');
  await expect(page.getByText(/^That is past already: Monday,? 5 January 2026/u)).toBeVisible();
  await page.getByRole('button', { name: 'Tomorrow' }).click();
  await page.getByLabel('Due time of follow-up 1').fill('09:30');
  await expect(page.getByText(/^Due .* 09:30$/u)).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Tasks' }).click();
  await expect(page.getByText('tomorrow, 09:30')).toBeVisible();
  // As the phone's own clock has it, which is not UTC.
  const { items } = await json<{ items: { title: string; dueAt: string }[] }>(desk.admin('GET', '/tasks'));
  const followUp = items.find(({ title }) => title === 'Try again in the morning');
  expect(new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Warsaw' }).format(new Date(followUp?.dueAt ?? ''))).toBe('09:30');
  // The mark stands once the desk knows of it, so the click is not followed by it at once.
  await page.getByRole('checkbox', { name: /Try again in the morning/u }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('checkbox', { name: /Try again in the morning/u })).not.toBeChecked();
  await page.context().close();
});

test('who taps on while the page still steps back gets where they tapped', async () => {
  const page = await pairedPage();
  await page.getByRole('list').getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Call', exact: true })).toBeVisible();
  // A step back takes a browser a moment: the tap comes within it.
  await page.evaluate(() => {
    const stepBack = history.back.bind(history);
    history.back = () => {
      addEventListener('hashchange', ({ newURL }) => newURL.endsWith('#/calls') && document.body.setAttribute('data-stepped-back', ''));
      stepBack();
      document.querySelector<HTMLElement>('a[href="#/tasks"]')?.click();
    };
  });
  await page.getByRole('button', { name: 'Back' }).click();
  await page.locator('body[data-stepped-back]').waitFor();
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('#/tasks');
  await page.context().close();
});

test('C20 a wiped phone empties itself and says so; a revoked one does too', async () => {
  for (const act of ['wipe', 'revoke'] as const) {
    const page = await pairedPage();
    await expect(page.getByText('301 contacts')).toBeVisible();
    const { id } = await newestPhone();

    await desk.admin('POST', `/devices/${id}/${act}`);

    await expect(page.getByRole('heading', { name: 'This phone is off the desk' })).toBeVisible();
    expect(await whatIsLeft(page)).toEqual({ kept: 0, databases: 0 });
    await expect.poll(async () => (await newestPhone()).state).toBe(act === 'wipe' ? 'wiped' : 'revoked');
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Connect this phone' })).toBeVisible();
    await page.context().close();
  }
});

test('C11 C26 C28 of a shared number it shows who may call, asks afterwards who it was, and knows the next time', async () => {
  const workshop = await json<{ id: string }>(desk.admin('POST', '/companies', { name: 'Krüger' }));
  for (const firstName of ['Anna', 'Jan', 'Ola', 'Ewa', 'Bo', 'Zoë'])
    await desk.admin('POST', '/contacts', { firstName, lastName: 'Krüger', phone: '+49 30 901820', companyId: workshop.id });
  await desk.admin('POST', '/tickets', { subject: `Second spindle ${'and so on '.repeat(15)}`, companyId: workshop.id });
  const page = await pairedPage();
  await page.getByRole('link', { name: 'This phone' }).click();
  await page.getByRole('switch', { name: 'Log calls' }).click();
  await page.getByRole('link', { name: 'Calls' }).click();
  const rings = (event: object) => reportCall({ number: '+4930901820', ...event });

  await rings({ callId: 'shared-1', event: 'ringing' });
  const calling = page.getByRole('region', { name: 'Calling now' });
  await expect(calling.getByRole('heading', { name: 'Krüger' })).toBeVisible();
  await expect(calling.getByRole('list', { name: 'Open tickets' })).toContainText('Second spindle');
  const people = calling.getByRole('list', { name: 'One of those who share this number' }).getByRole('link');
  await expect(people).toHaveCount(4);
  await calling.getByRole('button', { name: 'Show 2 more' }).click();
  await expect(people).toHaveCount(6);
  expect(await sticksOutBy(page)).toBe(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await people.getByText('Anna Krüger').click();
  await expect(page.getByRole('heading', { name: 'Anna Krüger' })).toBeVisible();

  await rings({ callId: 'shared-1', event: 'ended', durationSeconds: 70 });
  await page.getByRole('region', { name: 'After the call' }).getByRole('button', { name: 'Add how it went' }).click();
  await page.getByRole('radio', { name: 'Connected' }).check({ force: true });
  await page.getByRole('radio', { name: 'Jan Krüger' }).check({ force: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Calls' }).click();
  await rings({ callId: 'shared-2', event: 'ringing' });
  await expect(calling.getByRole('heading', { name: 'Jan Krüger' })).toBeVisible();
  await expect(calling.getByRole('list', { name: 'Or somebody else with this number' })).toContainText('Anna Krüger');
  await rings({ callId: 'shared-2', event: 'ended', durationSeconds: 70 });
  await expect(page.getByRole('heading', { name: 'After the call' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Jan Krüger' })).toBeChecked();
  await page.context().close();
});

for (const view of [
  { name: 'light, in English', options: { colorScheme: 'light', locale: 'en-GB' }, tabs: ['Calls', 'People', 'Tasks', 'This phone'] },
  { name: 'dark, in German', options: { colorScheme: 'dark', locale: 'de-DE' }, tabs: ['Anrufe', 'Personen', 'Aufgaben', 'Dieses Telefon'] },
  {
    name: '320 pixels wide, in Polish',
    options: { viewport: { width: 320, height: 640 }, locale: 'pl-PL' },
    tabs: ['Połączenia', 'Osoby', 'Zadania', 'Ten telefon'],
  },
] as const) {
  test(`axe finds nothing and nothing sticks out: ${view.name}`, async () => {
    const page = await pairedPage(view.options);
    expect(await page.locator('html').getAttribute('lang')).toBe(view.options.locale.slice(0, 2));
    const tabs = await page.locator('.tabs a').all();
    for (const [index, title] of view.tabs.entries()) {
      await tabs[index]?.click();
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(page).toHaveTitle(new RegExp(`^${title} – `, 'u'));
      await expect(page.locator('.waiting')).toHaveCount(0);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await sticksOutBy(page)).toBe(0);
      expect(await brokenWords(page)).toEqual([]);
    }
    const { items: inLog } = await json<{ items: { id: string; contact: { id: string } | null }[] }>(desk.admin('GET', '/calls?limit=20'));
    const known = inLog.find((call) => call.contact !== null);
    for (const place of [`people/${known?.contact?.id}`, ...['', '/outcome', '/ticket'].map((act) => `calls/${known?.id}${act}`)]) {
      await page.goto(`${desk.lanUrl}/phone/#/${place}`);
      await expect(page.locator('.inner-top h1')).toBeFocused();
      await expect(page.locator('.waiting')).toHaveCount(0);
      if (place.endsWith('/outcome')) await page.locator('.form > .button').click();
      expect((await new AxeBuilder({ page }).analyze()).violations, place).toEqual([]);
      expect(await sticksOutBy(page), place).toBe(0);
    }
    await page.context().close();
  });
}

test('C23 whoever works by keyboard sees where they are on a small screen, down a form and up again', async () => {
  const { items } = await json<{ items: { id: string }[] }>(desk.admin('GET', '/calls?limit=1'));
  const page = await pairedPage({ viewport: { width: 390, height: 480 } });
  await page.goto(`${desk.lanUrl}/phone/#/calls/${items[0]?.id}/outcome`);
  await page.locator('.form > .button').click();
  await page.getByLabel('Note for the team').focus();
  const seen: string[] = [];
  // A field for a date has several stops.
  for (const key of [...Array<string>(16).fill('Tab'), ...Array<string>(16).fill('Shift+Tab')]) {
    await page.keyboard.press(key);
    expect(await hidesFocus(page)).toBeUndefined();
    seen.push(await page.evaluate(() => document.activeElement?.textContent ?? ''));
  }
  expect(seen).toEqual(expect.arrayContaining(['Today', 'In a week', 'Add a follow-up', 'Save']));
  await page.context().close();
});

test('C23 no word is too long for a phone 320 pixels wide, in German or Polish', async () => {
  await reportCall({ callId: 'spoken', event: 'answered' });
  await reportCall({ callId: 'spoken', event: 'ended', durationSeconds: 4000 });
  for (const locale of ['de-DE', 'pl-PL']) {
    const page = await pairedPage({ viewport: { width: 320, height: 640 }, locale });
    await page.locator('.row-text[href^="#/calls/"]').first().click();
    await expect(page.locator('.facts')).toBeVisible();
    expect(await brokenWords(page), locale).toEqual([]);
    await page.locator('a[href$="/outcome"]').first().click();
    await page.locator('.form > .button').click();
    await expect(page.locator('.task-field')).toBeVisible();
    expect(await brokenWords(page), locale).toEqual([]);
    await page.context().close();
  }
});

test('S11 its script stays within 60 KB compressed, and it can be installed', async () => {
  const page = await (await browser.newContext(phoneView)).newPage();
  let bytes = 0;
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) void response.body().then((body) => (bytes += gzipSync(body).length));
  });
  await page.goto(`${desk.lanUrl}/phone/`);
  await expect(page.getByRole('heading', { name: 'Connect this phone' })).toBeVisible();

  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(60_000);
  const manifest = (await (await page.request.get(`${desk.lanUrl}/phone/manifest.webmanifest`)).json()) as {
    start_url: string;
    display: string;
    icons: { src: string }[];
  };
  expect(manifest).toMatchObject({ start_url: '/phone/', display: 'standalone' });
  for (const icon of manifest.icons) expect((await page.request.get(`${desk.lanUrl}${icon.src}`)).headers()['content-type']).toBe('image/png');
  await page.context().close();
});
