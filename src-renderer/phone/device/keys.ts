import { databaseOf } from './database.ts';
import { settled } from './settled.ts';

/** What makes this browser a paired phone. Kept in this origin's storage only; sent in the Authorization header only. */
export interface DeviceKeys {
  readonly deviceId: string;
  readonly deviceToken: string;
  readonly serverName: string;
}

// The keys and what else is small: notes that are not sent yet, what was looked at. In IndexedDB, where the service
// worker reaches it too, to sync and to erase while the page is closed.

const names = ['kept'];
const keysName = 'device';
const database = databaseOf({ name: 'doorline-kept', version: 1, upgrade: (opened) => void opened.createObjectStore('kept') });

/** All of it, read at the start, so that a screen has it at once. */
const present = new Map<string, unknown>();

/** Where phones that were paired earlier have all this; out of a service worker's reach. */
const formerPrefix = 'doorline.';

function formerEntries(): (readonly [storage: Storage, name: string])[] {
  const { localStorage: former, sessionStorage: passing } = globalThis as Partial<Pick<typeof globalThis, 'localStorage' | 'sessionStorage'>>;
  const storages = [former, passing].filter((storage) => storage !== undefined);
  return storages.flatMap((storage) =>
    Object.keys(storage)
      .filter((name) => name.startsWith(formerPrefix))
      .map((name) => [storage, name] as const),
  );
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

async function takeOverFormer(): Promise<void> {
  const { localStorage: former } = globalThis as Partial<Pick<typeof globalThis, 'localStorage'>>;
  if (former === undefined || former.getItem(formerPrefix + keysName) === null) return;
  const own = formerEntries().filter(([storage]) => storage === former);
  await database.change(names, (small) => {
    for (const [, name] of own) small.put(parsed(former.getItem(name)), name.slice(formerPrefix.length));
  });
  for (const [, name] of own) former.removeItem(name);
}

/** Reads what is kept. To be done once before anything else here is used; by a service worker whenever it is woken. */
export async function loadKept(): Promise<void> {
  await takeOverFormer().catch(() => undefined);
  const found = await database
    .read(names, (small) => Promise.all([settled(small.getAllKeys()), settled(small.getAll() as IDBRequest<unknown[]>)]))
    .catch(() => undefined);
  present.clear();
  const [keys, values] = found ?? [[], []];
  await database.hold().catch(() => undefined);
  for (const [index, key] of keys.entries()) if (typeof key === 'string') present.set(key, values[index]);
}

function isKeys(value: unknown): value is DeviceKeys {
  const keys = value as Partial<Record<keyof DeviceKeys, unknown>> | null | undefined;
  return typeof keys?.deviceId === 'string' && typeof keys.deviceToken === 'string' && typeof keys.serverName === 'string';
}

export function readKeys(): DeviceKeys | undefined {
  const keys = present.get(keysName);
  return isKeys(keys) ? keys : undefined;
}

/** @throws Told where the browser keeps nothing; they hold as long as the page is open. */
export async function keepKeys(keys: DeviceKeys): Promise<void> {
  present.set(keysName, keys);
  await database.change(names, (small) => settled(small.put(keys, keysName)));
  await database.hold();
}

/** Something small that outlives a reload, such as a note that is not sent yet. A phone that is off the desk keeps nothing. */
export function keep(name: string, value: unknown): void {
  if (readKeys() === undefined) return;
  if (value === undefined) present.delete(name);
  else present.set(name, value);
  const change = (small: IDBObjectStore) => void (value === undefined ? small.delete(name) : small.put(value, name));
  if (!database.changeAtOnce(names, change)) void database.changeIfThere(names, change).catch(() => undefined);
}

export function kept(name: string): unknown {
  return present.get(name) ?? null;
}

/** Removes everything that was ever kept here, the keys included. */
export async function forgetKept(): Promise<void> {
  present.clear();
  for (const [storage, name] of formerEntries()) storage.removeItem(name);
  await database.forget().catch(() => undefined);
}
