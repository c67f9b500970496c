import { words } from '../words/words.ts';
import { Told } from './problem.ts';
import { settled } from './settled.ts';

// What is to be sent and was not yet, in a database of its own: it is there again after a restart of the phone, and it
// is gone with the database when the phone is revoked or wiped.

const databaseName = 'doorline-queue';
const entriesName = 'entries';

/** Something the person did that the desk is to hear of. */
export interface Submission {
  /** After `/api/device/v1`. */
  readonly path: string;
  readonly body?: object;
  /** What it is, for the person: “Outcome of the call with Jonas Brandt”. */
  readonly label: string;
}

export interface QueueEntry extends Submission {
  /** Grows, so that what was done first is sent first. */
  readonly id: number;
  /** The Idempotency-Key: however often it is sent, it is done once. */
  readonly key: string;
  readonly keptAt: string;
  /** Why the desk did not take it; it is not sent again by itself. */
  readonly refusal?: string;
}

/** Only something to keep makes the database: looking into it must not bring it back once it is erased. */
async function openDatabase(mayCreate: boolean): Promise<IDBDatabase | undefined> {
  const request = indexedDB.open(databaseName, 1);
  let isMissing = false;
  request.addEventListener('upgradeneeded', () => {
    isMissing = !mayCreate;
    if (isMissing) request.transaction?.abort();
    else request.result.createObjectStore(entriesName, { keyPath: 'id', autoIncrement: true });
  });
  try {
    return await settled(request);
  } catch (error) {
    if (isMissing) return undefined;
    throw error;
  }
}

async function within<Result>(
  { mode, mayCreate = false }: { readonly mode: IDBTransactionMode; readonly mayCreate?: boolean },
  work: (entries: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result | undefined> {
  const database = await openDatabase(mayCreate);
  if (database === undefined) return undefined;
  try {
    const transaction = database.transaction(entriesName, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(new Told(words.problems.notKept, { cause: transaction.error })));
    });
    const [result] = await Promise.all([settled(work(transaction.objectStore(entriesName))), done]);
    return result;
  } finally {
    database.close();
  }
}

/** Keeps one thing behind all others; its place in the row. */
export async function addEntry(entry: Omit<QueueEntry, 'id'>): Promise<number> {
  return Number(await within({ mode: 'readwrite', mayCreate: true }, (entries) => entries.add(entry)));
}

/** All that is kept, first things first. */
export async function readQueue(): Promise<readonly QueueEntry[]> {
  return (await within({ mode: 'readonly' }, (entries) => entries.getAll() as IDBRequest<QueueEntry[]>)) ?? [];
}

export async function removeEntry(id: number): Promise<void> {
  await within({ mode: 'readwrite' }, (entries) => entries.delete(id));
}

/** Remembers that the desk said no, and why. */
export async function markRefused(entry: QueueEntry, refusal: string): Promise<void> {
  await within({ mode: 'readwrite' }, (entries) => entries.put({ ...entry, refusal }));
}

/** Deletes the database with all that waits. */
export async function forgetQueue(): Promise<void> {
  await settled(indexedDB.deleteDatabase(databaseName));
}
