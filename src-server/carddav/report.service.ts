import type { Context } from '../kernel/context.ts';
import { placeOfToken, tokenAt, type AddressBook } from './address-book.service.ts';
import { cardsByNames, cardTags, cardTexts, changedCards } from './carddav.queries.ts';
import { multistatus, plain, refusal, type DavAnswer } from './dav-answer.ts';
import { needsEmptyToken } from './dav-clients.ts';
import { cardHref, cardNameOf, type DavResource } from './dav-paths.ts';
import { cardResponses, notFoundResponse, wantsText } from './dav-properties.ts';
import { readReport, type DavReport, type Wanted } from './dav-requests.ts';
import { davError, multistatusEnd, multistatusStart } from './dav-xml.ts';
import { pagesOf } from './propfind.service.ts';
import { queryCards } from './query-cards.service.ts';

/** What is asked, and by whom. */
type Sync = Extract<DavReport, { readonly kind: 'sync' }> & { readonly userAgent: string };

const cardsAtOnce = 1000;

function tokenElement(token: string): string {
  return `<d:sync-token>${token}</d:sync-token>`;
}

/** Everything there is, for a client that has no token yet. */
function syncWhole(ctx: Context, book: AddressBook, wanted: Wanted): DavAnswer {
  const { directory, view, token } = book;
  const end = tokenElement(token) + multistatusEnd;
  if (directory === undefined) return multistatus(multistatusStart + end, { note: 'synced an empty book', isEmptied: true, isBookSeen: true });
  const read = wantsText(wanted) ? cardTexts : cardTags;
  const next = (after: string) => ctx.hot.all(read, { directoryId: directory.id, after, limit: cardsAtOnce });
  return multistatus(pagesOf({ start: multistatusStart, end }, next, cardResponses(wanted, view)), {
    note: `synced all ${directory.card_count} cards`,
    read: { seq: directory.cards_seq, cards: directory.card_count },
    isBookSeen: true,
  });
}

/** Only as much as the client wants at once; its token says where to go on (RFC 6578, 3.6). */
async function syncPart(ctx: Context, book: AddressBook, sync: Sync & { readonly limit: number }): Promise<DavAnswer> {
  const { directory, view } = book;
  if (directory === undefined) return syncWhole(ctx, book, sync.wanted);
  const from = sync.token === '' ? { seq: directory.cards_seq, place: { seq: 0, card: '' } } : await placeOfToken(ctx, book, sync.token);
  if (from === undefined) return spentToken(sync);
  const at = from.place ?? { seq: from.seq, card: '\uffff' };
  const rows = await ctx.hot.all(changedCards, { directoryId: directory.id, seq: at.seq, after: at.card, limit: sync.limit + 1 });
  const shown = rows.slice(0, sync.limit);
  const last = shown.at(-1);
  const more = rows.length > sync.limit && last !== undefined;
  const write = cardResponses(sync.wanted, view);
  const text = shown.map((row) => (row.is_removed === 1 ? notFoundResponse(cardHref(view.accountId, row.card)) : write(row))).join('');
  const full = more
    ? `<d:response><d:href>${view.book}</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status><d:error><d:number-of-matches-within-limits/></d:error></d:response>`
    : '';
  const token = more ? tokenAt(book, from.seq, { seq: last.seq, card: last.card }) : book.token;
  return multistatus(multistatusStart + text + full + tokenElement(token) + multistatusEnd, {
    note: `synced ${shown.length} changes${more ? ', more to come' : ''}`,
    ...(more ? {} : { read: { seq: directory.cards_seq, cards: directory.card_count } }),
    isBookSeen: true,
  });
}

/** The client's token holds no more: it must read everything again, and drop what it does not find. */
function spentToken({ userAgent }: Sync): DavAnswer {
  const seen = { note: 'brought a sync token that does not hold any more', isBookSeen: true };
  if (needsEmptyToken(userAgent)) return multistatus(multistatusStart + tokenElement('') + multistatusEnd, seen);
  return { ...refusal(403, davError('<d:valid-sync-token/>')), ...seen };
}

