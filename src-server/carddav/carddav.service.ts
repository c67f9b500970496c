import type { Context } from '../kernel/context.ts';
import { isHeld } from '../kernel/entity-tags.ts';
import { openBook, type AddressBook, type Purpose } from './address-book.service.ts';
import { cardByName } from './carddav.queries.ts';
import { unescapeXml } from './card-text.ts';
import { plain, type DavAnswer } from './dav-answer.ts';
import { resourceOf, rootHref, type DavResource } from './dav-paths.ts';
import { noteAnswer, type DavVisitor } from './dav-state.service.ts';
import { refuseWrite } from './dav-writes.service.ts';
import { isBookListing, propfind } from './propfind.service.ts';
import { report } from './report.service.ts';

/** A request to an address book, as it came. */
export interface DavRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly depth: string | undefined;
  readonly isMinimal: boolean;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
  readonly visitor: DavVisitor;
}

async function readCard(
  ctx: Context,
  { directory }: AddressBook,
  { name, ifNoneMatch }: { readonly name: string; readonly ifNoneMatch: string | undefined },
): Promise<DavAnswer> {
  const stored = directory === undefined ? undefined : await ctx.hot.first(cardByName, { directoryId: directory.id, card: name });
  if (stored === undefined) return plain(404, 'There is no such card.');
  const etag = `"${stored.etag}"`;
  if (isHeld(ifNoneMatch, etag)) return { status: 304, headers: { etag } };
  return { status: 200, headers: { etag }, type: 'text/vcard; charset=utf-8', body: unescapeXml(stored.vcard), note: 'read one card', isBookSeen: true };
}

async function answerFor(
  ctx: Context,
  book: AddressBook,
  { request, resource }: { readonly request: DavRequest; readonly resource: DavResource },
): Promise<DavAnswer> {
  const { method, body } = request;
  switch (method) {
    case 'PROPFIND':
      return propfind(ctx, book, { resource, depth: request.depth, body });
    case 'REPORT':
      return report(ctx, book, { resource, body, userAgent: request.visitor.userAgent });
    case 'GET':
    case 'HEAD':
      if (resource.kind === 'card') return readCard(ctx, book, { name: resource.name, ifNoneMatch: request.ifNoneMatch });
      return plain(200, 'This is an address book. Add it to a phone as a CardDAV account.');
    default:
      return refuseWrite(ctx, book, { ...request, resource, userAgent: request.visitor.userAgent });
  }
}

function purposeOf({ method, depth, body }: DavRequest, resource: DavResource): Purpose {
  if (method === 'PROPFIND') return isBookListing(resource, depth) ? 'listing' : 'poll';
  return method === 'REPORT' && body.includes('sync-collection') ? 'listing' : 'cards';
}

/**
 * What is kept of an answer is kept once the client has all of it. The client need not wait for that: only that the
 * phone has an address book at all, and the end of a wipe, must stand before it is told.
 */
async function* thenNoting(pieces: AsyncIterable<string>, note: () => Promise<void>): AsyncGenerator<string> {
  yield* pieces;
  await note();
}

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PROPFIND', 'REPORT']);

/** Answers a request of a phone to its address book. */
export async function answerDav(ctx: Context, request: DavRequest): Promise<DavAnswer> {
  // Writing where nothing is would make something, so it is answered like writing where something is.
  const nowhere: DavResource | undefined = readingMethods.has(request.method) ? undefined : { kind: 'root', href: rootHref };
  const resource = resourceOf(request.path, ctx.actor.id) ?? nowhere;
  if (resource === undefined) return { ...plain(404, 'There is nothing at this address.'), note: 'looked for what is not here' };
  const book = await openBook(ctx, { isMinimal: request.isMinimal, purpose: purposeOf(request, resource) });
  if (book === undefined) return plain(404, 'There is nothing at this address.');
  const answer = await answerFor(ctx, book, { request, resource });
  const keep = () => noteAnswer(ctx, book, { answer, visitor: request.visitor });
  // Not before the answer is out: a commit waits for the disk, and everything else here waits with it.
  const keepLater = () => setImmediate(() => void keep().catch((error: unknown) => ctx.log.error({ err: error }, 'what a phone read could not be noted')));
  const { dav_first_seen_at, dav_book_seen_at } = book.device;
  const isFirst = dav_first_seen_at === null || (dav_book_seen_at === null && answer.isBookSeen === true);
  const note = isFirst || answer.isEmptied === true ? keep : async () => void keepLater();
  if (typeof answer.body === 'object') return { ...answer, body: thenNoting(answer.body, note) };
  await note();
  return answer;
}
