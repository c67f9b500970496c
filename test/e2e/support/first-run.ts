import { expect, type Page } from 'playwright/test';

// The first-run wizard as a manager clicks through it: by the words on the screen, never by what is behind them.

/** Company and country. */
export async function nameTheCompany(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  await page.getByLabel('Company name').fill(name);
  const country = page.getByRole('combobox', { name: 'Country' }).or(page.getByRole('textbox', { name: 'Country' }));
  await country.fill('Germany');
  await page.getByRole('option', { name: 'Germany', exact: false }).first().click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** The address: the PC's own is good enough. */
export async function acceptTheAddress(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'How do customers and phones reach you?' })).toBeVisible();
  await page.getByRole('button', { name: /^Continue/u }).click();
}

/** Drops a file, looks at the columns, checks every row, imports. */
export async function importContacts(page: Page, file: { readonly name: string; readonly content: Buffer }): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Bring your people' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name: file.name, mimeType: 'text/csv', buffer: file.content });
  await expect(page.getByRole('heading', { name: 'Is this what it is?' })).toBeVisible();
  await page.getByRole('button', { name: 'Check every row' }).click();
  const run = page.getByRole('button', { name: /^Import [\d,. ]+/u });
  await expect(run).toBeEnabled({ timeout: 90_000 });
  await run.click();
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Opens the portal under a title. */
export async function openThePortal(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Open your portal' })).toBeVisible();
  await page.getByLabel('Title').fill(title);
  await page.locator('footer').getByRole('button', { name: 'Open the portal' }).click();
}

/** Invites a contact and returns the link to hand over. */
export async function inviteCustomer(page: Page, search: string): Promise<string> {
  await expect(page.getByRole('heading', { name: 'Invite your first customer' })).toBeVisible();
  await page.getByLabel('Customer').fill(search);
  await page
    .getByRole('option', { name: new RegExp(search, 'u') })
    .first()
    .click();
  await page.getByRole('button', { name: 'Make an invitation link' }).click();
  await expect(page.getByRole('heading', { name: /is invited$/u })).toBeVisible();
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  await page.getByRole('button', { name: 'Continue' }).click();
  return link;
}
