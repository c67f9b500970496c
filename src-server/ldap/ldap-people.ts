import { fullName, personLabel } from '../caller-id/caller-label.ts';
import { shownText } from '../kernel/shown-text.ts';
import { suffix } from './distinguished-name.ts';
import type { Entry } from './ldap-entry.ts';

// Attributes: inetOrgPerson (RFC 2798), person and organizationalPerson (RFC 4519). Mail addresses never leave.

const classes = ['top', 'person', 'organizationalPerson', 'inetOrgPerson'];

export interface ListedNumber {
  readonly e164: string;
  readonly field: string;
}

function numberAttributes(numbers: readonly ListedNumber[]): [string, string[]][] {
  const of = (isWanted: (field: string) => boolean) => [...new Set(numbers.filter(({ field }) => isWanted(field)).map(({ e164 }) => e164))];
  return [
    ['telephoneNumber', of((field) => field !== 'mobile')],
    ['mobile', of((field) => field === 'mobile')],
  ];
}

export interface ListedPerson {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string | null;
}

/** Somebody with a name; nobody without one has an entry. */
export function personEntry({ id, company, ...person }: ListedPerson, numbers: readonly ListedNumber[]): Entry {
  const name = fullName(person);
  const [firstName, lastName, employer] = [person.firstName, person.lastName, company ?? ''].map(shownText);
  return {
    id,
    dn: `uid=${id},${suffix}`,
    attributes: [
      ['objectClass', classes],
      ['uid', [id]],
      ['cn', [name]],
      // A person must have a surname (RFC 4519, 3.12).
      ['sn', [lastName || name]],
      ['givenName', firstName ? [firstName] : []],
      ['displayName', [personLabel(name, company)]],
      ['o', employer ? [employer] : []],
      ...numberAttributes(numbers),
    ],
  };
}

/** A company, or a number that several share: nobody's own name, but one that a telephone can show. */
export function namedEntry(id: string, name: string, numbers: readonly ListedNumber[]): Entry {
  const label = shownText(name);
  return {
    id,
    dn: `uid=${id},${suffix}`,
    attributes: [
      ['objectClass', classes],
      ['uid', [id]],
      ['cn', [label]],
      ['sn', [label]],
      ['displayName', [label]],
      ['o', [label]],
      ...numberAttributes(numbers),
    ],
  };
}
