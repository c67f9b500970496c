import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Browser, type Page } from 'playwright/test';
import { desktopView, openBrowser, phoneView } from './support/browsers.ts';
import { doorline, startDesk, type Desk } from './support/desk.ts';

// P46: all a customer does, in a browser that runs no script at all.

test.describe.configure({ mode: 'serial' });

const password = 'green-lantern-walks-42';
let folder = '';
let desk: Desk;
let browser: Browser;
let page: Page;
let invited = '';
let contactId = '';

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'doorline-no-script-'));
  const seeded = await doorline('seed', '--contacts', '60', '--tickets', '400', '--members', '1', '--password', password, '--data', folder, '--json');
  expect(seeded.code, seeded.stderr).toBe(0);
  desk = await startDesk({ folder });
  const portal = (await (await desk.admin('GET', '/portal')).json()) as Record<string, unknown>;
  delete portal['formerSlugs'];
  await desk.admin('PUT', '/portal', { ...portal, isOn: true, maxAttachmentMegabytes: 1 });
  const contact = (await (await desk.admin('POST', '/contacts', { firstName: 'Zofia', lastName: 'Wiśniewska', email: 'zofia@example.com' })).json()) as {
    id: string;
  };
  contactId = contact.id;
  for (let number = 1; number <= 30; number += 1) await desk.admin('POST', '/tickets', { subject: `Lamp ${number}`, text: 'It is dark.', contactId });
  const { invited: links } = (await (await desk.admin('POST', '/members/invitations', { contactIds: [contactId], sendMail: false })).json()) as {
    invited: { link: string }[];
  };
  invited = `${desk.lanUrl}${new URL(links[0]?.link ?? '').pathname}`;
  browser = await openBrowser();
  page = await (await browser.newContext({ ...desktopView, javaScriptEnabled: false })).newPage();
  page.setDefaultTimeout(15_000);
});

test.afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a password is chosen: one that is easy to guess is refused with the reason', async () => {
  await page.goto(invited);
  await page.getByLabel('New password').fill('password');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await expect(page.getByRole('alert')).toBeVisible();

  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Save the password' }).click();
  await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();
});

test('tickets are turned, sorted, filtered and searched', async () => {
  await expect(page.getByRole('link', { name: 'Lamp 30', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('link', { name: 'Lamp 1', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Subject' }).first().click();
  await expect(page.getByRole('link', { name: 'Lamp 10', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Closed', exact: true }).click();
  await expect(page.getByRole('link', { name: /^Lamp/u })).toHaveCount(0);
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await page.getByRole('searchbox').fill('lamp 17');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.getByRole('link', { name: /^Lamp/u })).toHaveCount(1);
});

test('a form with everything wrong says all of it and loses nothing', async () => {
  await page.getByRole('link', { name: 'File a support ticket' }).first().click();
  await page.getByLabel('What is it about?').fill('The lamp is broken');
  await page.locator('input[type=file]').setInputFiles([
    { name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('a lamp') },
    { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(3_000_000) },
  ]);
  await page.getByRole('button', { name: 'File the ticket' }).click();

  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Describe what happened.');
  await expect(alert).toContainText('“film.mp4” is larger than 1 MB');
  await expect(page.getByLabel('What is it about?')).toHaveValue('The lamp is broken');
  await expect(page.getByRole('checkbox', { name: /lamp\.txt/u })).toBeChecked();
});

test('left and opened again, the draft is there, and Enter in it sends', async () => {
  await page.getByRole('link', { name: 'Tickets', exact: true }).click();
  await page.getByRole('link', { name: 'File a support ticket' }).first().click();
  await expect(page.getByText('It has not been sent yet.')).toBeVisible();
  await page.getByLabel('What happened?').fill('It has been dark since Monday.');
  await page.getByLabel('What is it about?').press('Enter');

  await expect(page.getByText('Your ticket has been filed.')).toBeVisible();
  await expect(page.getByText('lamp.txt').first()).toBeVisible();
});

test('what the agent answers is read and answered', async () => {
  const number = Number(new URL(page.url()).pathname.split('/').at(-1));
  const { items } = (await (await desk.admin('GET', `/tickets?contactId=${contactId}&limit=5`)).json()) as { items: { id: string; number: number }[] };
  const ticket = items.find((item) => item.number === number);
  expect((await desk.admin('POST', `/tickets/${ticket?.id ?? ''}/messages`, { text: 'A new lamp is on its way.' })).status).toBe(201);

  await page.reload();
  await expect(page.getByText('A new lamp is on its way.')).toBeVisible();
  await page.getByLabel('Your message').fill('Thank you!');
  await page.getByRole('button', { name: 'Send the reply' }).click();
  await expect(page.getByText('Your reply has been sent.')).toBeVisible();
});

test('the password is changed, another language chosen, and one signs out', async () => {
  await page.goto(`${desk.lanUrl}/support/account`);
  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill('violet-harbour-sings-17');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.locator('summary').first().click();
  await page.getByRole('button', { name: 'Polski' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'pl');
  await page.goto(`${desk.lanUrl}/support/tickets`);
  await page.locator('.member summary').click();
  await page.getByRole('button', { name: 'Wyloguj' }).click();
  await page.goto(`${desk.lanUrl}/support/tickets`);
  await expect(page.getByLabel('Hasło')).toBeVisible();
});

test('on a phone too', async () => {
  const context = await browser.newContext({ ...phoneView, javaScriptEnabled: false });
  const phone = await context.newPage();
  phone.setDefaultTimeout(15_000);
  await phone.goto(`${desk.lanUrl}/support`);
  await phone.getByLabel('E-mail').fill('zofia@example.com');
  await phone.getByLabel('Password').fill('violet-harbour-sings-17');
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await phone.getByRole('link', { name: 'The lamp is broken' }).click();
  await expect(phone.getByText('A new lamp is on its way.')).toBeVisible();
  await context.close();
});
