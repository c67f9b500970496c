import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Browser, type Page } from 'playwright/test';
import type { DirectoryAnswer } from '#server/devices/devices.contract.ts';
import { hubspotExport } from '../support/hubspot-export.ts';
import { desktopView, openBrowser, openBrowserOn, phoneView } from './support/browsers.ts';
import { doorline, startDesk, type Desk } from './support/desk.ts';
import { acceptTheAddress, importContacts, inviteCustomer, nameTheCompany, openThePortal } from './support/first-run.ts';
import { openLan, type Lan } from './support/lan.ts';
import { openNativeApp, type Answer, type NativeApp } from './support/native-app.ts';
import { photo } from './support/photo.ts';
import { scanCode } from './support/scan.ts';

// The whole story, played once, in order: what a support manager does on the first day. Customer, phone and app are on
// another host; only the console is on this one.

test.describe.configure({ mode: 'serial' });

const note = 'Ribbon batch 7 again, do not tell the customer';
const password = 'green-lantern-walks-42';
const customer = { name: 'Grzegorz Brzęczyszczykiewicz', email: 'grzegorz@example.com' };

let lan: Lan;
let desk: Desk;
let manager: Page;
let office: Browser;
let network: Browser;
let visitor: Page;
let phone: Page;
let app: NativeApp;
let invitation = '';
let deviceToken = '';

test.beforeAll(async () => {
  lan = openLan();
  desk = await startDesk({ lanHost: '0.0.0.0' });
  const authorityPem = await (await desk.admin('GET', '/certificate/authority')).text();
  app = openNativeApp(lan, { origin: fromTheNetwork(desk.lanUrl), authorityPem, folder: desk.folder });
  office = await openBrowser();
  network = await openBrowserOn(lan);
  manager = await (await office.newContext(desktopView)).newPage();
  visitor = await (await network.newContext(desktopView)).newPage();
  phone = await (await network.newContext(phoneView)).newPage();
  for (const page of [manager, visitor, phone]) page.setDefaultTimeout(20_000);
});

test.afterAll(async () => {
  await Promise.allSettled([office?.close(), network?.close()]);
  await desk?.stop();
  lan?.close();
});

/** The address of one of the desk's planes as the other host must use it. */
function fromTheNetwork(url: string): string {
  const address = new URL(url);
  address.hostname = lan.serverAddress;
  return address.href;
}

