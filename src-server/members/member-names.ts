import { displayName } from '../people/person-name.ts';

/** What to call a person on screen. */
export function personName(person: { readonly first_name: string; readonly last_name: string; readonly email: string | null }): string {
  return displayName({ firstName: person.first_name, lastName: person.last_name, email: person.email });
}

/** An address as contacts keep it, so that the same mailbox is always the same text. */
export function canonicalEmail(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}
