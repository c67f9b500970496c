import { cardEtag, personCard } from '../devices/vcard.ts';
import { escapeXml } from '../kernel/xml.ts';
import type { BookEntry } from './phone-book.ts';

/** An entry of a phone book as an address book has it. Its text is XML already. */
export interface EntryCard {
  readonly card: string;
  readonly etag: string;
  readonly vcard: string;
}

/** The cards of a phone book, in its order. Each is named after its first number, which is in no other. */
export function cardsOfEntries(entries: readonly BookEntry[]): EntryCard[] {
  return entries.flatMap(({ firstName, lastName, numbers }) => {
    const name = numbers[0]?.e164.slice(1);
    if (name === undefined) return [];
    const listed = numbers.map(({ e164, isMobile }) => ({ e164, field: isMobile ? 'mobile' : 'phone', isPrimary: false }));
    const text = personCard(`b${name}`, { firstName, lastName, company: null }, listed);
    return { card: name, etag: cardEtag(text), vcard: escapeXml(text) };
  });
}
