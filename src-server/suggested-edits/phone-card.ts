import ICAL from 'ical.js';
import { EmailAddress } from '../kernel/primitives.contract.ts';
import { readNumbers } from '../phone-numbers/phone-number.ts';
import type { SuggestedChange } from './suggested-edits.contract.ts';

/** What a card says of a person, as far as a desk keeps it. Photos, addresses and notes are left out. */
export interface PhoneCard {
  readonly firstName: string;
  readonly lastName: string;
  /** The name as it is shown, and whether the card gives its parts at all: vCard 4.0 may leave them out. */
  readonly fullName: string;
  readonly hasNameParts: boolean;
  readonly company: string | null;
  readonly emails: readonly string[];
  readonly numbers: readonly { readonly number: string; readonly isMobile: boolean }[];
}

const longestName = 120;
const mostNumbers = 20;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, longestName) : '';
}

/** One part of a structured value: N and ORG hold several, and a part may be a list itself. */
function partOf(value: unknown, index: number): string {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const part = parts[index];
  return Array.isArray(part) ? part.map(textOf).filter(Boolean).join(' ') : textOf(part);
}

function withoutPhoto(text: string): string {
  return text
    .replace(/\r\n[ \t]|\n[ \t]/gu, '')
    .split(/\r?\n/u)
    .filter((line) => line !== '' && line.length < 2000)
    .join('\r\n');
}

function typesOf(property: { getParameter(name: string): unknown }): string {
  return [property.getParameter('type')].flat().map(textOf).join(',').toLowerCase();
}

/** Numbers are put into E.164 as everywhere; what can't be read stays as it was typed. */
function numberOf(raw: string, country: string): string {
  return readNumbers(raw, { country })[0]?.e164 ?? raw;
}

/** Reads a card a phone sent (vCard 3.0 or 4.0); undefined when it is none. */
export function readPhoneCard(text: string, country: string): PhoneCard | undefined {
  try {
    const card = new ICAL.Component(ICAL.parse(withoutPhoto(text)));
    if (card.name !== 'vcard') return undefined;
    const name = card.getFirstPropertyValue('n');
    const firstName = [partOf(name, 1), partOf(name, 2)].filter((part) => part !== '').join(' ');
    const company = partOf(card.getFirstPropertyValue('org'), 0);
    return {
      firstName: firstName.slice(0, longestName),
      lastName: partOf(name, 0),
      fullName: textOf(card.getFirstPropertyValue('fn')),
      hasNameParts: name !== null,
      company: company === '' ? null : company,
      emails: card.getAllProperties('email').flatMap((property) => EmailAddress.safeParse(textOf(property.getFirstValue()).toLowerCase()).data ?? []),
      numbers: card
        .getAllProperties('tel')
        .slice(0, mostNumbers)
        .flatMap((property) => {
          const raw = textOf(property.getFirstValue()).replace(/^tel:/u, '');
          return raw === '' ? [] : [{ number: numberOf(raw, country), isMobile: /cell|iphone|mobile/u.test(typesOf(property)) }];
        }),
    };
  } catch {
    // The parser throws plain errors for what is no vCard. A phone is answered the same way whatever it sends.
    return undefined;
  }
}

const nobody: PhoneCard = { firstName: '', lastName: '', fullName: '', hasNameParts: true, company: null, emails: [], numbers: [] };

/** First and last name as the card means them. A name in full is taken apart only where there is nothing else to go by. */
function namesOf(ours: PhoneCard, theirs: PhoneCard): Pick<PhoneCard, 'firstName' | 'lastName'> {
  if (ours === nobody && theirs.firstName === '' && theirs.lastName === '' && theirs.company === null) {
    const [first = '', ...rest] = theirs.fullName.split(/\s+/u);
    return { firstName: [first, ...rest.slice(0, -1)].join(' '), lastName: rest.at(-1) ?? '' };
  }
  return theirs.hasNameParts ? theirs : ours;
}

/** What the phone's card says that ours does not. `ours` is undefined for a card the phone made. */
export function changesBetween(ours: PhoneCard = nobody, theirs: PhoneCard): SuggestedChange[] {
  const changes: SuggestedChange[] = [];
  const orNull = (text: string) => (text === '' ? null : text);
  const names = namesOf(ours, theirs);
  for (const field of ['firstName', 'lastName'] as const) {
    if (ours[field] !== names[field]) changes.push({ field, from: orNull(ours[field]), to: orNull(names[field]) });
  }
  if (ours.company !== theirs.company) changes.push({ field: 'company', from: ours.company, to: theirs.company });
  // Cards hold no address of ours, so that one that is missing was not taken away.
  const email = theirs.emails.find((address) => !ours.emails.includes(address));
  if (email !== undefined) changes.push({ field: 'email', from: ours.emails[0] ?? null, to: email });

  const [before, after] = [ours, theirs].map((card) => new Set(card.numbers.map(({ number }) => number)));
  for (const { number, isMobile } of theirs.numbers) {
    if (before?.has(number) === false) changes.push({ field: isMobile ? 'mobile' : 'phone', from: null, to: number });
  }
  for (const { number } of ours.numbers) {
    if (after?.has(number) === false) changes.push({ field: 'number', from: number, to: null });
  }
  return changes;
}
