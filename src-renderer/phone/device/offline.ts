// What lets the page work while the desk, or the page itself, is not there: its service worker.

const script = '/phone/service-worker.js';

/** The names under which a browser wakes the service worker. */
export const directoryTag = 'directory';
export const queueTag = 'queue';

/** A browser does it rarer as it sees fit, never more often. */
const syncEvery = 24 * 3_600_000;

/** Not every browser has these, and the types know none of them. */
interface BackgroundSyncs {
  readonly sync?: { register(tag: string): Promise<void> };
  readonly periodicSync?: { register(tag: string, options: { readonly minInterval: number }): Promise<void> };
}

/** `installed`: it would, once the page is installed. */
export type SyncsWhileClosed = 'yes' | 'installed' | 'no';

function container(): ServiceWorkerContainer | undefined {
  return (navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker;
}

/**
 * Lets the page open without the desk. Only a paired phone keeps it; a browser that can't, or does not trust the desk's
 * certificate, works as before while the desk is there.
 */
export async function keepPageOffline(): Promise<void> {
  await container()?.register(script, { scope: '/phone/', updateViaCache: 'none' });
}

/** Asks the browser to sync about once a day while the page is closed; whether it does. */
export async function syncWhileClosed(): Promise<SyncsWhileClosed> {
  const registration: (ServiceWorkerRegistration & BackgroundSyncs) | undefined = await container()?.ready;
  if (registration?.periodicSync === undefined) return 'no';
  try {
    await registration.periodicSync.register(directoryTag, { minInterval: syncEvery });
    return 'yes';
  } catch {
    // Browsers allow it to installed pages only.
    return matchMedia('(display-mode: standalone)').matches ? 'no' : 'installed';
  }
}

/** Asks the browser to send what waits as soon as there is a network, also when the page is closed by then. */
export async function sendWhileClosed(): Promise<void> {
  const registration: (ServiceWorkerRegistration & BackgroundSyncs) | undefined = await container()?.getRegistration('/phone/');
  await registration?.sync?.register(queueTag);
}

/** Takes back what keepPageOffline did: the worker first, so that it fills no cache again. */
export async function forgetPageOffline(): Promise<void> {
  // Inside the worker there is its own registration instead of a list of them.
  const { registration } = globalThis as { readonly registration?: ServiceWorkerRegistration };
  const registrations =
    registration === undefined
      ? ((await container()
          ?.getRegistrations()
          .catch(() => [])) ?? [])
      : [registration];
  for (const one of registrations) await one.unregister().catch(() => false);
  if ('caches' in globalThis) for (const name of await caches.keys()) await caches.delete(name);
}
