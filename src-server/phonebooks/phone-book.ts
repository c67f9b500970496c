import { shortText, shownText } from '../kernel/shown-text.ts';

/** One name in a phone book, with its numbers in the order they are to be shown. */
export interface BookEntry {
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly numbers: readonly BookNumber[];
}

export interface BookNumber {
  readonly e164: string;
  readonly isMobile: boolean;
}

/** A number as the directory shows it, with the person it opens when it is one person's. */
export interface ShownNumber {
  readonly digits: number;
  readonly isMobile: boolean;
  readonly label: string;
  readonly contactId: string;
  readonly person: { readonly firstName: string; readonly lastName: string; readonly company: string | null; readonly label: string } | null;
}

const longestName = 100;

/** One line that no telephone can be tricked by. A letter that is half of one is none. */
function plainText(text: string): string {
  return shortText(
    shownText(text)
      .replace(/\p{Cs}/gu, '')
      .replace(/\s+/gu, ' ')
      .trim(),
    longestName,
  );
}

/** A label as phone books write it, in which a comma comes before the company. */
export function nameOfLabel(label: string): string {
  return plainText(label.replaceAll(' · ', ', '));
}

function namesOf({ label, person }: ShownNumber): Omit<BookEntry, 'numbers'> {
  // The label is what the directory decided to show. Only where it is this person's own is the name taken apart.
  if (person === null || person.label !== label) {
    const name = nameOfLabel(label);
    return { name, firstName: '', lastName: name };
  }
  const [firstName, lastName, company] = [plainText(person.firstName), plainText(person.lastName), plainText(person.company ?? '')];
  const suffix = company === '' ? '' : ` (${company})`;
  const full = `${firstName} ${lastName}`.trim();
  return {
    name: plainText(suffix === '' ? full : `${full}, ${company}`),
    firstName: lastName === '' ? '' : firstName,
    lastName: plainText(`${lastName === '' ? firstName : lastName}${suffix}`),
  };
}

/** Groups numbers by whom they open, in the order given. A number is never listed twice: some telephones become unusable by it. */
export function groupByName(numbers: readonly ShownNumber[]): BookEntry[] {
  const seen = new Set<number>();
  const groups = new Map<string, { readonly first: ShownNumber; readonly numbers: BookNumber[] }>();
  for (const number of numbers) {
    if (seen.has(number.digits)) continue;
    seen.add(number.digits);
    const key = JSON.stringify([number.contactId, number.label]);
    const group = groups.get(key) ?? { first: number, numbers: [] };
    group.numbers.push({ e164: `+${number.digits}`, isMobile: number.isMobile });
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ ...namesOf(group.first), numbers: group.numbers })).filter((entry) => entry.name !== '');
}

/** Entries that hold at most so many numbers: what a telephone can't put into one entry goes into another of the same name. */
export function withNumbersAtMost(entries: readonly BookEntry[], most: number): BookEntry[] {
  return entries.flatMap((entry) =>
    Array.from({ length: Math.ceil(entry.numbers.length / most) }, (_, page) => ({ ...entry, numbers: entry.numbers.slice(page * most, (page + 1) * most) })),
  );
}
