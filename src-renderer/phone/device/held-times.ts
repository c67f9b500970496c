import { held } from './held-database.ts';
import { settled } from './settled.ts';

// When the desk was there last. Beside what it gave, because they go with it.

const names = ['meta'];

/** How long a phone that does not reach the desk keeps what it was given: it may be a lost one. */
const keptAtMost = 7 * 24 * 3_600_000;

const syncedName = 'synced-at';
export const reachedName = 'reached-at';

async function readTime(name: string): Promise<string | undefined> {
  const at = await held.read(names, (meta) => settled(meta.get(name) as IDBRequest<unknown>));
  return typeof at === 'string' ? at : undefined;
}

/** When the last sync ended; ISO 8601 in UTC. */
export function readSyncedAt(): Promise<string | undefined> {
  return readTime(syncedName);
}

/** The contacts are as they are on the desk right now. */
export async function markSynced(): Promise<void> {
  await held.changeIfThere(names, (meta) => settled(meta.put(new Date().toISOString(), syncedName)));
}

/** The desk answered right now. */
export async function markReached(): Promise<void> {
  await held.changeIfThere(names, (meta) => settled(meta.put(new Date().toISOString(), reachedName)));
}

/**
 * Removes the contacts, calls and tasks when the desk was not reached for a week; whether it did. What waits to be sent
 * stays: it is the agent's own.
 */
export async function forgetIfStale(): Promise<boolean> {
  const at = await readTime(reachedName);
  if (at === undefined) await markReached();
  if (at === undefined || Date.now() - Date.parse(at) < keptAtMost) return false;
  await held.forget();
  return true;
}
