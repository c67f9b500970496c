import { words } from '../words/words.ts';
import { Told } from './problem.ts';
import { settled } from './settled.ts';

type Work<Result> = (...stores: IDBObjectStore[]) => Promise<Result> | Result;

interface Shape {
  readonly name: string;
  readonly version: number;
  readonly upgrade: (database: IDBDatabase, oldVersion: number) => void;
}

interface Reach {
  readonly names: readonly string[];
  readonly mode: IDBTransactionMode;
}

/** Does something in one transaction over some stores, handed over in the order of their names, and closes the database. */
async function useOnce<Result>(database: IDBDatabase, { names, mode }: Reach, work: Work<Result>): Promise<Result> {
  try {
    const transaction = database.transaction(names, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(new Told(words.problems.notKept, { cause: transaction.error })));
    });
    const [result] = await Promise.all([work(...names.map((name) => transaction.objectStore(name))), done]);
    return result;
  } finally {
    database.close();
  }
}

/** Whether a database is there already; older browsers can't tell. */
async function isThere(name: string): Promise<boolean> {
  const { databases } = indexedDB as Partial<Pick<IDBFactory, 'databases'>>;
  return databases === undefined || (await databases.call(indexedDB)).some((database) => database.name === name);
}

/**
 * One IndexedDB database. Page and service worker use the same ones, so most uses open it and close it again: what stays
 * open may keep the other from deleting it, and is cut by phones that put the page to sleep.
 */
export function databaseOf({ name, version, upgrade }: Shape) {
  let held: IDBDatabase | undefined;

  /** Undefined where it is not there and must not be made: looking into it must not bring back what was erased. */
  async function open(mayCreate: boolean): Promise<IDBDatabase | undefined> {
    if (!mayCreate && !(await isThere(name))) return undefined;
    const request = indexedDB.open(name, version);
    request.addEventListener('upgradeneeded', ({ oldVersion }) => upgrade(request.result, oldVersion));
    return settled(request);
  }

  return {
    /** Reads in one transaction; undefined where nothing was ever kept. */
    async read<Result>(names: readonly string[], work: Work<Result>): Promise<Result | undefined> {
      const database = await open(false);
      return database === undefined ? undefined : useOnce(database, { names, mode: 'readonly' }, work);
    },

    /** Changes in one transaction, and makes the database for it. */
    async change<Result>(names: readonly string[], work: Work<Result>): Promise<Result> {
      const database = await open(true);
      if (database === undefined) throw new Told(words.problems.keepsNothing);
      return useOnce(database, { names, mode: 'readwrite' }, work);
    },

    /** Changes what is there; where nothing is, it stays so. */
    async changeIfThere(names: readonly string[], work: Work<unknown>): Promise<void> {
      const database = await open(false);
      if (database !== undefined) await useOnce(database, { names, mode: 'readwrite' }, work);
    },

    /** Keeps it open from now on, for `changeAtOnce`; until somebody erases it. */
    async hold(): Promise<void> {
      const database = await open(false);
      held?.close();
      held = database;
      const letGo = () => {
        database?.close();
        if (held === database) held = undefined;
      };
      for (const kind of ['versionchange', 'close']) database?.addEventListener(kind, letGo);
    },

    /** Changes it before the page can be closed, where it is held and there; whether it did. */
    changeAtOnce(names: readonly string[], work: (...stores: IDBObjectStore[]) => void): boolean {
      try {
        const transaction = held?.transaction(names, 'readwrite');
        if (transaction === undefined) return false;
        work(...names.map((one) => transaction.objectStore(one)));
        transaction.commit();
        return true;
      } catch {
        // Phones cut connections of pages that sleep.
        return false;
      }
    },

    /** Deletes it with all that is in it. */
    async forget(): Promise<void> {
      const database = await open(false);
      if (database === undefined) return;
      await useOnce(database, { names: [...database.objectStoreNames], mode: 'readwrite' }, (...stores) => {
        for (const store of stores) store.clear();
      });
      const deletion = indexedDB.deleteDatabase(name);
      // A page that sleeps may hold it open until it wakes; by now it is empty.
      const blocked = new Promise((resolve) => deletion.addEventListener('blocked', resolve));
      await Promise.race([settled(deletion), blocked]);
    },
  };
}
