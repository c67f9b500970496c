import type { Context } from '../kernel/context.ts';
import {
  deleteMembersAmong,
  endOfStretch,
  listMembersAmong,
  listPresentableOf,
  presentableWithin,
  putMembers,
  rankedMembers,
  type RankedContact,
} from './directory-members.queries.ts';
import { addWorkOfOwners, collectContacts, findDirectory, updateDirectory, type DirectoryRow } from './directory.queries.ts';
import { listsOfKey } from './scope.service.ts';
import { paddedToPowerOfTwo } from './statement-sizes.ts';

// A directory with a cap holds the most recently active contacts of its scope. Who is inside is kept in rows: a contact
// that was active moves in and pushes the least recent one out; when one leaves, the next best moves in. Of lists the
// contacts beyond the cap are kept too, ranked. Of everybody they stand in the order of all contacts already, and the
// frontier says how far down that was looked through: whoever can be shown is inside at or above it, nobody below.

const contactsAtOnce = 500;
const looksAtOnce = 1000;

type CappedDirectory = DirectoryRow & { readonly most: number };

export function isCapped(directory: DirectoryRow): directory is CappedDirectory {
  return directory.most !== null;
}

/** True for a cap of everybody: its members are looked for among all contacts. */
export function looksForMembers({ scope, most }: Pick<DirectoryRow, 'scope' | 'most'>): boolean {
  return most !== null && listsOfKey(scope) === null;
}

async function keepCount(ctx: Context, directory: CappedDirectory, difference: number): Promise<CappedDirectory> {
  if (difference === 0) return directory;
  const member_count = directory.member_count + difference;
  await updateDirectory(ctx.db, directory.id, { member_count });
  return { ...directory, member_count };
}

/** Takes the least recent ones out that are too many. */
export async function trim(ctx: Context, directory: CappedDirectory): Promise<CappedDirectory> {
  let present = directory;
  while (present.member_count > present.most) {
    const out = await rankedMembers(ctx.db, present.id, { isInside: true, limit: Math.min(present.member_count - present.most, contactsAtOnce) }).execute();
    const last = out.at(-1);
    if (last === undefined) return present;
    const ids = paddedToPowerOfTwo(out.map((contact) => contact.id));
    if (looksForMembers(present)) {
      await deleteMembersAmong(ctx.db, present.id, ids);
      await updateDirectory(ctx.db, present.id, { frontier: last.rank + 1 });
    } else
      await putMembers(
        ctx.db,
        present.id,
        out.map((contact) => ({ ...contact, isInside: false })),
      );
    await addWorkOfOwners(ctx.db, present.id, ids);
    present = await keepCount(ctx, present, -out.length);
  }
  return present;
}

async function frontierOf(ctx: Context, directory: CappedDirectory): Promise<number> {
  return directory.frontier ?? (await leastRecentInside(ctx, directory.id)) ?? Number.MAX_SAFE_INTEGER;
}

async function leastRecentInside(ctx: Context, directoryId: number): Promise<number | undefined> {
  return (await rankedMembers(ctx.db, directoryId, { isInside: true, limit: 1 }).executeTakeFirst())?.rank;
}

async function letIn(ctx: Context, directory: CappedDirectory, coming: readonly RankedContact[]): Promise<void> {
  if (coming.length === 0) return;
  await putMembers(
    ctx.db,
    directory.id,
    coming.map((contact) => ({ ...contact, isInside: true })),
  );
  const added = await collectContacts(ctx.db, directory.id, paddedToPowerOfTwo(coming.map((contact) => contact.id)));
  await updateDirectory(ctx.db, directory.id, {
    member_count: directory.member_count + coming.length,
    ...(directory.state === 'collecting' ? { expected_count: directory.expected_count + added } : {}),
  });
}

