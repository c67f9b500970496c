import { createHash } from 'node:crypto';
import { fitsFilters } from '../carddav/card-filter.ts';
import { unescapeXml } from '../carddav/card-text.ts';
import { multistatus, needsPrivileges, plain, refusal, type DavAnswer } from '../carddav/dav-answer.ts';
import { cardResponses, notFoundResponse, resourceResponse, type DavView } from '../carddav/dav-properties.ts';
import { readPropfind, readReport, type Wanted } from '../carddav/dav-requests.ts';
import { davError, multistatusEnd, multistatusStart } from '../carddav/dav-xml.ts';
import { newestChange } from '../database/change-log.ts';
import { serverName } from '../devices/devices.service.ts';
import type { Context } from '../kernel/context.ts';
import { isHeld } from '../kernel/entity-tags.ts';
import { bookDavPath } from '../pbx/fritzbox-texts.ts';
import { cardsOfEntries, type EntryCard } from './phone-book-cards.ts';
import { readEntries, type BookOf } from './phonebooks.service.ts';

// A phone book as an address book over CardDAV (RFC 6352), for telephone systems that read one: whole, and never to write.

const home = bookDavPath;
const bookPath = `${home}contacts/`;

/** A request to the address book of a system, as it came. */
export interface BookDavRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly depth: string | undefined;
  readonly isMinimal: boolean;
  readonly ifNoneMatch: string | undefined;
}

/** Whose book it is. */
export interface BookSource extends BookOf {
  readonly id: string;
  readonly name: string;
}

/**
 * What a system listed last, so that the requests by which it then fetches the cards need not put the book together each
 * time. It holds for a minute, and no longer than nothing changes: who is taken off the phones is given to nobody any more.
 */
export type ListedBooks = Map<string, ListedBook & { readonly until: number; readonly change: number }>;

interface ListedBook {
  readonly cards: readonly EntryCard[];
  /** Changes with whatever a card says. */
  readonly ctag: string;
}

const listedForMilliseconds = 60_000;
const mostListed = 100;

async function listCards(
  ctx: Context,
  source: BookSource,
  { listed, isAnew }: { readonly listed: ListedBooks; readonly isAnew: boolean },
): Promise<ListedBook> {
  const key = JSON.stringify([source.id, source.directoryId, source.mostEntries]);
  const now = ctx.now().getTime();
  const known = listed.get(key);
  const change = (await ctx.hot.first(newestChange, {}))?.seq ?? 0;
  if (!isAnew && known !== undefined && known.until > now && known.change === change) return known;
  const cards = cardsOfEntries(await readEntries(ctx, source));
  const tags = cards.map(({ etag }) => etag).join();
  const book = { cards, ctag: createHash('sha256').update(tags).digest('base64url').slice(0, 22), until: now + listedForMilliseconds, change };
  if (listed.size >= mostListed) listed.clear();
  listed.set(key, book);
  return book;
}

type Place = { readonly kind: 'home' | 'book' } | { readonly kind: 'card'; readonly name: string };

