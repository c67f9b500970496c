import type { Context } from '../kernel/context.ts';
import type { AddressBook } from './address-book.service.ts';
import { cardByName, cardTags, cardTexts } from './carddav.queries.ts';
import { multistatus, plain, refusal, type DavAnswer } from './dav-answer.ts';
import { bookHref, homeHref, principalHref, type DavResource } from './dav-paths.ts';
import { cardResponses, resourceResponse, wantsText, type StoredCard } from './dav-properties.ts';
import { readPropfind, type Wanted } from './dav-requests.ts';
import { davError, multistatusEnd, multistatusStart } from './dav-xml.ts';

type Collection = Exclude<DavResource, { readonly kind: 'card' }>;

/** What lies directly in a collection, cards aside. */
function membersOf(resource: Collection, deviceId: string): Collection[] {
  if (resource.kind === 'home') return [{ kind: 'book', href: bookHref(deviceId) }];
  if (resource.kind !== 'root') return [];
  return [
    { kind: 'principal', href: principalHref(deviceId) },
    { kind: 'home', href: homeHref(deviceId) },
  ].filter((member) => member.href.startsWith(resource.href)) as Collection[]; // Both kinds are collections.
}

const cardsAtOnce = 1000;

/** Pieces of an answer: each page of cards as it is read, so that a large book is never in memory as a whole. */
export async function* pagesOf<Row extends StoredCard>(
  frame: { readonly start: string; readonly end: string },
  next: (after: string) => Promise<readonly Row[]>,
  write: (row: Row) => string,
): AsyncGenerator<string> {
  let text = frame.start;
  let after = '';
  for (;;) {
    const rows = await next(after);
    for (const row of rows) text += write(row);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.card;
    if (rows.length < cardsAtOnce) break;
    yield text;
    text = '';
    // Lets other requests in between two pages.
    await new Promise((resume) => setImmediate(resume));
  }
  yield text + frame.end;
}

function asksForChanges(wanted: Wanted): boolean {
  return wanted.kind === 'some' && wanted.names.some(({ name }) => name === 'getctag' || name === 'sync-token');
}

function listBook(ctx: Context, book: AddressBook, wanted: Wanted): DavAnswer {
  const { directory, view } = book;
  const own = resourceResponse({ kind: 'book', href: view.book }, wanted, view);
  const start = multistatusStart + own;
  if (directory === undefined) return multistatus(start + multistatusEnd, { note: 'listed an empty book', isEmptied: true, isBookSeen: true });
  const read = wantsText(wanted) ? cardTexts : cardTags;
  const next = (after: string) => ctx.hot.all(read, { directoryId: directory.id, after, limit: cardsAtOnce });
  return multistatus(pagesOf({ start, end: multistatusEnd }, next, cardResponses(wanted, view)), {
    note: `listed ${directory.card_count} cards`,
    read: { seq: directory.cards_seq, cards: directory.card_count },
    isBookSeen: true,
  });
}

async function describeCard(ctx: Context, book: AddressBook, { name, wanted }: { readonly name: string; readonly wanted: Wanted }): Promise<DavAnswer> {
  const { directory, view } = book;
  const stored = directory === undefined ? undefined : await ctx.hot.first(cardByName, { directoryId: directory.id, card: name });
  if (stored === undefined) return plain(404, 'There is no such card.');
  return multistatus(multistatusStart + cardResponses(wanted, view)(stored) + multistatusEnd, { note: 'asked for one card' });
}

/** What a client must say to list a book: it waits for the first build, others do not. */
export function isBookListing(resource: DavResource, depth: string | undefined): boolean {
  return resource.kind === 'book' && depth === '1';
}

/** Answers which properties a resource and its members have (RFC 4918, 9.1). */
export async function propfind(
  ctx: Context,
  book: AddressBook,
  { resource, depth, body }: { readonly resource: DavResource; readonly depth: string | undefined; readonly body: string },
): Promise<DavAnswer> {
  const wanted = readPropfind(body);
  if (wanted === undefined) return plain(400, 'The body is not a PROPFIND that can be read.');
  // Left out, the depth is infinity (RFC 4918, 9.1); clients that leave it out mean the resource itself.
  if (depth?.toLowerCase() === 'infinity') return refusal(403, davError('<d:propfind-finite-depth/>'));
  if (resource.kind === 'card') return describeCard(ctx, book, { name: resource.name, wanted });
  if (isBookListing(resource, depth)) return listBook(ctx, book, wanted);

  const resources = [resource, ...(depth === '1' ? membersOf(resource, book.view.accountId) : [])];
  const text = resources.map((each) => resourceResponse(each, wanted, book.view)).join('');
  const isPoll = resource.kind === 'book' && asksForChanges(wanted);
  return multistatus(multistatusStart + text + multistatusEnd, {
    note: isPoll ? 'asked whether anything changed' : `looked at its ${resource.kind === 'root' ? 'account' : resource.kind}`,
    isBookSeen: isPoll,
  });
}
