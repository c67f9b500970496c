import type { DirectoryAnswer } from '#server/devices/devices.contract.ts';
import { alone } from './alone.ts';
import { askFor, query } from './client.ts';
import { countContacts, keepPage, readContactCount, readPlace } from './directory-store.ts';
import { markSynced } from './held-times.ts';
import { readKeys } from './keys.ts';
import { words } from '../words/words.ts';
import { Refused, Told } from './problem.ts';

const pageSize = 2000;
const pauseWhileBuilding = 800;

/** Outside the office an address may answer nothing for minutes. */
const pageTakesAtMost = 30_000;

export interface SyncProgress {
  readonly done: number;
  readonly total: number;
}

function readPage(cursor: string | undefined): Promise<DirectoryAnswer> {
  return askFor<DirectoryAnswer>(`/directory${query({ limit: pageSize, cursor })}`, { signal: AbortSignal.timeout(pageTakesAtMost) });
}

/** Reads everything that is new; whether anything was. */
async function readFrom(start: string | undefined, onProgress: (progress: SyncProgress) => void): Promise<boolean> {
  let cursor = start;
  let isChanged = start === undefined;
  for (;;) {
    const page = await readPage(cursor);
    // Taken off the desk while the answer was under way: nothing is kept any more.
    if (readKeys() === undefined) throw new Told(words.problems.offTheDesk);
    await keepPage({ startsAnew: cursor === undefined, ...page });
    cursor = page.cursor;
    isChanged ||= page.add.length + page.remove.length > 0;
    const place = await readPlace();
    onProgress({ done: place?.count ?? 0, total: page.total });
    if (!page.more) return isChanged;
    // The desk is still preparing the rest.
    if (page.add.length === 0) await new Promise((resume) => setTimeout(resume, pauseWhileBuilding));
  }
}

export interface SyncOptions {
  readonly onProgress: (progress: SyncProgress) => void;
  /** Reads everything again, whatever the phone has. */
  readonly startsAnew: boolean;
}

async function readChanges({ onProgress, startsAnew }: SyncOptions): Promise<boolean> {
  const place = startsAnew ? undefined : await readPlace();
  try {
    return await readFrom(place?.cursor, onProgress);
  } catch (error) {
    if (place === undefined || !(error instanceof Refused) || error.code !== 'cursor-gone') throw error;
    return readFrom(undefined, onProgress);
  }
}

/**
 * Brings the contacts on this phone up to date: only what changed, or all of them when the desk does not know any more
 * what this phone has. Page and service worker take turns, so that no page of the directory is taken in twice.
 */
export function syncDirectory(options: SyncOptions): Promise<void> {
  return alone('doorline-directory', async () => {
    const isChanged = await readChanges(options);
    if (isChanged || (await readContactCount()) === undefined) await countContacts();
    await markSynced();
  });
}
