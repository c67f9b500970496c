import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, request, test, type APIRequestContext, type Browser, type Page } from 'playwright/test';
import { openBrowser, phoneView } from './support/browsers.ts';
import { startDesk, type Desk } from './support/desk.ts';

// From a scanned code to a phone whose own call screen knows who calls. The phone's part in Settings is played by the
// requests iOS and DAVx5 send; what the page shows of them is what the desk saw.

test.describe.configure({ mode: 'serial' });

const userAgents = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/27.0 Mobile/15E148 Safari/604.1',
  xiaomi: 'Mozilla/5.0 (Linux; Android 16; Redmi Note 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
} as const;

let desk: Desk;
let browser: Browser;
let lan: APIRequestContext;

test.beforeAll(async () => {
  desk = await startDesk();
  browser = await openBrowser();
  lan = await request.newContext({ ignoreHTTPSErrors: true });
  for (let index = 0; index < 12; index += 1) {
    const added = await desk.admin('POST', '/contacts', { firstName: 'Lena', lastName: `Weber ${index}`, phone: `+48600${100_000 + index}` });
    expect(added.ok).toBe(true);
  }
});

test.afterAll(async () => {
  await browser?.close();
  await lan?.dispose();
  await desk?.stop();
});

/** Scans, compares, is approved: the phone stands at the guide. */
async function pairedPhone(phone: keyof typeof userAgents, options: { readonly colorScheme?: 'light' | 'dark'; readonly locale?: string } = {}): Promise<Page> {
  const context = await browser.newContext({ ...phoneView, reducedMotion: 'reduce', userAgent: userAgents[phone], ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const pairing = (await (await desk.admin('POST', '/pairings', { deviceName: `A ${phone}` })).json()) as { id: string; url: string };
  await page.goto(`${desk.lanUrl}/s${new URL(pairing.url).hash}`);
  await expect(page.locator('.code')).toHaveText(/\d{3}.?\d{3}/u);
  await desk.admin('POST', `/pairings/${pairing.id}/approve`);
  await expect(page.locator('.setup-steps')).toBeVisible();
  return page;
}

function step(page: Page, title: string) {
  return page.locator('details.setup-step').filter({ has: page.locator('summary').getByText(title, { exact: true }) });
}

async function isDone(page: Page, ...titles: readonly string[]): Promise<void> {
  for (const title of titles) await expect(step(page, title), title).toHaveClass(/done/u);
}

async function isToDo(page: Page, title: string): Promise<void> {
  await expect(step(page, title)).toHaveClass(/now/u);
  await expect(step(page, title)).toHaveAttribute('open', '');
}

/** One request of an address-book client. */
function dav(
  account: { readonly userName: string; readonly password: string },
  path: string,
  options: { readonly agent: string; readonly method: string; readonly depth?: string; readonly body: string },
) {
  return lan.fetch(new URL(path, desk.lanUrl).href, {
    method: options.method,
    headers: {
      authorization: `Basic ${Buffer.from(`${account.userName}:${account.password}`).toString('base64')}`,
      'user-agent': options.agent,
      'content-type': 'text/xml',
      depth: options.depth ?? '0',
    },
    data: options.body,
  });
}

const principal = '<d:propfind xmlns:d="DAV:"><d:prop><d:current-user-principal/></d:prop></d:propfind>';
const listing = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>';
const bookFacts = '<d:propfind xmlns:d="DAV:" xmlns:cs="http://calendarserver.org/ns/"><d:prop><d:sync-token/><cs:getctag/></d:prop></d:propfind>';

/** The address of the one address book, as a client finds it. */
async function findBook(account: { readonly userName: string; readonly password: string }, agent: string): Promise<string> {
  const home = await dav(account, `/dav/p/${account.userName}/`, {
    agent,
    method: 'PROPFIND',
    body: '<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><c:addressbook-home-set/></d:prop></d:propfind>',
  });
  expect(home.status()).toBe(207);
  const homeUrl = /home-set[^>]*>\s*<[^>]*href[^>]*>([^<]+)</u.exec(await home.text())?.[1] ?? '';
  const books = await dav(account, homeUrl, {
    agent,
    method: 'PROPFIND',
    depth: '1',
    body: '<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/></d:prop></d:propfind>',
  });
  const hrefs = [...(await books.text()).matchAll(/<[^>]*href[^>]*>([^<]+)</gu)].map((found) => found[1] ?? '');
  return hrefs.find((href) => href !== homeUrl) ?? '';
}

/** Reads the whole book: its list, then every card. */
async function readsBook(account: { readonly userName: string; readonly password: string }, book: string, agent: string): Promise<number> {
  const list = await (await dav(account, book, { agent, method: 'PROPFIND', depth: '1', body: listing })).text();
  const cards = [...list.matchAll(/<[^>]*href[^>]*>([^<]+\.vcf)</gu)].map((found) => found[1] ?? '');
  const hrefs = cards.map((card) => `<d:href>${card}</d:href>`).join('');
  const body = `<c:addressbook-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/><c:address-data/></d:prop>${hrefs}</c:addressbook-multiget>`;
  expect((await dav(account, book, { agent, method: 'REPORT', depth: '1', body })).status()).toBe(207);
  return cards.length;
}

test('C4 C21 an iPhone: each step turns green as the iPhone does it, until its own call screen knows who calls', async () => {
  const page = await pairedPhone('iphone');
  await isDone(page, 'The desk is trusted');
  await isToDo(page, 'Load the account');

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Load the account' }).click()]);
  expect(download.suggestedFilename()).toBe('doorline.mobileconfig');
  const profile = readFileSync(await download.path()).toString('latin1');
  const read = (key: string): string => new RegExp(`<key>${key}</key><string>([^<]*)<`, 'u').exec(profile)?.[1] ?? '';
  const account = { userName: read('CardDAVUsername'), password: read('CardDAVPassword') };
  expect((await lan.get(download.url())).status()).toBe(410);
  await isDone(page, 'Load the account');
  await isToDo(page, 'Install it in Settings');

  const agent = 'iOS/27.0 (24A335) dataaccessd/1.0';
  const wrong = await dav({ ...account, password: `${account.password.slice(0, -1)}!` }, read('CardDAVPrincipalURL'), {
    agent,
    method: 'PROPFIND',
    body: principal,
  });
  expect(wrong.status()).toBe(401);
  expect((await dav(account, read('CardDAVPrincipalURL'), { agent, method: 'PROPFIND', body: principal })).status()).toBe(207);
  await isDone(page, 'Install it in Settings');
  await isToDo(page, 'Let the contacts come');

  const cards = await readsBook(account, await findBook(account, agent), agent);
  expect(cards).toBe(12);
  await isDone(page, 'Let the contacts come');
  const status = page.getByRole('region', { name: 'Caller ID on this phone' });
  await expect(status).toContainText('Caller ID works');
  await expect(status).toContainText('Contacts: 12 of 12');
  await expect(status).toContainText(/Read (?:this minute|\d+ minutes? ago) by iOS 27.0/u);

  await step(page, 'Try it').getByRole('button', { name: 'It did not' }).click();
  await expect(step(page, 'Try it').getByRole('alert')).toContainText('what you saved yourself wins');
  await step(page, 'Try it').getByRole('button', { name: 'It showed the name' }).click();
  await isDone(page, 'Try it');

  await page.getByRole('link', { name: 'This phone' }).click();
  await expect(page.getByRole('link', { name: /Caller ID on the call screen/u })).toContainText('Works. 12 of 12 contacts, read');
  await page.getByRole('link', { name: /Caller ID on the call screen/u }).click();

  // Loading it again takes the place of what is there: the old password stops.
  await step(page, 'Load the account').locator('summary').first().click();
  await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Load it again' }).click()]);
  expect((await dav(account, '/dav/', { agent, method: 'PROPFIND', body: principal })).status()).toBe(401);
  await page.context().close();
});

test('C5 C6 C22 a Xiaomi: DAVx5 gets the account, an unticked address book is seen, the maker’s own battery steps show', async () => {
  const first = await pairedPhone('xiaomi');
  await isToDo(first, 'Hand the account to DAVx5');
  const answer = first.waitForResponse((response) => response.url().endsWith('/setup/android'));
  await first.getByRole('button', { name: 'Open DAVx5' }).click();
  const account = (await (await answer).json()) as { userName: string; password: string; intentUrl: string; serverFingerprint: string };
  expect(account.intentUrl).toContain('package=at.bitfire.davdroid');
  // That tab waits for an app this browser does not have, and takes no more clicks.
  const page = await first.context().newPage();
  await page.goto(`${desk.lanUrl}/phone/#/phone/setup`);
  await isDone(page, 'Hand the account to DAVx5');
  await isToDo(page, 'Sign in with DAVx5');
  await expect(step(page, 'Sign in with DAVx5')).toContainText(account.serverFingerprint.split(':').slice(0, 2).join(' '));

  const agent = 'DAVx5/4.5.2-ose (2026/10/01; dav4jvm; okhttp/5.0) Android/16';
  expect((await dav(account, '/dav/', { agent, method: 'PROPFIND', body: principal })).status()).toBe(207);
  await isDone(page, 'Sign in with DAVx5');
  await isToDo(page, 'Tick the address book');

  const book = await findBook(account, agent);
  await dav(account, book, { agent, method: 'PROPFIND', body: bookFacts });
  await readsBook(account, book, agent);
  await isDone(page, 'Tick the address book', 'Let the contacts come');
  await expect(page.getByText(/by DAVx5 4\.5\.2/u)).toBeVisible();

  await isToDo(page, 'Keep it running');
  await expect(page.getByLabel('Maker of this phone')).toHaveValue('xiaomi');
  await expect(step(page, 'Keep it running')).toContainText('Background autostart');
  await page.getByLabel('Maker of this phone').selectOption('samsung');
  await expect(step(page, 'Keep it running')).toContainText('Never sleeping apps');
  await page.getByLabel('I have set this').click();
  await isDone(page, 'Keep it running');
  await page.reload();
  await isDone(page, 'Keep it running');
  await page.context().close();
});

test('C22 the account can be typed in by hand, or saved as the file of Managed DAVx5', async () => {
  const page = await pairedPhone('xiaomi');
  await page.getByText('Managed configuration').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'davdroid-config.json' }).click()]);

  const configuration = JSON.parse(readFileSync(await download.path(), 'utf8')) as Record<string, string>;
  const account = { userName: configuration['login_user_name'] ?? '', password: configuration['login_password'] ?? '' };
  expect(download.url()).not.toContain(account.password);
  expect((await dav(account, '/dav/', { agent: 'DAVx5/4.5', method: 'PROPFIND', body: principal })).status()).toBe(207);

  await step(page, 'Hand the account to DAVx5').locator('summary').first().click();
  await page.getByText('Type it in by hand').click();
  await page.getByRole('button', { name: 'Make and show a password' }).click();
  await expect(page.locator('.setup-fields')).toContainText(`${desk.lanUrl.replace(/\/$/u, '')}/dav/`);
  expect((await dav(account, '/dav/', { agent: 'DAVx5/4.5', method: 'PROPFIND', body: principal })).status()).toBe(401);
  await page.context().close();
});

