import { onEnd } from './client.ts';
import { syncDirectory } from './directory-sync.ts';
import { erase } from './erase.ts';
import { forgetIfStale } from './held-times.ts';
import { loadKept, readKeys } from './keys.ts';
import { readOwnDevice } from './own-device.ts';
import { NotReached } from './problem.ts';
import { sendQueue } from './queue.ts';
import { readQueue } from './queue-store.ts';

// What the service worker does while the page is closed, with the same code as the page.

/** Does something as this phone. When the desk says that it must hold nothing any more, it is erased as by the page. */
async function asThisPhone(work: () => Promise<void>): Promise<void> {
  await loadKept();
  if (readKeys() === undefined) return;
  let end: 'revoked' | 'wipe' | undefined;
  const stop = onEnd((reason) => {
    end ??= reason;
  });
  try {
    await work();
  } catch (error) {
    if (end === undefined) throw error;
  } finally {
    stop();
  }
  if (end !== undefined) await erase({ confirms: end === 'wipe' });
}

/** Sends what waits. @throws NotReached when something is left, so that the browser tries again. */
export function sendInBackground(): Promise<void> {
  return asThisPhone(async () => {
    await sendQueue();
    const waiting = (await readQueue()).some((entry) => entry.refusal === undefined);
    if (waiting) throw new NotReached();
  });
}

/** Brings the contacts up to date, and takes along what waits to be sent. */
export function syncInBackground(): Promise<void> {
  return asThisPhone(async () => {
    await forgetIfStale();
    const { wipe } = await readOwnDevice();
    if (wipe) return;
    await sendQueue();
    await syncDirectory({ onProgress: () => undefined, startsAnew: false });
  });
}
