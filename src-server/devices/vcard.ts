import { createHash } from 'node:crypto';
import { shownText } from '../kernel/shown-text.ts';

/** A number on a card and what kind of telephone it is, as vCard names it. */
export interface CardNumber {
  readonly e164: string;
  readonly field: string;
  readonly isPrimary: boolean;
}

export interface CardOwner {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string | null;
}

/** Backslash, comma and semicolon mean something in vCard values (RFC 2426, 4). A phone shows what the card says. */
function escapeValue(text: string): string {
  return shownText(text)
    .replace(/[\\;,]/gu, '\\$&')
    .trim();
}

/**
 * An escaped name as FN has it. Thunderbird shows the backslash of an escaped semicolon there, and Evolution stops at one
 * that is not escaped; so a comma stands for it. N and ORG keep it.
 */
function shownName(escaped: string): string {
  return escaped.replaceAll('\\;', '\\,');
}

/** Lines hold at most 75 octets; longer ones go on in the next, after a space (RFC 2426, 2.6). A character is never cut. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= 75) return line;
  const lines: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (octets + length > 75) {
      lines.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += length;
  }
  return [...lines, piece].join('\r\n');
}

const typesOfField: Readonly<Record<string, string>> = { mobile: 'CELL', phone: 'WORK,VOICE', other: 'VOICE' };

function telephone({ e164, field, isPrimary }: CardNumber): string {
  return `TEL;TYPE=${typesOfField[field] ?? 'VOICE'}${isPrimary ? ',PREF' : ''}:${e164}`;
}

function card(uid: string, lines: readonly string[], numbers: readonly CardNumber[]): string {
  const all = ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, ...numbers.map(telephone), 'END:VCARD'];
  return `${all.map(fold).join('\r\n')}\r\n`;
}

/**
 * A person's card (vCard 3.0, RFC 2426). The same facts always give the same bytes. iPhones build the name they show
 * while ringing from N, Android phones show FN, so the company stands in both.
 */
export function personCard(uid: string, owner: CardOwner, numbers: readonly CardNumber[]): string {
  const company = owner.company === null ? '' : escapeValue(owner.company);
  const [first, last] = [escapeValue(owner.firstName), escapeValue(owner.lastName)];
  const suffix = company === '' ? '' : `(${company})`;
  const full = [first, last, suffix].filter((part) => part !== '').join(' ');
  return card(uid, [`FN:${shownName(full)}`, `N:${last};${first};;;${suffix}`, ...(company === '' ? [] : [`ORG:${company}`])], numbers);
}

/** The card of a company or of a number that several answer; Apple's own property has it shown as a company. */
export function companyCard(uid: string, name: string, numbers: readonly CardNumber[]): string {
  const escaped = escapeValue(name);
  return card(uid, [`FN:${shownName(escaped)}`, 'N:;;;;', `ORG:${escaped}`, 'X-ABShowAs:COMPANY'], numbers);
}

/** The strong entity tag of a card, without quotes. `revision` makes the same text a new version. */
export function cardEtag(text: string, revision = ''): string {
  return createHash('sha256').update(text).update(revision).digest('base64url').slice(0, 22);
}
