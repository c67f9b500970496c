import { words } from '../words/words.ts';
import { Told } from './problem.ts';
import { settled } from './settled.ts';

// What the desk gave this phone, in one IndexedDB database: it is gone with the database when the phone is revoked or
// wiped, or did not reach the desk for too long.

const databaseName = 'doorline';

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 2);
  request.addEventListener('upgradeneeded', ({ oldVersion }) => {
    const { result } = request;
    if (oldVersion < 1) {
      result.createObjectStore('directory', { keyPath: 'digits' });
      result.createObjectStore('meta');
    }
    result.createObjectStore('answers', { keyPath: 'path' }).createIndex('by-time', 'at');
  });
  return settled(request);
}

/** Does something in one transaction over some stores, handed over in the order of their names. */
export async function within<Result>(
  { names, mode }: { readonly names: readonly string[]; readonly mode: IDBTransactionMode },
  work: (...stores: IDBObjectStore[]) => Promise<Result> | Result,
): Promise<Result> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(names, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(new Told(words.problems.notKept, { cause: transaction.error })));
    });
    const result = await work(...names.map((name) => transaction.objectStore(name)));
    await done;
    return result;
  } finally {
    database.close();
  }
}

/** Deletes all that the desk gave. */
export async function forgetHeld(): Promise<void> {
  await settled(indexedDB.deleteDatabase(databaseName));
}