/** What changed since the client's token. */
async function syncChanges(ctx: Context, book: AddressBook, sync: Sync): Promise<DavAnswer> {
  const { directory, view } = book;
  const from = await placeOfToken(ctx, book, sync.token);
  if (from === undefined) return spentToken(sync);
  const end = tokenElement(book.token) + multistatusEnd;
  if (directory === undefined) return multistatus(multistatusStart + end, { note: 'synced an empty book', isEmptied: true, isBookSeen: true });
  let at = from.place ?? { seq: from.seq, card: '\uffff' };
  const next = async () => {
    const rows = await ctx.hot.all(changedCards, { directoryId: directory.id, seq: at.seq, after: at.card, limit: cardsAtOnce });
    const last = rows.at(-1);
    if (last !== undefined) at = { seq: last.seq, card: last.card };
    return rows;
  };
  const write = cardResponses(sync.wanted, view);
  const pages = pagesOf({ start: multistatusStart, end }, next, (row) =>
    row.is_removed === 1 ? notFoundResponse(cardHref(view.accountId, row.card)) : write(row),
  );
  return multistatus(pages, {
    note: from.seq === directory.cards_seq ? 'nothing changed' : 'synced what changed',
    read: { seq: directory.cards_seq, cards: directory.card_count },
    isBookSeen: true,
  });
}

function synchronise(ctx: Context, book: AddressBook, sync: Sync): Promise<DavAnswer> | DavAnswer {
  if (sync.limit !== undefined) return syncPart(ctx, book, { ...sync, limit: Math.min(sync.limit, 10_000) });
  return sync.token === '' ? syncWhole(ctx, book, sync.wanted) : syncChanges(ctx, book, sync);
}

/** The cards a client names: phones read their books this way, ten to a hundred at a time, and some programs all of it at once. */
async function multiget(ctx: Context, book: AddressBook, { hrefs, wanted }: Extract<DavReport, { readonly kind: 'multiget' }>): Promise<DavAnswer> {
  const { directory, view } = book;
  const write = cardResponses(wanted, view);
  let text = multistatusStart;
  let read = 0;
  for (let at = 0; at < hrefs.length; at += cardsAtOnce) {
    // Lets other requests in between two pages.
    if (at > 0) await new Promise((resume) => setImmediate(resume));
    const asked = hrefs.slice(at, at + cardsAtOnce).map((href) => ({ href, name: cardNameOf(href, view.accountId) }));
    const names = JSON.stringify(asked.flatMap(({ name }) => name ?? []));
    const rows = directory === undefined ? [] : await ctx.hot.all(cardsByNames, { directoryId: directory.id, names });
    const found = new Map(rows.map((row) => [row.card, row]));
    read += found.size;
    for (const { href, name } of asked) {
      const row = name === undefined ? undefined : found.get(name);
      text += row === undefined ? notFoundResponse(href) : write(row);
    }
  }
  return multistatus(text + multistatusEnd, { note: `read ${read} cards`, isBookSeen: true });
}

/** Answers a REPORT (RFC 3253, 3.6): the three an address book has. */
export async function report(
  ctx: Context,
  book: AddressBook,
  { resource, body, userAgent }: { readonly resource: DavResource; readonly body: string; readonly userAgent: string },
): Promise<DavAnswer> {
  const asked = readReport(body);
  if (asked === undefined) return plain(400, 'The body is not a REPORT that can be read.');
  if (asked.kind === 'too long') return plain(413, 'The body is too long.');
  if (resource.kind !== 'book' || asked.kind === 'unknown') return refusal(403, davError('<d:supported-report/>'), 'asked for a report that is not served');
  if (asked.kind === 'sync') return synchronise(ctx, book, { ...asked, userAgent });
  return asked.kind === 'multiget' ? multiget(ctx, book, asked) : queryCards(ctx, book, asked);
}
