import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { numbersOf, replaceNumbers } from '../phone-numbers/phone-numbers.service.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { findCompany } from './companies.queries.ts';
import type { FoundContact } from './contacts.queries.ts';
import { rawFields, withFields, type ChangedFields } from './number-fields.ts';
import type { ContactPatch } from './people.contract.ts';

/** The country that numbers without a country code are read with: the contact's own, its company's, the desk's. */
async function countryFor(ctx: Context, contact: { readonly country: string | null; readonly companyCountry: string | null }): Promise<string> {
  return contact.country ?? contact.companyCountry ?? (await readSettings(ctx, companySettings)).country;
}

/** The company a contact is put into; without one it has no country. */
export async function requireCompany(ctx: Context, id: string | null | undefined): Promise<{ readonly country: string | null }> {
  if (id === null || id === undefined) return { country: null };
  const company = await findCompany(ctx.db, id);
  if (company === undefined) throw new InvalidInput([{ path: 'companyId', message: 'There is no such company any more. Choose another one.' }]);
  return company;
}

/** Writes the numbers of a new contact. */
export async function writeNumbers(
  ctx: Context,
  contact: { readonly id: string; readonly country: string | null; readonly companyCountry: string | null },
  typed: ChangedFields,
): Promise<void> {
  const fields = withFields([], typed);
  if (fields.length === 0) return;
  await replaceNumbers(ctx, { kind: 'contact', id: contact.id }, fields, { country: await countryFor(ctx, contact) });
}

/** Reads the numbers again where they, or the country they are read with, may have changed. */
export async function changeNumbers(ctx: Context, before: FoundContact, patch: ContactPatch): Promise<void> {
  const touchesNumbers = patch.phone !== undefined || patch.mobile !== undefined || patch.country !== undefined || patch.companyId !== undefined;
  if (!touchesNumbers) return;
  const numbers = (await numbersOf(ctx, 'contact', [before.id])).get(before.id) ?? [];
  const fields = withFields(numbers, {
    ...(patch.phone === undefined ? {} : { phone: patch.phone }),
    ...(patch.mobile === undefined ? {} : { mobile: patch.mobile }),
  });
  if (numbers.length === 0 && fields.length === 0) return;
  const companyCountry = patch.companyId === undefined ? before.company_country : (await requireCompany(ctx, patch.companyId)).country;
  const country = await countryFor(ctx, { country: patch.country === undefined ? before.country : patch.country, companyCountry });
  await replaceNumbers(ctx, { kind: 'contact', id: before.id }, fields, { country });
}

/** Reads the numbers of contacts without a country of their own again, as their company's or the desk's country has changed. */
export async function readNumbersAgain(ctx: Context, contactIds: readonly string[], companyCountry: string | null): Promise<void> {
  if (contactIds.length === 0) return;
  const country = await countryFor(ctx, { country: null, companyCountry });
  for (const [id, numbers] of await numbersOf(ctx, 'contact', contactIds)) {
    if (numbers.length > 0) await replaceNumbers(ctx, { kind: 'contact', id }, rawFields(numbers), { country });
  }
}
