import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, request, test, type APIRequestContext, type Browser, type Page } from 'playwright/test';
import { desktopView, openBrowser } from './support/browsers.ts';
import { startDesk, type Desk } from './support/desk.ts';

// A phone of the team rings, and the desk sees it: what an agent at the console does about calls, in a real browser.

test.describe.configure({ mode: 'serial' });

let desk: Desk;
let browser: Browser;
let lan: APIRequestContext;
let console: Page;
let phoneToken = '';

async function json<Body>(answer: Promise<Response>): Promise<Body> {
  const response = await answer;
  expect(response.ok).toBe(true);
  return (await response.json()) as Body;
}

async function onLan<Body>(path: string, body: object, token?: string): Promise<Body> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await lan.post(new URL(path, desk.lanUrl).href, { headers, data: body });
  expect(answer.ok()).toBe(true);
  return (await answer.json()) as Body;
}

/** What the phone of the owner says of a call. */
function reports(event: object): Promise<unknown> {
  return onLan('/api/device/v1/calls', { direction: 'inbound', number: '+491701234567', at: new Date().toISOString(), ...event }, phoneToken);
}

/** What axe finds once everything that moves has come to rest: what fades in has no contrast yet. */
async function violations(): Promise<string[]> {
  await console.evaluate(async () => {
    const ending = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
  const found = await new AxeBuilder({ page: console }).analyze();
  return found.violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join('; ')}`,
  );
}

test.beforeAll(async () => {
  desk = await startDesk();
  browser = await openBrowser();
  lan = await request.newContext({ ignoreHTTPSErrors: true });
  await desk.admin('POST', '/setup/finish');
  await desk.admin('PUT', '/settings/company', { name: 'Hartmann Optik', country: 'DE', timeZone: 'Europe/Berlin', language: 'en' });
  const company = await json<{ id: string }>(desk.admin('POST', '/companies', { name: 'Werk 2' }));
  const jonas = await json<{ id: string }>(
    desk.admin('POST', '/contacts', { firstName: 'Jonas', lastName: 'Brandt', phone: '+49 170 1234567', companyId: company.id }),
  );
  await desk.admin('POST', '/deals', { name: 'Label line 3', value: { amount: '12400.00', currency: 'EUR' }, contactIds: [jonas.id] });
  await desk.admin('POST', '/tickets', { subject: 'Access card for the new hall', contactId: jonas.id });
  for (const firstName of ['Anna', 'Jan'])
    await desk.admin('POST', '/contacts', { firstName, lastName: 'Krüger', phone: '+49 30 901820', companyId: company.id });
  const { id, token } = await json<{ id: string; token: string }>(desk.admin('POST', '/pairings', { deviceName: 'Reception' }));
  const { claimId } = await onLan<{ claimId: string }>('/pair/claim', { token, deviceName: 'Reception', platform: 'android' });
  await desk.admin('POST', `/pairings/${id}/approve`);
  phoneToken = (await onLan<{ deviceToken: string }>('/pair/complete', { token, claimId })).deviceToken;
  console = await (await browser.newContext({ ...desktopView, reducedMotion: 'reduce' })).newPage();
  await console.goto(await desk.consoleLink());
  await expect(console.getByRole('navigation', { name: 'Places' })).toBeVisible();
});

test.afterAll(async () => {
  await browser?.close();
  await lan?.dispose();
  await desk?.stop();
});

test('C26 a call that rings shows at once who it is, what they buy and what is open, and takes no focus', async () => {
  await console.keyboard.press('Tab');
  const focused = await console.evaluate(() => document.activeElement?.outerHTML);

  await reports({ callId: 'r1', event: 'ringing' });

  const card = console.getByRole('article', { name: 'Calling now: Jonas Brandt' });
  await expect(card).toBeVisible({ timeout: 3000 });
  await expect(card).toContainText('Werk 2');
  await expect(card).toContainText('Exact match');
  await expect(card).toContainText('Label line 3, €12,400');
  await expect(card.getByRole('link', { name: 'Access card for the new hall' })).toBeVisible();
  expect(await console.evaluate(() => document.activeElement?.outerHTML)).toBe(focused);
  for (const colorScheme of ['light', 'dark'] as const) {
    await console.emulateMedia({ colorScheme });
    await expect(console.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    expect(await violations()).toEqual([]);
  }
  await console.emulateMedia({ colorScheme: 'light' });
  await console.reload();
  await expect(card).toBeVisible();
});

test('C26 one click notes the call on an open ticket, another opens a ticket for it', async () => {
  await console.getByRole('button', { name: 'Note it on “Access card for the new hall”' }).click();
  await expect(console.getByText(/Noted on ticket/u)).toBeVisible();
  await reports({ callId: 'r1', event: 'ended', durationSeconds: 12 });
  await expect(console.getByRole('article', { name: /Jonas Brandt/u })).toBeHidden({ timeout: 10_000 });

  await reports({ callId: 'r2', event: 'ringing' });
  await reports({ callId: 'r2', event: 'answered' });
  const card = console.getByRole('article', { name: 'On the phone: Jonas Brandt' });
  await card.getByRole('button', { name: 'New ticket' }).click();

  await expect(console.getByRole('heading', { name: 'Call from Jonas Brandt' })).toBeVisible();
  await expect(card.getByRole('link', { name: 'See its ticket' })).toBeVisible();
  await reports({ callId: 'r2', event: 'ended' });
});

test('C28 two calls at once are two cards, and a shared number is somebody’s once the desk says whose', async () => {
  await reports({ callId: 'r3', event: 'ringing', number: '+4930901820' });
  await reports({ callId: 'r4', event: 'ringing', number: null });
  await expect(console.getByRole('article', { name: 'Calling now: Withheld number' })).toBeVisible();

  const shared = console.getByRole('article').filter({ hasText: 'One of 2 who share this number' });
  await shared
    .getByRole('button', { name: /^It is (Anna|Jan) Krüger/u })
    .first()
    .click();

  await expect(console.getByText('Named by hand')).toBeVisible();
  await reports({ callId: 'r3', event: 'ended' });
  await reports({ callId: 'r4', event: 'ended' });
});

test('C10 a missed call is something to do until they are spoken to', async () => {
  await console.goto(`${new URL(console.url()).origin}/#/calls/tasks`);
  await reports({ callId: 'r5', event: 'ringing' });
  await reports({ callId: 'r5', event: 'missed' });

  const notice = console.getByRole('article', { name: 'Missed call: Jonas Brandt' });
  await expect(notice.getByRole('link', { name: 'Call back' })).toHaveAttribute('href', 'tel:+491701234567');
  await expect(notice.getByRole('link', { name: 'View contact' })).toBeVisible();
  const task = console.getByRole('checkbox', { name: 'Call back Jonas Brandt' });
  await expect(task).toBeVisible();

  await reports({ callId: 'r6', event: 'ringing', direction: 'outbound' });
  await reports({ callId: 'r6', event: 'answered', direction: 'outbound' });

  await expect(task).toBeHidden();
  await expect(notice).toBeHidden();
});

test('C15 the log is narrowed, a call is told from its details, and what fits is saved as a file', async () => {
  await console.goto(`${new URL(console.url()).origin}/#/calls`);
  await console.getByRole('searchbox', { name: 'Name or number' }).fill('0170 1234567');
  await expect(console.getByText('4 calls')).toBeVisible();
  await console.getByRole('button', { name: 'Filter', exact: true }).click();
  await console.getByRole('combobox', { name: 'Direction' }).click();
  await console.getByRole('option', { name: 'Outgoing' }).click();
  await expect(console.getByText('1 call', { exact: true })).toBeVisible();
  await console.keyboard.press('Escape');

  const saving = console.waitForEvent('download');
  await console.getByRole('button', { name: 'Save as CSV' }).click();
  const lines = readFileSync(await (await saving).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('+491701234567');

  await console.goto(`${new URL(console.url()).origin}/#/calls?missed=true`);
  await console.getByRole('row', { name: /Jonas Brandt/u }).click();
  const drawer = console.getByRole('dialog', { name: 'Jonas Brandt' });
  await expect(drawer).toContainText('Exact match');
  await expect(drawer.getByRole('button', { name: 'It was somebody else' })).toBeVisible();
  expect(await violations()).toEqual([]);
});
