import { cardOf } from '../devices/directory-cards.service.ts';
import type { Context } from '../kernel/context.ts';
import { readNumber } from '../phone-numbers/phone-number.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import type { AddressBook } from './address-book.service.ts';
import { fitsFilters, numberAskedFor } from './card-filter.ts';
import { cardByName, cardTexts, entryOfNumber } from './carddav.queries.ts';
import { multistatus, refusal, type DavAnswer } from './dav-answer.ts';
import { cardResponses, type StoredCard } from './dav-properties.ts';
import type { DavReport } from './dav-requests.ts';
import { davError, multistatusEnd, multistatusStart } from './dav-xml.ts';

type Query = Extract<DavReport, { readonly kind: 'query' }>;

const cardsAtOnce = 1000;
/** A search that no index answers looks at no more cards than this, and says so when there are more. */
const mostLookedAt = 50_000;

/** The card of a number that is asked for in full, whatever the way it is written. */
async function byNumber(ctx: Context, book: AddressBook, typed: string): Promise<StoredCard | undefined> {
  const { directory } = book;
  const { e164 } = readNumber(typed, { country: (await readSettings(ctx, companySettings)).country });
  if (e164 === null || directory === undefined) return undefined;
  const digits = Number(e164.slice(1));
  const entry = await ctx.hot.first(entryOfNumber, { directoryId: directory.id, digits });
  const card = entry === undefined ? undefined : cardOf(digits, { kind: entry.kind, contactId: entry.contact_id });
  return card === undefined ? undefined : ctx.hot.first(cardByName, { directoryId: directory.id, card });
}

async function search(ctx: Context, book: AddressBook, query: Query): Promise<{ readonly cards: StoredCard[]; readonly isCut: boolean }> {
  const { directory } = book;
  const cards: StoredCard[] = [];
  if (directory === undefined) return { cards, isCut: false };
  const limit = query.limit ?? mostLookedAt;
  let after = '';
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += cardsAtOnce) {
    const rows = await ctx.hot.all(cardTexts, { directoryId: directory.id, after, limit: cardsAtOnce });
    for (const row of rows) {
      if (!fitsFilters(row.vcard, query)) continue;
      if (cards.length === limit) return { cards, isCut: true };
      cards.push(row);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < cardsAtOnce) return { cards, isCut: false };
    after = last.card;
    await new Promise((resume) => setImmediate(resume));
  }
  return { cards, isCut: true };
}

/** Searches the book (RFC 6352, 8.6). A whole number is one seek, as everywhere; anything else looks through the cards. */
export async function queryCards(ctx: Context, book: AddressBook, query: Query): Promise<DavAnswer> {
  if (query.isUnsupported) return refusal(403, davError('<card:supported-filter/>'), 'searched by something cards do not have');
  const typed = numberAskedFor(query);
  const known = typed === undefined ? undefined : await byNumber(ctx, book, typed);
  const { cards, isCut } = known === undefined ? await search(ctx, book, query) : { cards: [known], isCut: false };
  const cut = isCut
    ? `<d:response><d:href>${book.view.book}</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status><d:error><d:number-of-matches-within-limits/></d:error></d:response>`
    : '';
  const write = cardResponses(query.wanted, book.view);
  return multistatus(multistatusStart + cards.map(write).join('') + cut + multistatusEnd, {
    note: `searched and found ${cards.length} cards`,
    isBookSeen: true,
  });
}