/** What an address means, as a path or as a whole URL. */
function placeOf(address: string): Place | undefined {
  const path = (/^https?:\/\/[^/]*(\/.*)$/iu.exec(address)?.[1] ?? address).split(/[?#]/u)[0] ?? '';
  if (`${path}/` === home || path === home) return { kind: 'home' };
  if (`${path}/` === bookPath || path === bookPath) return { kind: 'book' };
  const name = path.startsWith(bookPath) ? /^(\d{1,20})\.vcf$/u.exec(path.slice(bookPath.length))?.[1] : undefined;
  return name === undefined ? undefined : { kind: 'card', name };
}

interface OpenBook {
  readonly cards: readonly EntryCard[];
  readonly view: DavView;
}

const notHere: DavAnswer = { ...plain(404, 'There is nothing at this address.'), note: 'Looked for what is not here' };

function propfind({ cards, view }: OpenBook, place: Place, { wanted, depth }: { readonly wanted: Wanted; readonly depth: string | undefined }): DavAnswer {
  const bookResponse = resourceResponse({ kind: 'book', href: bookPath }, wanted, view);
  const write = cardResponses(wanted, view);
  const answer = (text: string, note: string) => multistatus(multistatusStart + text + multistatusEnd, { note });
  if (place.kind === 'card') {
    const found = cards.find(({ card }) => card === place.name);
    return found === undefined ? notHere : answer(write(found), 'Asked for one entry');
  }
  if (place.kind === 'home') {
    const own = resourceResponse({ kind: 'principal', href: home }, wanted, view);
    return answer(depth === '1' ? own + bookResponse : own, 'Looked at its account');
  }
  return depth === '1'
    ? answer(bookResponse + cards.map(write).join(''), `The phone book of ${cards.length} entries was listed`)
    : answer(bookResponse, 'Asked whether anything changed');
}

function report({ cards, view }: OpenBook, place: Place, body: string): DavAnswer {
  const asked = readReport(body);
  if (asked === undefined) return plain(400, 'The body is not a REPORT that can be read.');
  if (asked.kind === 'too long') return plain(413, 'The body is too long.');
  if (place.kind !== 'book' || (asked.kind !== 'multiget' && asked.kind !== 'query'))
    return refusal(403, davError('<d:supported-report/>'), 'Asked for a report that is not served');
  const write = cardResponses(asked.wanted, view);
  if (asked.kind === 'query') {
    if (asked.isUnsupported) return refusal(403, davError('<card:supported-filter/>'), 'Searched by something entries do not have');
    const found = cards.filter(({ vcard }) => fitsFilters(vcard, asked));
    return multistatus(multistatusStart + found.map(write).join('') + multistatusEnd, { note: `Searched and found ${found.length} entries` });
  }
  const byName = new Map(cards.map((card) => [card.card, card]));
  const named = asked.hrefs.map((href) => {
    const at = placeOf(href);
    return { href, card: at?.kind === 'card' ? byName.get(at.name) : undefined };
  });
  const text = named.map(({ href, card }) => (card === undefined ? notFoundResponse(href) : write(card))).join('');
  return multistatus(multistatusStart + text + multistatusEnd, { note: `Read ${named.filter(({ card }) => card !== undefined).length} entries` });
}

function readCard({ cards }: OpenBook, name: string, ifNoneMatch: string | undefined): DavAnswer {
  const found = cards.find(({ card }) => card === name);
  if (found === undefined) return notHere;
  const etag = `"${found.etag}"`;
  if (isHeld(ifNoneMatch, etag)) return { status: 304, headers: { etag } };
  return { status: 200, headers: { etag }, type: 'text/vcard; charset=utf-8', body: unescapeXml(found.vcard), note: 'Read one entry' };
}

/** Answers a request of a telephone system to its phone book over CardDAV. */
export async function answerBookDav(
  ctx: Context,
  source: BookSource,
  { request, listed }: { readonly request: BookDavRequest; readonly listed: ListedBooks },
): Promise<DavAnswer> {
  const { method, body, depth } = request;
  const isReading = method === 'GET' || method === 'HEAD' || method === 'PROPFIND' || method === 'REPORT';
  if (!isReading) return needsPrivileges(bookPath, `Refused: ${method}, its phone book is read only`);
  const place = placeOf(request.path);
  if (place === undefined) return notHere;
  const { cards, ctag } = await listCards(ctx, source, { listed, isAnew: method === 'PROPFIND' && place.kind === 'book' });
  const view: DavView = {
    principals: home,
    principal: home,
    home,
    book: bookPath,
    accountId: source.id,
    accountName: source.name,
    bookName: await serverName(ctx),
    ctag,
    syncToken: undefined,
    isMinimal: request.isMinimal,
  };
  if (method === 'REPORT') return report({ cards, view }, place, body);
  if (method !== 'PROPFIND')
    return place.kind === 'card'
      ? readCard({ cards, view }, place.name, request.ifNoneMatch)
      : plain(200, 'This is an address book. Add it to a telephone system as a CardDAV account.');
  const wanted = readPropfind(body);
  if (wanted === undefined) return plain(400, 'The body is not a PROPFIND that can be read.');
  if (depth?.toLowerCase() === 'infinity') return refusal(403, davError('<d:propfind-finite-depth/>'));
  return propfind({ cards, view }, place, { wanted, depth });
}
