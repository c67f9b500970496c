import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from 'playwright/test';
import { openBrowser } from './support/browsers.ts';
import { doorline, startDesk, type Desk } from './support/desk.ts';
import { watchUntilSettled } from './support/settled.ts';

// Every screen, filled with made-up people: light and dark, on a desktop and on a phone. axe must find nothing, nothing
// may scroll sideways, and a picture of each is left in test-results/screens to be looked at.

test.describe.configure({ mode: 'parallel', timeout: 600_000 });

const password = 'green-lantern-walks-42';
const views = [
  { name: 'desktop', viewport: { width: 1440, height: 900 } },
  { name: 'phone', viewport: { width: 390, height: 844 } },
] as const;

type View = (typeof views)[number];

let folder = '';
let desk: Desk;
let browser: Browser;
let member = '';
let phoneKeys = {};

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'doorline-screens-'));
  const seeded = await doorline('seed', '--contacts', '400', '--tickets', '120', '--members', '5', '--password', password, '--data', folder, '--json');
  expect(seeded.code, seeded.stderr).toBe(0);
  member = (JSON.parse(seeded.stdout.trim().split('\n').at(-1) ?? '') as { members: string[] }).members[0] ?? '';
  desk = await startDesk({ folder });
  const portal = (await (await desk.admin('GET', '/portal')).json()) as Record<string, unknown>;
  delete portal['formerSlugs'];
  expect((await desk.admin('PUT', '/portal', { ...portal, isOn: true, title: 'Hartmann support' })).status).toBe(200);
  await desk.admin('PUT', '/settings/company', { name: 'Hartmann Optik', country: 'DE', timeZone: 'Europe/Berlin', language: 'en' });
  await desk.admin('POST', '/setup/finish');
  await desk.admin('POST', '/pbx/sources', { name: 'Reception', kind: 'yealink', extensions: [{ extension: '101', agentId: 'owner' }] });

  const { stdout } = await doorline('device', 'pair', '--name', 'Anna’s phone', '--approve', '--json', '--data', desk.folder);
  const { token } = JSON.parse(stdout) as { token: string };
  browser = await openBrowser();
  phoneKeys = await pair(token);
});

test.afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Pairs from inside a browser's context, and returns what the phone page keeps of it. */
async function pair(token: string): Promise<object> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const claimed = await context.request.post(`${desk.lanUrl}/pair/claim`, { data: { token, deviceName: 'Anna’s phone', platform: 'android' } });
  const { claimId } = (await claimed.json()) as { claimId: string };
  const completed = await context.request.post(`${desk.lanUrl}/pair/complete`, { data: { claimId, token } });
  const { deviceId, deviceToken, serverName } = (await completed.json()) as { deviceId: string; deviceToken: string; serverName: string };
  await context.close();
  return { deviceId, deviceToken, serverName };
}

