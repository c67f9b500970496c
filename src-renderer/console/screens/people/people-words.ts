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
