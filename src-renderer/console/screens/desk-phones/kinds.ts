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
  { kind: 'cisco', name: 'Cisco', does: 'Phone book in pages' },
  { kind: 'fanvil', name: 'Fanvil', does: 'Phone book, calls on the screen' },
];

/** Telephone systems, which ask for one name at a time. */
export const telephoneSystems: readonly KindWords[] = [
  { kind: '3cx', name: '3CX', does: 'Names and a journal of calls' },
  { kind: 'asterisk', name: 'Asterisk, FreePBX', does: 'Names, calls on the screen' },
  { kind: 'kamailio', name: 'Kamailio', does: 'Names on every call' },
  { kind: 'generic', name: 'Something else', does: 'Names and calls over HTTP' },
];

const ldap: KindWords = { kind: 'ldap', name: 'LDAP', does: 'A directory that is searched' };

export function wordsOf(kind: PbxKind): KindWords {
  return [...deskPhones, ...telephoneSystems].find((words) => words.kind === kind) ?? ldap;
}

export function isDeskPhone(kind: PbxKind): boolean {
  return deskPhones.some((words) => words.kind === kind);
}
