import { recordAct } from '../audit/audit.service.ts';
import { countTry } from '../database/throttles.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import type { DirectoryAnswer, DirectoryQuery } from './devices.contract.ts';
import { CursorGone, NotPaired, TooManyFullReads } from './devices.errors.ts';
import { deviceById, noteSync, type DeviceRow } from './devices.queries.ts';
import { announceDevice } from './devices.service.ts';
import { formatCursor, readCursor, type DirectoryCursor } from './directory-cursor.ts';
import { isBehind, projectDirectories } from './directory-projection.service.ts';
import { batchBySeq, countChanged, directoryById, fewChangedPage, fullPage, manyChangedPage, type DirectoryRow } from './directory.queries.ts';

/** An answer with the tag under which the phone may ask whether it is still the same. */
export interface TaggedDirectory {
  readonly etag: string;
  /** Undefined when the phone has exactly this answer already. */
  readonly answer: DirectoryAnswer | undefined;
}

/** How long a request may wait for the directory to catch up with changes just made. */
const catchUpMilliseconds = 60;

/** Above so many changes it is cheaper to walk all numbers in order than to sort the changed ones for every page. */
const fewChanges = 20_000;

const fullReadsAnHour = 20;
const noteSyncEverySeconds = 60;

function totalOf(directory: DirectoryRow): number {
  return directory.state === 'ready' ? directory.entry_count : Math.max(directory.entry_count, directory.expected_count);
}

/** The highest number that is in place; all of them once the first build is done. */
function builtUpTo(directory: DirectoryRow): number {
  return directory.state === 'ready' ? Number.MAX_SAFE_INTEGER : directory.rendered_through;
}

async function requireKnown(
  ctx: Context,
  cursor: DirectoryCursor,
  { device, directory }: { readonly device: DeviceRow; readonly directory: DirectoryRow },
): Promise<void> {
  const isOfThisTime = cursor.epoch === device.epoch && cursor.directoryId === directory.id && cursor.seq <= directory.newest_seq;
  if (!isOfThisTime) throw new CursorGone();
  if (cursor.seq !== directory.newest_seq && (await ctx.hot.first(batchBySeq, { seq: cursor.seq })) === undefined) throw new CursorGone();
}

interface Place {
  readonly since: number | 'full';
  readonly after: number;
  /** The batch the phone is up to date with after the last page. */
  readonly target: number;
}

function placeOf(cursor: DirectoryCursor | undefined, directory: DirectoryRow): Place {
  if (cursor === undefined) return { since: 'full', after: 0, target: directory.newest_seq };
  if (cursor.page === undefined) return { since: cursor.seq, after: 0, target: directory.newest_seq };
  return { since: cursor.page.since, after: cursor.page.after, target: cursor.seq };
}

async function readRows(ctx: Context, directory: DirectoryRow, { place, limit }: { readonly place: Place; readonly limit: number }) {
  const page = { directoryId: directory.id, after: place.after, limit };
  if (place.since === 'full') return ctx.hot.all(fullPage, { ...page, upTo: builtUpTo(directory) });
  const changed = await ctx.hot.first(countChanged, { directoryId: directory.id, since: place.since, most: fewChanges + 1 });
  const isFew = Number(changed?.count ?? 0) <= fewChanges;
  return isFew ? ctx.hot.all(fewChangedPage, { ...page, since: place.since }) : ctx.hot.all(manyChangedPage, { ...page, since: place.since });
}

