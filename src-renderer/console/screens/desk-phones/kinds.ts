import type { PbxKind } from '#server/pbx/pbx.contract.ts';

export interface KindWords {
  readonly kind: PbxKind;
  readonly name: string;
  /** What it will do, in a line. */
  readonly does: string;
}

/** Desk phones, which hold a phone book. */
export const deskPhones: readonly KindWords[] = [
  { kind: 'yealink', name: 'Yealink', does: 'Phone book, calls on the screen' },
  { kind: 'snom', name: 'Snom', does: 'Phone book, calls on the screen' },
  { kind: 'grandstream', name: 'Grandstream', does: 'Phone book, calls on the screen' },
  { kind: 'cisco', name: 'Cisco', does: 'Phone book, names that ring' },
  { kind: 'fanvil', name: 'Fanvil', does: 'Phone book, calls on the screen' },
  { kind: 'fritzbox', name: 'FRITZ!Box', does: 'Phone book for its telephones' },
];

/** Telephone systems, which ask for one name at a time. */
export const telephoneSystems: readonly KindWords[] = [
  { kind: '3cx', name: '3CX', does: 'Names and a journal of calls' },
  { kind: 'asterisk', name: 'Asterisk, FreePBX', does: 'Names, calls on the screen' },
  { kind: 'kamailio', name: 'Kamailio', does: 'Names on every call' },
  { kind: 'ldap', name: 'LDAP directory', does: 'Search while one dials, names that ring' },
  { kind: 'generic', name: 'Something else', does: 'Names and calls over HTTP' },
];

export function wordsOf(kind: PbxKind): KindWords {
  return [...deskPhones, ...telephoneSystems].find((words) => words.kind === kind) ?? { kind, name: kind, does: '' };
}

/** Whether it lists contacts of a scope, or asks for one name at a time. */
export function listsContacts(kind: PbxKind): boolean {
  return kind === 'ldap' || isDeskPhone(kind);
}

export function isDeskPhone(kind: PbxKind): boolean {
  return deskPhones.some((words) => words.kind === kind);
}
