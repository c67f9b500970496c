const script = '/phone/service-worker.js';

/**
 * Lets the page open without the desk. Only a paired phone keeps it; a browser that can't, or does not trust the desk's
 * certificate, works as before while the desk is there.
 */
export function keepPageOffline(): void {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  void serviceWorker?.register(script, { scope: '/phone/', updateViaCache: 'none' }).catch(() => undefined);
}

/** Takes back what keepPageOffline did: the worker first, so that it fills no cache again. */
export async function forgetPageOffline(): Promise<void> {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  const registrations = (await serviceWorker?.getRegistrations().catch(() => [])) ?? [];
  for (const registration of registrations) await registration.unregister().catch(() => false);
  if ('caches' in globalThis) for (const name of await caches.keys()) await caches.delete(name);
}
