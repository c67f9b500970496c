import { countTry } from '../database/throttles.ts';
import { openBatch } from '../devices/directory-build.service.ts';
import { cardEtag } from '../devices/vcard.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import type { AddressBook } from './address-book.service.ts';
import { suggestEdit, type CardSubject } from '../suggested-edits/suggested-edits.service.ts';
import { cardByName, type CardRow, putRemovedCard, reviseCard, setBookSeq } from './carddav.queries.ts';
import { unescapeXml } from './card-text.ts';
import { multistatus, needsPrivileges, plain, type DavAnswer } from './dav-answer.ts';
import { keepsWhatIsRefused } from './dav-clients.ts';
import type { DavResource } from './dav-paths.ts';
import { protectedResponse } from './dav-properties.ts';
import { readProppatch } from './dav-requests.ts';
import { multistatusEnd, multistatusStart } from './dav-xml.ts';

// Address books are read-only, but phones of Apple offer editing all the same, and stop syncing for good when a write
// is refused with 401; Thunderbird, where it was told to write, goes on showing what was refused. So theirs is accepted
// and undone: the card gets a new version, and the client fetches ours again.

export interface DavWrite {
  readonly method: string;
  readonly resource: DavResource;
  readonly body: string;
  readonly userAgent: string;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

const writesAnHour = 500;

/** Whether an entity tag, or `*`, is in a list of them (RFC 9110, 13.1). */
function names(list: string, etag: string | undefined): boolean {
  if (etag === undefined) return false;
  return list.trim() === '*' || list.split(/\s*,\s*/u).includes(`"${etag}"`);
}

/** Makes the phone fetch the card again, or drop it when it is none of ours. */
async function undo(ctx: Context, directoryId: number, name: string): Promise<void> {
  const present = await ctx.hot.first(cardByName, { directoryId, card: name });
  await inTransaction(ctx, async (ctx) => {
    const seq = await openBatch(ctx);
    if (present === undefined) await putRemovedCard(ctx.db, { directoryId, name, seq });
    else await reviseCard(ctx.db, { directoryId, name, seq, etag: cardEtag(unescapeXml(present.vcard), String(seq)) });
    await setBookSeq(ctx.db, directoryId, seq);
  });
}

/** Whose card a name stands for; see `docs/carddav.md`. */
function subjectOf(name: string): CardSubject {
  if (name.startsWith('c')) return { kind: 'contact', id: name.slice(1) };
  return name.startsWith('o') ? { kind: 'company', id: name.slice(1) } : { kind: 'several' };
}

/** Keeps what somebody wanted for an admin to decide. */
async function suggest(
  ctx: Context,
  { device }: AddressBook,
  edited: { readonly name: string; readonly present: CardRow | undefined; readonly theirs: string },
): Promise<void> {
  const { name, present, theirs } = edited;
  const of: CardSubject = present === undefined ? { kind: 'nobody' } : subjectOf(name);
  const ours = present === undefined ? undefined : unescapeXml(present.vcard);
  await suggestEdit(ctx, { device, card: name, of, ours, theirs });
}

async function writeCard(
  ctx: Context,
  book: AddressBook,
  write: DavWrite & { readonly resource: { readonly kind: 'card'; readonly name: string } },
): Promise<DavAnswer> {
  const { directory, device } = book;
  const { name } = write.resource;
  const present = directory === undefined ? undefined : await ctx.hot.first(cardByName, { directoryId: directory.id, card: name });
  const isMismatch = write.ifMatch !== undefined && !names(write.ifMatch, present?.etag);
  if (isMismatch || (write.ifNoneMatch !== undefined && names(write.ifNoneMatch, present?.etag))) {
    return { ...plain(412, 'The card here is another version.'), note: 'would have changed a card it does not have the newest version of' };
  }
  const note = write.method === 'DELETE' ? 'would have deleted a card' : 'would have changed a card';
  const { tries } = await countTry(ctx, { key: `dav-writes:${device.id}`, windowSeconds: 3600 });
  if (directory === undefined || tries > writesAnHour) return needsPrivileges(write.resource.href, note);
  if (write.method === 'PUT') await suggest(ctx, book, { name, present, theirs: write.body });
  if (!keepsWhatIsRefused(write.userAgent)) return needsPrivileges(write.resource.href, note);
  await undo(ctx, directory.id, name);
  // Without an ETag, so that the phone does not take its own text for ours.
  return { status: 204, note: `${note}; it gets ours again` };
}

/** Answers everything that would change something; nothing does. */
export async function refuseWrite(ctx: Context, book: AddressBook, write: DavWrite): Promise<DavAnswer> {
  const { method, resource, body } = write;
  if (method === 'PROPPATCH') {
    const properties = readProppatch(body);
    if (properties === undefined) return plain(400, 'The body is not a PROPPATCH that can be read.');
    return multistatus(multistatusStart + protectedResponse(resource.href, properties) + multistatusEnd, { note: 'would have changed properties' });
  }
  if (resource.kind === 'card' && (method === 'PUT' || method === 'DELETE')) return writeCard(ctx, book, { ...write, resource });
  return needsPrivileges(resource.href, `tried ${method}`);
}