test('C20 the manager asks for a renewal, and the phone page says so until it is done', async () => {
  const page = await pairedPhone('iphone');
  await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Load the account' }).click()]);
  await page.getByRole('link', { name: 'Calls' }).click();
  await expect(page.getByRole('link', { name: 'Renew it' })).toBeHidden();
  const { items } = (await (await desk.admin('GET', '/devices?limit=200')).json()) as {
    items: { id: string; leaseEndsAt: string | null; createdAt: string }[];
  };
  const newest = items.toSorted((left, right) => left.createdAt.localeCompare(right.createdAt)).at(-1);

  await desk.admin('POST', `/devices/${newest?.id}/renew-lease`);
  await page.getByRole('link', { name: 'Renew it' }).click();

  await expect(page.getByText('asks you to load the account')).toBeVisible();
  await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Load it again' }).click()]);
  await page.getByRole('link', { name: 'Calls' }).click();
  await expect(page.getByRole('link', { name: 'Renew it' })).toBeHidden();
  await page.context().close();
});

test('C20 an Android phone is renewed with one tap, and its account goes on', async () => {
  const page = await pairedPhone('xiaomi');
  await page.getByText('Type it in by hand').click();
  await page.getByRole('button', { name: 'Make and show a password' }).click();
  await expect(page.locator('.setup-fields code')).toHaveCount(3);
  const [, userName = '', password = ''] = await page.locator('.setup-fields code').allTextContents();
  await desk.admin('POST', `/devices/${userName}/renew-lease`);
  await expect(page.getByText('asks you to renew the contacts')).toBeVisible();

  await page.getByRole('button', { name: 'Renew the contacts' }).click();

  await expect(page.getByRole('button', { name: 'Renew the contacts' })).toBeHidden();
  expect((await dav({ userName, password }, '/dav/', { agent: 'DAVx5/4.5', method: 'PROPFIND', body: principal })).status()).toBe(207);
  await page.context().close();
});

