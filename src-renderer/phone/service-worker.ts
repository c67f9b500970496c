import { directoryTag, queueTag } from './device/offline.ts';
import { sendInBackground, syncInBackground } from './device/while-closed.ts';

// Lets the phone page open without the desk: its cache has the program, never a datum. What the API answers a page is
// none of its business. While the page is closed it syncs and sends what waits, where the browser wakes it for that;
// contacts and what waits are in IndexedDB.

/** What this file uses of ServiceWorkerGlobalScope; the types of the DOM and of workers can't be had together. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface WorkerFetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerSyncEvent extends WorkerEvent {
  readonly tag: string;
}
interface WorkerScope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(kind: 'fetch', listener: (event: WorkerFetchEvent) => void): void;
  addEventListener(kind: 'sync' | 'periodicsync', listener: (event: WorkerSyncEvent) => void): void;
}

/** Put in by the build: the names of the page's files, and a hash over them. */
declare const __PHONE_FILES__: readonly string[];
declare const __PHONE_VERSION__: string;

const scope = globalThis as unknown as WorkerScope;
const prefix = 'doorline-phone-';
const cacheName = prefix + __PHONE_VERSION__;
const page = '/phone/';
const program = [page, '/phone/manifest.webmanifest', '/phone/icons/icon.svg', ...__PHONE_FILES__.map((name) => `/phone/assets/${name}`)];

/** Outside the office an address may answer nothing for minutes; the kept page comes after this. */
const pageWaitsAtMost = 3000;

async function takeIn(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(program.map((path) => new Request(path, { cache: 'no-cache', credentials: 'omit' })));
  await scope.skipWaiting();
}

async function tidyUp(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
  await scope.clients.claim();
}

async function keptPage(): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(page)) ?? Response.error();
}

/** The page of the desk, when it answers; it is not kept, because the kept one belongs to the files beside it. */
async function freshPage(request: Request): Promise<Response> {
  try {
    const response = await fetch(request.url, { signal: AbortSignal.timeout(pageWaitsAtMost), credentials: 'omit', cache: 'no-cache' });
    return response.status >= 500 ? await keptPage() : response;
  } catch {
    return keptPage();
  }
}

async function keptFile(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

scope.addEventListener('install', (event) => event.waitUntil(takeIn()));
scope.addEventListener('activate', (event) => event.waitUntil(tidyUp()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate' && pathname === page) event.respondWith(freshPage(request));
  else if (/^\/phone\/(?:assets|icons)\/|^\/phone\/manifest\.webmanifest$/u.test(pathname)) event.respondWith(keptFile(request));
});
scope.addEventListener('sync', (event) => {
  if (event.tag === queueTag) event.waitUntil(sendInBackground());
});
scope.addEventListener('periodicsync', (event) => {
  if (event.tag === directoryTag) event.waitUntil(syncInBackground());
});
