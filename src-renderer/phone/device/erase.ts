import { ask } from './client.ts';
import { held } from './held-database.ts';
import { forgetKept, readKeys } from './keys.ts';
import { forgetPageOffline } from './offline.ts';
import { forgetQueue } from './queue-store.ts';

/** Removes every trace of the desk from this phone. */
async function eraseAll(): Promise<void> {
  await held.forget().catch(() => undefined);
  await forgetQueue().catch(() => undefined);
  await forgetPageOffline().catch(() => undefined);
}

/**
 * Erases this phone. With `confirms` the desk is told that it is done, so that the manager sees it; the keys go last,
 * because without them that could not be said.
 */
export async function erase({ confirms }: { readonly confirms: boolean }): Promise<void> {
  await eraseAll();
  if (confirms && readKeys() !== undefined) await ask('/wiped', { method: 'POST' }).catch(() => undefined);
  await forgetKept();
  // A sync that was under way may have kept a page meanwhile; without keys no other can.
  await held.forget().catch(() => undefined);
}
