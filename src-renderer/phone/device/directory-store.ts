import { settled } from './settled.ts';

// The contacts on this phone: number to name, in IndexedDB, so that a search works without the desk. Gone with the
// database when the phone is revoked or wiped.

const databaseName = 'doorline';
const entriesName = 'directory';
const metaName = 'meta';

/** One number the phone holds. */
export interface HeldNumber {
  readonly digits: number;
  readonly label: string;
  readonly contactId: string;
}

/** Where the next sync goes on. */
export interface SyncPlace {
  readonly cursor: string;
  readonly count: number;
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(entriesName, { keyPath: 'digits' });
    request.result.createObjectStore(metaName);
  });
  return settled(request);
}

async function within<Result>(mode: IDBTransactionMode, work: (entries: IDBObjectStore, meta: IDBObjectStore) => Promise<Result> | Result): Promise<Result> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction([entriesName, metaName], mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('The contacts could not be kept on this phone.')));
    });
    const result = await work(transaction.objectStore(entriesName), transaction.objectStore(metaName));
    await done;
    return result;
  } finally {
    database.close();
  }
}

export async function readPlace(): Promise<SyncPlace | undefined> {
  return within('readonly', (_entries, meta) => settled(meta.get('place') as IDBRequest<SyncPlace | undefined>));
}

/** Takes one page of the directory in, together with where the next begins: a sync that is cut goes on from there. */
export async function keepPage(page: {
  readonly startsAnew: boolean;
  readonly add: readonly (readonly [string, string, string])[];
  readonly remove: readonly string[];
  readonly cursor: string;
}): Promise<void> {
  await within('readwrite', async (entries, meta) => {
    if (page.startsAnew) entries.clear();
    for (const digits of page.remove) entries.delete(Number(digits));
    for (const [digits, label, contactId] of page.add) entries.put({ digits: Number(digits), label, contactId } satisfies HeldNumber);
    const count = await settled(entries.count());
    meta.put({ cursor: page.cursor, count } satisfies SyncPlace, 'place');
  });
}

const numbersAtOnce = 2000;

function fits(held: HeldNumber, words: readonly string[]): boolean {
  const label = held.label.toLocaleLowerCase();
  const digits = String(held.digits);
  return words.every((word) => label.includes(word) || (/^\+?\d+$/u.test(word) && digits.includes(word.replace(/^(\+|00|0)/u, ''))));
}

/** Numbers whose label or digits hold every word typed, at most `most`. Reads a stretch at a time, so that many fit in memory. */
export async function searchHeld(typed: string, most: number): Promise<HeldNumber[]> {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return within('readonly', async (entries) => {
    const found: HeldNumber[] = [];
    let after = 0;
    for (;;) {
      const stretch = await settled(entries.getAll(IDBKeyRange.lowerBound(after, true), numbersAtOnce) as IDBRequest<HeldNumber[]>);
      for (const held of stretch) if (fits(held, words)) found.push(held);
      const last = stretch.at(-1);
      if (last === undefined || stretch.length < numbersAtOnce || found.length >= most) return found.slice(0, most);
      after = last.digits;
    }
  });
}

/** Deletes the database with all contacts. */
export async function forgetHeld(): Promise<void> {
  await settled(indexedDB.deleteDatabase(databaseName));
}
