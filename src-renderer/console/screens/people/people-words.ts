import type { PhoneNumber } from '#server/people/people.contract.ts';

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** "pl" → "Polish"; a tag nobody knows stays as it is. */
export function languageName(tag: string): string {
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const fields: Readonly<Record<PhoneNumber['field'], string>> = { phone: 'Phone', mobile: 'Mobile', other: 'Other' };

export function numberLabel({ field }: Pick<PhoneNumber, 'field'>): string {
  return fields[field];
}

const kinds: Readonly<Record<PhoneNumber['kind'], string>> = {
  e164: 'Rings a name',
  short: 'Short number: never rings a name',
  internal: 'Internal number: never rings a name',
  withheld: 'Stands for a withheld caller',
  unreadable: 'Can’t be read',
};

/** What was understood of a number, in a few words. */
export function numberKindInWords(kind: PhoneNumber['kind']): string {
  return kinds[kind];
}

/** Why a number can't be read, by the server's stable codes. */
const problems: Readonly<Record<string, string>> = {
  'no-number': 'There is no telephone number in this.',
  'excel-damaged': 'A spreadsheet has rounded it and its last digits are lost.',
  'lost-plus': 'It seems to have lost its plus sign.',
  'lost-zero': 'It seems to have lost its leading zero.',
  'letters-for-digits': 'There are letters where digits should be.',
  abbreviated: 'It is written short for a second number.',
  'too-short': 'It has too few digits. The area code may be missing.',
  'too-long': 'It has too many digits. Two numbers may have run together.',
  'unknown-range': 'No such number is known in its country.',
  'unknown-country': 'No country has this calling code.',
};

export function numberProblemInWords(code: string | null): string {
  return problems[code ?? ''] ?? 'It can’t be read as a telephone number.';
}
