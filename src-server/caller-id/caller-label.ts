import { shownText } from '../kernel/shown-text.ts';

// The one line a phone shows. The same for every way a phone is told: looked up while it rings or synced before.

export interface LabelledPerson {
  readonly firstName: string;
  readonly lastName: string;
}

const namesShown = 2;

/** First and last name; empty for somebody who is known by an address only. */
export function fullName(person: LabelledPerson): string {
  return shownText(`${person.firstName} ${person.lastName}`.trim());
}

/** “Jan Kowalski · ACME”. */
export function personLabel(name: string, company: string | null): string {
  return [name, company ?? '']
    .map(shownText)
    .filter((part) => part !== '')
    .join(' · ');
}

/**
 * A number that several answer: “ACME: Anna, Jan +3”. `others` are counted, not named: they are too many, or must not
 * be shown.
 */
export function sharedLabel(people: readonly LabelledPerson[], company: string | null, others = 0): string {
  const named = people.filter((person) => fullName(person) !== '').slice(0, namesShown);
  const names = named.map((person) => shownText(person.firstName) || shownText(person.lastName)).join(', ');
  const more = people.length + others - named.length;
  const shown = company === null ? null : shownText(company);
  if (names === '') return shown === null ? '' : `${shown} (${more})`;
  const text = more > 0 ? `${names} +${more}` : names;
  return shown === null ? text : `${shown}: ${text}`;
}