function open(view: View): Promise<BrowserContext> {
  return browser.newContext({
    viewport: view.viewport,
    colorScheme: 'light',
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
}

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A page and what is wrong with its screens. */
async function openPage(view: View): Promise<{ page: Page; look: (name: string) => Promise<void>; problems: string[] }> {
  const page = await (await open(view)).newPage();
  page.setDefaultTimeout(20_000);
  const settled = watchUntilSettled(page);
  const problems: string[] = [];

  async function lookIn(colorScheme: 'light' | 'dark', screen: string): Promise<void> {
    const name = `${screen}-${view.name}-${colorScheme}`;
    await page.emulateMedia({ colorScheme });
    await settled();
    await page.screenshot({ path: `test-results/screens/${name}.png` });
    const axe = new AxeBuilder({ page });
    // In the dark only the colours are others.
    const { violations } = await (colorScheme === 'light' ? axe.withTags(everyRule) : axe.withRules('color-contrast')).analyze();
    problems.push(
      ...violations.map(
        (violation) =>
          `${name}: ${violation.id} (${violation.nodes
            .map((node) => node.target.join(' '))
            .slice(0, 3)
            .join(', ')})`,
      ),
    );
  }

  /** Looks at the screen as it stands, in both colour schemes. */
  async function look(screen: string): Promise<void> {
    await expect(page.locator('[aria-busy=true], .mantine-Skeleton-root')).toHaveCount(0);
    await lookIn('light', screen);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 1) problems.push(`${screen}-${view.name}: scrolls sideways by ${overflow} px`);
    await lookIn('dark', screen);
    await page.emulateMedia({ colorScheme: 'light' });
  }
  return { page, look, problems };
}

async function firstId(route: string): Promise<string> {
  const page = (await (await desk.admin('GET', route)).json()) as { items: { id: string }[] };
  return page.items[0]?.id ?? '';
}

for (const view of views) {
  test(`P46 every console screen is accessible: ${view.name}`, async () => {
    const { page, look, problems } = await openPage(view);
    await page.goto(await desk.consoleLink());
    await expect(page.getByRole('navigation', { name: 'Places' }).or(page.getByRole('main')).first()).toBeVisible();
    const [contact, company, list, ticket, device, deskPhone] = await Promise.all([
      firstId('/contacts?limit=1'),
      firstId('/companies?limit=1'),
      firstId('/lists'),
      firstId('/tickets?limit=1'),
      firstId('/devices'),
      firstId('/pbx/sources'),
    ]);
    const routes = {
      home: '/',
      desk: '/desk',
      ticket: `/desk/${ticket}`,
      'new-ticket': '/desk/new',
      people: '/people',
      contact: `/people/${contact}`,
      'new-contact': '/people/new',
      companies: '/people/companies',
      company: `/people/companies/${company}`,
      deals: '/people/deals',
      lists: '/people/lists',
      list: `/people/lists/${list}`,
      'new-list': '/people/lists/new',
      numbers: '/people/numbers',
      'suggested-edits': '/people/suggested-edits',
      simulate: '/people/simulate',
      properties: '/people/properties',
      imports: '/imports',
      'new-import': '/imports/new',
      calls: '/calls',
      tasks: '/calls/tasks',
      'call-report': '/calls/report',
      phones: '/phones',
      pair: '/phones/pair',
      device: `/phones/${device}`,
      'desk-phones': '/desk-phones',
      'connect-desk-phone': '/desk-phones/connect',
      'desk-phone': `/desk-phones/${deskPhone}`,
      portal: '/portal',
      members: '/portal/members',
      pipelines: '/portal/pipelines',
      'settings-company': '/settings/company',
      'settings-address': '/settings/address',
      'settings-mail': '/settings/mail',
      'settings-calls': '/settings/calls',
      'settings-team': '/settings/team',
      'settings-backups': '/settings/backups',
      'settings-audit': '/settings/audit',
      'settings-console': '/settings/console',
      setup: '/setup',
    };
    for (const [name, route] of Object.entries(routes)) {
      await page.evaluate((hash) => (location.hash = hash), `#${route}`);
      await expect(page.getByRole('heading').first()).toBeVisible();
      await look(`console-${name}`);
    }
    await page.context().close();
    expect(problems).toEqual([]);
  });

  test(`P46 every portal page is accessible: ${view.name}`, async () => {
    const { page, look, problems } = await openPage(view);
    const portal = `${desk.lanUrl}/support`;
    for (const name of ['sign-in', 'forgotten', 'nowhere']) {
      await page.goto(`${portal}/${name}`);
      await look(`portal-${name}`);
    }
    await page.goto(`${portal}/sign-in`);
    await page.getByLabel('E-mail address').fill(member);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: /tickets$/u }).first()).toBeVisible();
    await look('portal-tickets');
    for (const name of ['tickets?state=all', 'tickets?search=zzzz', 'tickets/new', 'account']) {
      await page.goto(`${portal}/${name}`);
      await look(`portal-${name.replace(/\W/gu, '-')}`);
    }
    await page.goto(`${portal}/tickets?state=all`);
    const ticket = page.locator('main a[href*="/tickets/"]:not([href*="/new"])').first();
    if ((await ticket.count()) > 0) {
      await ticket.click();
      await look('portal-ticket');
    }
    await page.setViewportSize({ width: 320, height: 640 });
    for (const name of ['tickets?state=all', 'tickets/new', 'account']) {
      await page.goto(`${portal}/${name}`);
      await look(`portal-320-${name.replace(/\W/gu, '-')}`);
    }
    await page.context().close();
    expect(problems).toEqual([]);
  });

  test(`P46 every screen of the phone page is accessible: ${view.name}`, async () => {
    const { page, look, problems } = await openPage(view);
    await page.goto(`${desk.lanUrl}/phone/`);
    await look('phone-pairing');
    await page.evaluate((keys) => localStorage.setItem('doorline.device', JSON.stringify(keys)), phoneKeys);
    for (const name of ['calls', 'people', 'tasks', 'phone']) {
      await page.goto(`${desk.lanUrl}/phone/#/${name}`);
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await look(`phone-${name}`);
    }
    await page.context().close();
    expect(problems).toEqual([]);
  });
}
