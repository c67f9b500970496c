import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import {
  addWorkOfDirectory,
  collectContacts,
  collectNumbers,
  deleteDirectory,
  deleteEntries,
  findDirectoryByScope,
  findNewestBatch,
  findStretchOfNumbers,
  forgetBatchesBefore,
  insertBatch,
  insertDirectory,
  listDirectories,
  listStretchOfMembers,
  listUnusedDirectories,
  updateDirectory,
  type DirectoryRow,
} from './directory.queries.ts';
import { deleteCards, forgetRemovedCards } from './directory-cards.queries.ts';
import { isCapped, looksForMembers, noteListMembers, refill, trim } from './directory-members.service.ts';
import { listsOfKey, scopeKey } from './scope.service.ts';

/**
 * Opens a batch: a number that grows with every batch and with the clock. After an older backup was restored it
 * therefore never repeats a number that a phone may hold as its cursor.
 */
export async function openBatch(ctx: Context): Promise<number> {
  const newest = await findNewestBatch(ctx.db);
  const seq = Math.max(ctx.now().getTime(), (newest?.seq ?? 0) + 1);
  await insertBatch(ctx.db, seq, isoNow(ctx));
  return seq;
}

/** The directory of a scope. A new one is filled in the background; until then phones are told that more will come. */
export async function directoryOf(ctx: Context, scope: Parameters<typeof scopeKey>[0]): Promise<DirectoryRow> {
  const key = scopeKey(scope);
  const existing = await findDirectoryByScope(ctx.db, key);
  if (existing !== undefined) return existing;
  const seq = await openBatch(ctx);
  const frontier = looksForMembers({ scope: key, most: scope.most }) ? null : 0;
  return insertDirectory(ctx.db, { scope: key, state: 'collecting', most: scope.most, frontier, first_seq: seq, newest_seq: seq, created_at: isoNow(ctx) });
}

const stretch = 1000;

/** Where collecting the members of several lists goes on. */
interface ListPlace {
  readonly list: number;
  readonly after: string;
}

async function collectFromLists(ctx: Context, directory: DirectoryRow, lists: readonly string[]): Promise<void> {
  const place: ListPlace = directory.collected_through === '' ? { list: 0, after: '' } : (JSON.parse(directory.collected_through) as ListPlace);
  const listId = lists[place.list];
  if (listId === undefined) {
    await updateDirectory(ctx.db, directory.id, { state: 'rendering' });
    return;
  }
  const members = await listStretchOfMembers(ctx.db, listId, { after: place.after, length: stretch });
  const added = members.length === 0 ? 0 : await collectContacts(ctx.db, directory.id, members);
  const next: ListPlace = members.length < stretch ? { list: place.list + 1, after: '' } : { list: place.list, after: members.at(-1) ?? '' };
  await updateDirectory(ctx.db, directory.id, { collected_through: JSON.stringify(next), expected_count: directory.expected_count + added });
}

async function collectFromEverybody(ctx: Context, directory: DirectoryRow): Promise<void> {
  const after = Number(directory.collected_through);
  const upTo = await findStretchOfNumbers(ctx.db, after, stretch);
  if (upTo === undefined) {
    await updateDirectory(ctx.db, directory.id, { state: 'rendering' });
    return;
  }
  const added = await collectNumbers(ctx.db, directory.id, { after, upTo });
  await updateDirectory(ctx.db, directory.id, { collected_through: String(upTo), expected_count: directory.expected_count + added });
}

/** The same under a cap: first everybody in the lists is noted with their rank, then the best of them are let in. */
async function collectCapped(ctx: Context, directory: Parameters<typeof noteListMembers>[1], lists: readonly string[]): Promise<void> {
  const place: ListPlace = directory.collected_through === '' ? { list: 0, after: '' } : (JSON.parse(directory.collected_through) as ListPlace);
  const listId = lists[place.list];
  if (listId === undefined) {
    if (await refill(ctx, directory)) return;
    // Some may have become active meanwhile.
    await trim(ctx, directory);
    await updateDirectory(ctx.db, directory.id, { state: 'rendering' });
    return;
  }
  const members = await listStretchOfMembers(ctx.db, listId, { after: place.after, length: stretch });
  await noteListMembers(ctx, directory, members);
  const next: ListPlace = members.length < stretch ? { list: place.list + 1, after: '' } : { list: place.list, after: members.at(-1) ?? '' };
  await updateDirectory(ctx.db, directory.id, { collected_through: JSON.stringify(next) });
}

/** One stretch of a new directory's first step: noting which numbers it will hold, so that they can be rendered in order. */
export async function collect(ctx: Context, directory: DirectoryRow): Promise<void> {
  const lists = listsOfKey(directory.scope);
  if (isCapped(directory)) {
    await collectCapped(ctx, directory, lists ?? []);
    return;
  }
  await (lists === null ? collectFromEverybody(ctx, directory) : collectFromLists(ctx, directory, lists));
}

/** Looks at everything in the directories of a list again, because the list is gone. */
export async function reviewDirectoriesOf(ctx: Context, directories: readonly DirectoryRow[], listIds: ReadonlySet<string>): Promise<void> {
  for (const directory of directories) {
    if (listsOfKey(directory.scope)?.some((id) => listIds.has(id)) === true) await addWorkOfDirectory(ctx.db, directory.id);
  }
}

const entriesAtOnce = 2000;

/** Throws away directories no phone reads any more, a stretch at a time. Their scope is free for a new one at once. */
export async function dropUnusedDirectories(ctx: Context): Promise<void> {
  for (const directory of await listUnusedDirectories(ctx.db)) {
    if (directory.state !== 'dropped') await updateDirectory(ctx.db, directory.id, { state: 'dropped', scope: `dropped:${directory.id}` });
    for (;;) {
      const deleted = await inTransaction(ctx, (ctx) => deleteEntries(ctx.db, directory.id, entriesAtOnce));
      if (deleted < entriesAtOnce) break;
    }
    for (;;) {
      const deleted = await inTransaction(ctx, (ctx) => deleteCards(ctx.db, directory.id, entriesAtOnce));
      if (deleted < entriesAtOnce) break;
    }
    await deleteDirectory(ctx.db, directory.id);
  }
}

/** How long a phone may stay away and still get only what changed. */
const daysOfChanges = 180;

/** Forgets what was removed so long ago that every phone knows, or must start anew. */
export async function forgetOldBatches(ctx: Context): Promise<void> {
  const oldest = ctx.now().getTime() - daysOfChanges * 86_400_000;
  await forgetBatchesBefore(ctx.db, oldest);
  for (const directory of await listDirectories(ctx.db)) await forgetRemovedCards(ctx.db, directory.id, oldest);
}