/** Looks through the next stretch below the frontier, and moves the frontier down. */
async function lookFurther(ctx: Context, directory: CappedDirectory, room: number): Promise<boolean> {
  const below = await frontierOf(ctx, directory);
  if (below === 0) return false;
  const from = (await endOfStretch(ctx.db, below, looksAtOnce).executeTakeFirst())?.rank ?? 0;
  const coming = await presentableWithin(ctx.db, { below, from }, room).execute();
  await letIn(ctx, directory, coming);
  await updateDirectory(ctx.db, directory.id, { frontier: coming.length < room ? from : (coming.at(-1)?.rank ?? from) });
  return true;
}

/** Lets the next best in where there is room: one step, false when there is nothing to do. */
export async function refill(ctx: Context, directory: CappedDirectory): Promise<boolean> {
  const room = Math.min(directory.most - directory.member_count, contactsAtOnce);
  if (room <= 0) return false;
  if (looksForMembers(directory)) return lookFurther(ctx, directory, room);
  const coming = await rankedMembers(ctx.db, directory.id, { isInside: false, limit: room }).execute();
  await letIn(ctx, directory, coming);
  return coming.length > 0;
}

/** Notes contacts of a list before it is known who of them is inside. */
export async function noteListMembers(ctx: Context, directory: CappedDirectory, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  const contacts = await listPresentableOf(ctx.db, paddedToPowerOfTwo(contactIds), listsOfKey(directory.scope)).execute();
  await putMembers(
    ctx.db,
    directory.id,
    contacts.map((contact) => ({ ...contact, isInside: false })),
  );
}

/** After contacts changed: who of them is inside now, and whom that lets in or pushes out. */
export async function reviewMembers(ctx: Context, directoryId: number, contactIds: readonly string[]): Promise<void> {
  const directory = await findDirectory(ctx.db, directoryId);
  if (directory === undefined || !isCapped(directory) || contactIds.length === 0) return;
  await (looksForMembers(directory) ? reviewOfEverybody : reviewOfLists)(ctx, directory, paddedToPowerOfTwo(contactIds));
}

/** Takes contacts out of the members for now; how many of them were inside. */
async function takeOut(ctx: Context, directory: CappedDirectory, ids: readonly string[]): Promise<number> {
  const members = await listMembersAmong(ctx.db, directory.id, ids);
  await deleteMembersAmong(ctx.db, directory.id, ids);
  return members.filter((member) => member.is_inside === 1).length;
}

/** Room that is left is filled later, step by step: far down the order there may be many who can't be shown. */
async function reviewOfEverybody(ctx: Context, directory: CappedDirectory, ids: readonly string[]): Promise<void> {
  const frontier = await frontierOf(ctx, directory);
  const left = await takeOut(ctx, directory, ids);
  const inside = (await listPresentableOf(ctx.db, ids, null).execute()).filter(({ rank }) => rank >= frontier);
  await putMembers(
    ctx.db,
    directory.id,
    inside.map((contact) => ({ ...contact, isInside: true })),
  );
  if (directory.frontier !== frontier) await updateDirectory(ctx.db, directory.id, { frontier });
  const present = await keepCount(ctx, { ...directory, frontier }, inside.length - left);
  if (present.state !== 'collecting') await trim(ctx, present);
}

async function reviewOfLists(ctx: Context, directory: CappedDirectory, ids: readonly string[]): Promise<void> {
  const left = await takeOut(ctx, directory, ids);
  const lowest = await leastRecentInside(ctx, directory.id);
  const contacts = await listPresentableOf(ctx.db, ids, listsOfKey(directory.scope)).execute();
  // Below the least recent one inside, others may be better: they are asked for below.
  const isInside = ({ rank }: RankedContact) => lowest !== undefined && rank > lowest && directory.state !== 'collecting';
  const kept = contacts.map((contact) => ({ ...contact, isInside: isInside(contact) }));
  await putMembers(ctx.db, directory.id, kept);
  let present = await keepCount(ctx, directory, kept.filter((contact) => contact.isInside).length - left);
  if (directory.state === 'collecting') return;
  present = await trim(ctx, present);
  while (await refill(ctx, present)) present = { ...present, ...(await findDirectory(ctx.db, present.id)), most: present.most };
}