/** A request of the app that was paired, with a key that makes it safe to send twice. */
function asDevice(method: 'GET' | 'POST', route: string, body?: object): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${deviceToken}`,
    ...(body === undefined ? {} : { 'idempotency-key': createHash('sha256').update(JSON.stringify(body)).digest('hex') }),
  };
  return app.request({ method, route: `/api/device/v1${route}`, headers, ...(body === undefined ? {} : { body }) });
}

/** Every number of the directory, page after page. */
async function wholeDirectory(): Promise<string[]> {
  const numbers: string[] = [];
  let cursor = '';
  for (let hasMore = true; hasMore;) {
    const page = (await asDevice('GET', `/directory?limit=2000${cursor === '' ? '' : `&cursor=${cursor}`}`)).json() as DirectoryAnswer;
    numbers.push(...page.add.map(([digits]) => digits));
    cursor = page.cursor;
    hasMore = page.more;
  }
  return numbers;
}

async function countContacts(): Promise<number> {
  return ((await (await desk.admin('GET', '/status')).json()) as { counts: { contacts: number } }).counts.contacts;
}

function callEvent(event: 'ringing' | 'ended'): object {
  return { callId: 'call-1', event, direction: 'inbound', number: '+48601234567', at: new Date().toISOString() };
}

test('D1 the wizard opens by itself at the first start', async () => {
  await manager.goto(await desk.consoleLink());
  await expect(manager.getByRole('heading', { name: 'Set up Doorline' })).toBeVisible();
  await nameTheCompany(manager, 'Hartmann Optik');
  await acceptTheAddress(manager);
});

test('D3 a messy export of 5,000 rows comes in, and importing it again makes nobody twice', async () => {
  const file = { name: 'hubspot-contacts.csv', content: hubspotExport({ rows: 5000, delimiter: ';', language: 'de' }) };
  await importContacts(manager, file);

  const imported = await countContacts();
  expect(imported).toBeGreaterThan(4000);
  expect(imported).toBeLessThanOrEqual(5000);

  const again = path.join(desk.folder, 'again.csv');
  writeFileSync(again, file.content);
  const { code } = await doorline('import', again, '--object', 'contacts', '--data', desk.folder, '--json');
  expect(code).toBe(0);
  expect(await countContacts()).toBe(imported);
});

test('P1 P21 the portal is opened and the first customer invited with a link', async () => {
  await openThePortal(manager, 'Hartmann support');
  const added = await desk.admin('POST', '/contacts', {
    firstName: 'Grzegorz',
    lastName: 'Brzęczyszczykiewicz',
    email: customer.email,
    mobile: '601 234 567',
    country: 'PL',
  });
  expect(added.status).toBe(201);
  invitation = await inviteCustomer(manager, customer.name);
  expect(new URL(invitation).protocol).toBe('https:');
});

test('P31 the customer chooses a password in another browser on another host', async () => {
  await visitor.goto(fromTheNetwork(invitation));
  await visitor.getByLabel('New password').fill(password);
  await visitor.getByRole('button', { name: 'Save the password' }).click();
  await expect(visitor.getByRole('heading', { name: 'My tickets' })).toBeVisible();

  const again = await network.newContext(desktopView);
  const used = await again.newPage();
  await used.goto(fromTheNetwork(invitation));
  await expect(used.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  await again.close();
});

test('P22 P26 the customer files a ticket with a photo', async () => {
  await visitor.getByRole('link', { name: 'File a support ticket' }).first().click();
  await visitor.getByLabel('What is it about?').fill('Label printer prints blank labels');
  await visitor.getByLabel('What happened?').fill('Since this morning every label from L-3 comes out blank.');
  await visitor.locator('input[type=file]').setInputFiles({ name: 'roll-left-edge.png', mimeType: 'image/png', buffer: photo() });
  await visitor.getByRole('button', { name: 'File the ticket' }).click();

  await expect(visitor.getByText('Your ticket has been filed.')).toBeVisible();
  await expect(visitor.getByText('roll-left-edge.png').first()).toBeVisible();
});

test('D4 the agent sees it arrive, answers and adds a note', async () => {
  await manager.getByRole('button', { name: 'Finish later' }).click();
  await manager.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: /Desk/u }).click();
  await manager.getByText('Label printer prints blank labels').first().click();
  await expect(manager.getByText('Since this morning every label from L-3 comes out blank.').first()).toBeVisible();
  await expect(manager.getByText('roll-left-edge.png').first()).toBeVisible();

  await manager.getByRole('tab', { name: 'Note' }).click();
  await manager.getByLabel('Note, only the team sees it').fill(note);
  await manager.getByRole('button', { name: 'Add note' }).click();
  await expect(manager.getByText(note).first()).toBeVisible();

  await manager.getByRole('tab', { name: 'Reply' }).click();
  await manager.getByLabel('Reply to the customer').fill('Thank you, Grzegorz. A new ribbon is on its way.');
  await manager.keyboard.press('Control+Enter');
  // What was written leaves the field once the desk has it.
  await expect(manager.getByLabel('Reply to the customer')).toHaveValue('');
  await expect(manager.getByText('A new ribbon is on its way.').first()).toBeVisible();
});

test('P13 P26 the customer sees the answer and nowhere the note', async () => {
  await visitor.reload();
  await expect(visitor.getByText('A new ribbon is on its way.').first()).toBeVisible();
  await visitor.getByLabel('Your message').fill('It arrived, thank you.');
  await visitor.getByRole('button', { name: 'Send the reply' }).click();
  await expect(visitor.getByText('Your reply has been sent.')).toBeVisible();

  const here = new URL(visitor.url());
  const slug = here.pathname.split('/')[1] ?? '';
  const pages = [
    here.href,
    `${here.origin}/${slug}/tickets`,
    `${here.origin}/${slug}/tickets?search=Ribbon`,
    `${here.origin}/${slug}/tickets?state=all&search=batch`,
    `${here.origin}/${slug}/account`,
  ];
  for (const page of pages) {
    await visitor.goto(page);
    expect(await visitor.content(), page).not.toContain('Ribbon batch 7');
  }
});

test('C20 a phone scans the code, both show the same number, the manager approves', async () => {
  await manager.goto(`${manager.url().split('#')[0] ?? ''}#/phones/pair`);
  await manager.getByLabel('What to call the phone').fill('Anna’s phone');
  await manager.getByRole('button', { name: 'Continue' }).click();
  await manager.getByRole('button', { name: 'Show the code' }).click();
  const scanned = new URL(await scanCode(manager));
  expect(scanned.search).toBe('');

  await phone.goto(fromTheNetwork(scanned.href));
  await phone.getByRole('link', { name: /go on|continue/iu }).click();
  const code = phone.locator('.code');
  await expect(code).toHaveText(/\d{3}.?\d{3}/u);
  const digits = ((await code.textContent()) ?? '').replace(/\D/gu, '');
  await expect(manager.getByLabel(digits.split('').join(' '))).toBeVisible();

  await manager.getByRole('button', { name: 'It matches, approve' }).click();
  await expect(phone.getByRole('heading', { name: 'Caller ID on this phone' })).toBeVisible({ timeout: 30_000 });
  await phone.getByRole('link', { name: 'Calls', exact: true }).click();
  await expect(phone.getByRole('heading', { name: 'Calls', exact: true })).toBeVisible();
  await expect(manager.getByRole('heading', { name: /contacts are on/u })).toBeVisible({ timeout: 60_000 });
});

