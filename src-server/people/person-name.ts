import { shownText } from '../kernel/shown-text.ts';

/** First and last name, else the e-mail address, else a number, so that nobody is a blank line. */
export function displayName(person: {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string | null;
  readonly number?: string | null;
}): string {
  const name = shownText(`${person.firstName} ${person.lastName}`.trim());
  if (name !== '') return name;
  return person.email ?? person.number ?? 'No name';
}