test('C4 C5 axe finds nothing in the guide, light or dark, in three languages, and nothing scrolls sideways', async () => {
  const views = [
    { phone: 'iphone', colorScheme: 'light', locale: 'en-GB' },
    { phone: 'iphone', colorScheme: 'dark', locale: 'de-DE' },
    { phone: 'xiaomi', colorScheme: 'light', locale: 'pl-PL' },
    { phone: 'xiaomi', colorScheme: 'dark', locale: 'de-DE' },
  ] as const;
  for (const { phone, ...view } of views) {
    const page = await pairedPhone(phone, view);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${phone} ${view.locale} at ${width}`).toBeLessThanOrEqual(width);
    }
    await page.screenshot({ path: `test-results/screens/phone-setup-${phone}-${view.colorScheme}-${view.locale}.png`, fullPage: true });
    await page.context().close();
  }
});

test('C4 C5 the certificate page draws the settings of each phone, turns green once trusted, and axe finds nothing', async () => {
  for (const phone of ['iphone', 'xiaomi'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        ...phoneView,
        reducedMotion: 'reduce',
        userAgent: userAgents[phone],
        colorScheme,
        viewport: { width: 320, height: 700 },
      });
      const page = await context.newPage();
      await page.goto(desk.bootstrapUrl ?? '');
      await expect(page.getByText('This phone trusts the certificate.')).toHaveClass(/trusted/u);
      await expect(page.getByRole('figure').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await context.close();
    }
  }
});