async function readPage(
  ctx: Context,
  directory: DirectoryRow,
  { place, limit, epoch }: { readonly place: Place; readonly limit: number; readonly epoch: number },
): Promise<DirectoryAnswer> {
  const rows = await readRows(ctx, directory, { place, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const isStillBuilding = place.since === 'full' && directory.state !== 'ready';
  const more = rows.length > limit || isStillBuilding;
  const last = shown.at(-1)?.digits ?? place.after;
  const after = rows.length > limit || !isStillBuilding ? last : Math.max(place.after, builtUpTo(directory));
  return {
    mode: place.since === 'full' ? 'full' : 'delta',
    add: shown.filter((row) => row.is_removed === 0).map((row) => [String(row.digits), row.label, row.contact_id]),
    remove: shown.filter((row) => row.is_removed === 1).map((row) => String(row.digits)),
    cursor: formatCursor({ epoch, directoryId: directory.id, seq: place.target, page: more ? { since: place.since, after } : undefined }),
    more,
    total: totalOf(directory),
  };
}

/** A phone that reads everything over and over is broken or not ours: the manager should know. */
async function countFullRead(ctx: Context, device: DeviceRow): Promise<void> {
  const { tries } = await countTry(ctx, { key: `directory:${device.id}`, windowSeconds: 3600 });
  if (tries <= fullReadsAnHour) return;
  if (tries === fullReadsAnHour + 1) {
    await recordAct(ctx, { action: 'device.reads-too-much', target: { kind: 'device', id: device.id, name: device.name }, detail: { fullReads: tries } });
  }
  throw new TooManyFullReads();
}

async function noteUpToDate(ctx: Context, device: DeviceRow, { target, count }: { readonly target: number; readonly count: number }): Promise<void> {
  const isNews = device.synced_seq !== target || device.contacts_synced !== count;
  const staleBefore = new Date(ctx.now().getTime() - noteSyncEverySeconds * 1000).toISOString();
  if (!isNews && device.last_sync_at !== null && device.last_sync_at > staleBefore) return;
  await inTransaction(ctx, async (ctx) => {
    await noteSync(ctx.db, device.id, { seq: target, count, at: isoNow(ctx) });
    if (isNews) await announceDevice(ctx, device);
  });
}

/** What a phone is told that must empty itself. */
function nothingLeft(device: DeviceRow): TaggedDirectory {
  const cursor = formatCursor({ epoch: device.epoch, directoryId: 0, seq: 0, page: undefined });
  return { etag: `W/"wiped-${device.epoch}"`, answer: { mode: 'full', add: [], remove: [], cursor, more: false, total: 0 } };
}

/**
 * A page of the numbers and labels this phone is to hold: everything, or what changed since its cursor.
 * @throws CursorGone, TooManyFullReads
 */
export async function readDirectory(ctx: Context, query: Pick<DirectoryQuery, 'cursor' | 'limit'>, knownEtag: string | undefined): Promise<TaggedDirectory> {
  if (await isBehind(ctx)) await projectDirectories(ctx, catchUpMilliseconds);
  const device = await ctx.hot.first(deviceById, { id: ctx.actor.id });
  if (device === undefined) throw new NotPaired();
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor);
  if (query.cursor !== undefined && cursor === undefined) throw new CursorGone();
  if (device.directory_id === null) {
    if (cursor !== undefined && cursor.epoch !== device.epoch) throw new CursorGone();
    return nothingLeft(device);
  }
  const directory = await ctx.hot.first(directoryById, { id: device.directory_id });
  if (directory === undefined) throw new NotPaired();
  if (cursor !== undefined) await requireKnown(ctx, cursor, { device, directory });

  const place = placeOf(cursor, directory);
  const etag = `W/"${query.cursor ?? 'full'}-${query.limit}-${directory.newest_seq}-${builtUpTo(directory)}-${totalOf(directory)}"`;
  const isUnchanged = knownEtag !== undefined && knownEtag.split(/\s*,\s*/u).includes(etag);
  if (isUnchanged && cursor?.seq === directory.newest_seq && cursor.page === undefined) {
    await noteUpToDate(ctx, device, { target: place.target, count: totalOf(directory) });
  }
  if (isUnchanged) return { etag, answer: undefined };

  if (cursor === undefined) await countFullRead(ctx, device);
  const answer = await readPage(ctx, directory, { place, limit: query.limit, epoch: device.epoch });
  if (!answer.more) await noteUpToDate(ctx, device, { target: place.target, count: answer.total });
  return { etag, answer };
}
