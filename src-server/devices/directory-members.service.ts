import type { Context } from '../kernel/context.ts';
import {
  deleteMembersAmong,
  listMembersAmong,
  listPresentableOf,
  presentableBelow,
  putMembers,
  rankedMembers,
  type RankedContact,
} from './directory-members.queries.ts';
import { addWorkOfOwners, collectContacts, findDirectory, updateDirectory, type DirectoryRow } from './directory.queries.ts';
import { listsOfKey } from './scope.service.ts';
import { paddedToPowerOfTwo } from './statement-sizes.ts';

// A directory with a cap holds the most recently active contacts of its scope. Who is inside is kept in rows: a contact
// that was active moves in and pushes the least recent one out; when one leaves, the next best moves in. Of lists the
// contacts beyond the cap are kept too, ranked; of everybody they stand in the order of all contacts already.

const contactsAtOnce = 500;

type CappedDirectory = DirectoryRow & { readonly most: number };

export function isCapped(directory: DirectoryRow): directory is CappedDirectory {
  return directory.most !== null;
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
    if (out.length === 0) return present;
    const ids = paddedToPowerOfTwo(out.map((contact) => contact.id));
    if (listsOfKey(present.scope) === null) await deleteMembersAmong(ctx.db, present.id, ids);
    else
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

async function lowestInside(ctx: Context, directoryId: number): Promise<number | undefined> {
  return (await rankedMembers(ctx.db, directoryId, { isInside: true, limit: 1 }).executeTakeFirst())?.rank;
}

/** The next best that are not inside. */
async function nextBest(ctx: Context, directory: CappedDirectory): Promise<RankedContact[]> {
  const limit = Math.min(directory.most - directory.member_count, contactsAtOnce);
  if (limit <= 0) return [];
  if (listsOfKey(directory.scope) !== null) return rankedMembers(ctx.db, directory.id, { isInside: false, limit }).execute();
  return presentableBelow(ctx.db, (await lowestInside(ctx, directory.id)) ?? Number.MAX_SAFE_INTEGER, limit).execute();
}

/** Lets the next best in where there is room: one step, false when there is nothing to do. */
export async function refill(ctx: Context, directory: CappedDirectory): Promise<boolean> {
  const coming = await nextBest(ctx, directory);
  if (coming.length === 0) return false;
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
  return true;
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
  const ids = paddedToPowerOfTwo(contactIds);
  const isOfLists = listsOfKey(directory.scope) !== null;
  const before = await listMembersAmong(ctx.db, directory.id, ids);
  await deleteMembersAmong(ctx.db, directory.id, ids);
  const lowest = await lowestInside(ctx, directory.id);
  const contacts = await listPresentableOf(ctx.db, ids, listsOfKey(directory.scope)).execute();
  // Below the least recent one inside, others may be better: they are asked for below.
  const isInside = ({ rank }: RankedContact) => lowest !== undefined && rank > lowest && !(isOfLists && directory.state === 'collecting');
  const kept = contacts.map((contact) => ({ ...contact, isInside: isInside(contact) })).filter((contact) => contact.isInside || isOfLists);
  await putMembers(ctx.db, directory.id, kept);
  const left = before.filter((member) => member.is_inside === 1).length;
  let present = await keepCount(ctx, directory, kept.filter((contact) => contact.isInside).length - left);
  if (directory.state === 'collecting') return;
  present = await trim(ctx, present);
  while (await refill(ctx, present)) present = { ...present, ...(await findDirectory(ctx.db, present.id)), most: present.most };
}