test('C7 C13 C24 the phone has the contacts, and an app of somebody else’s gets the same directory', async () => {
  await expect(phone.getByText(/[\d,]{4,} contacts/u)).toBeVisible({ timeout: 60_000 });
  await phone.getByLabel('Name, number, company or ticket').fill('601234567');
  await expect(phone.getByText(customer.name).first()).toBeVisible();

  const { stdout } = await doorline('device', 'pair', '--name', 'Native app', '--approve', '--json', '--data', desk.folder);
  const { token } = JSON.parse(stdout) as { token: string };
  const claimed = await app.request({ method: 'POST', route: '/pair/claim', body: { token, deviceName: 'Native app', platform: 'android' } });
  expect(claimed.status).toBe(202);
  const { claimId } = claimed.json() as { claimId: string };
  const completed = await app.request({ method: 'POST', route: '/pair/complete', body: { claimId, token } });
  expect(completed.status).toBe(200);
  ({ deviceToken } = completed.json() as { deviceToken: string });

  const numbers = await wholeDirectory();
  expect(numbers.length).toBeGreaterThan(3000);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => Number(one) - Number(other)));

  const found = await asDevice('GET', `/lookup?number=${encodeURIComponent('0048 601 234 567')}`);
  expect(found.json()).toMatchObject({ match: 'exact', display: expect.stringContaining('Brzęczyszczykiewicz') });
});

test('C26 a call that rings shows at once on the console and the phone page', async () => {
  const rings = await asDevice('POST', '/calls', callEvent('ringing'));
  expect(rings.status).toBeLessThan(300);

  await expect(phone.getByRole('region', { name: 'Calling now' })).toContainText('Brzęczyszczykiewicz');
  await expect(manager.getByText('Calling now').first()).toBeVisible();
});

test('C11 C12 after the call the outcome is logged on the phone and stands on the contact’s timeline', async () => {
  const ended = await asDevice('POST', '/calls', { ...callEvent('ended'), durationSeconds: 95 });
  expect(ended.status).toBeLessThan(300);
  const { id } = ended.json() as { id: string };

  await phone.goto(`${phone.url().split('#')[0] ?? ''}#/calls/${id}/outcome`);
  await phone.getByRole('radio', { name: 'Connected' }).check();
  await phone.getByLabel('Note for the team').fill('Wants the new ribbon by Friday');
  await phone.getByRole('button', { name: 'Save' }).click();
  await expect(phone.getByText(/note saved/u).first()).toBeVisible();

  const contact = ((await (await desk.admin('GET', '/contacts?search=grzegorz@example.com')).json()) as { items: { id: string }[] }).items[0];
  const timeline = await (await desk.admin('GET', `/contacts/${contact?.id ?? ''}/timeline`)).text();
  expect(timeline).toContain('Wants the new ribbon by Friday');
});

test('C20 the manager revokes the phone and its next request is refused', async () => {
  const devices = ((await (await desk.admin('GET', '/devices')).json()) as { items: { id: string; name: string }[] }).items;
  const native = devices.find((device) => device.name === 'Native app');
  await manager.goto(`${manager.url().split('#')[0] ?? ''}#/phones/${native?.id ?? ''}`);
  await manager.getByRole('button', { name: 'Refuse it at once' }).click();
  const dialog = manager.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Native app');
  await dialog.getByRole('button', { name: 'Refuse' }).click();

  await expect.poll(async () => (await asDevice('GET', '/me')).status).toBe(401);
});

test('the admin plane can’t be reached from the network, the portal can', async () => {
  const adminPort = new URL(desk.adminUrl).port;
  const outside = await (await network.newContext(desktopView)).newPage();
  await expect(outside.goto(`http://${lan.serverAddress}:${adminPort}/`)).rejects.toThrow(/ERR_CONNECTION_REFUSED/u);
  for (const route of ['/admin/v1/status', '/admin/v1/contacts']) {
    const answer = await app.request({ method: 'GET', route, headers: { authorization: `Bearer ${desk.adminToken}` } });
    expect(answer.status, route).toBe(404);
  }
  await outside.goto(fromTheNetwork(`${desk.lanUrl}/`));
  await expect(outside.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('P27 the customer signs out', async () => {
  await visitor.getByText('Grzegorz').first().click();
  await visitor.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(visitor.getByText('You are signed out.')).toBeVisible();
});
