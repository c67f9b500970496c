import type { Choice } from '../../../ui/fields.tsx';
import { countryChoices } from '../../countries.ts';
import { languageName } from './people-words.ts';

/** For a contact: without a country of its own, numbers are read with the company's or the desk's. */
export const contactCountries: readonly Choice[] = [{ value: '', label: 'As the company or the desk' }, ...countryChoices];

/** For a company. */
export const companyCountries: readonly Choice[] = [{ value: '', label: 'As the desk' }, ...countryChoices];

const offered = [
  'en',
  'pl',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'cs',
  'sk',
  'uk',
  'ru',
  'tr',
  'ar',
  'he',
  'pt',
  'sv',
  'da',
  'no',
  'fi',
  'hu',
  'ro',
  'lt',
  'lv',
  'et',
];

/** Languages by name; one that is set but not offered stands among them. */
export function languageChoices(present: string | null): readonly Choice[] {
  const tags = present === null || offered.includes(present) ? offered : [...offered, present];
  const named = tags.map((tag) => ({ value: tag, label: languageName(tag) })).toSorted((one, other) => one.label.localeCompare(other.label));
  return [{ value: '', label: 'As the browser asks' }, ...named];
}
