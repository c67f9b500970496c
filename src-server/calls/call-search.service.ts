import type { Context } from '../kernel/context.ts';
import { listCompanies } from '../people/companies.service.ts';
import { listContacts } from '../people/contacts.service.ts';
import { readNumber } from '../phone-numbers/phone-number.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { SearchedCallers } from './calls.queries.ts';

/** So many people and companies of a name are looked for in the log. */
const mostPeople = 200;

function callingCodeOf(country: string): string {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : '';
}

/** The beginning of a number as E.164 writes it: “+49 15”, “0049 15”, “015” at home. */
function beginningOf(typed: string, country: string): string {
  const digits = typed.replaceAll('(0)', '').replace(/\D/gu, '');
  if (typed.trim().startsWith('+')) return `+${digits}`;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  return `+${callingCodeOf(country)}${digits.replace(/^0/u, '')}`;
}

/** Whom what was typed means: a number in any form, the beginning of one, or a name. */
export async function searchedCallers(ctx: Context, typed: string): Promise<SearchedCallers> {
  if (!/^[+()\d\s./-]+$/u.test(typed)) {
    const [contacts, companies] = await Promise.all([
      listContacts(ctx, { search: typed, limit: mostPeople }),
      listCompanies(ctx, { search: typed, limit: mostPeople }),
    ]);
    return { contactIds: contacts.items.map(({ id }) => id), companyIds: companies.items.map(({ id }) => id) };
  }
  const { country } = await readSettings(ctx, companySettings);
  const { e164 } = readNumber(typed, { country });
  if (e164 !== null) return { e164 };
  const from = beginningOf(typed, country);
  // ':' comes just after '9'.
  return { from, to: `${from}:`, digits: typed.replace(/[^\d+]/gu, '') };
}
