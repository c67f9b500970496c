import { databaseOf } from './database.ts';
import { settled } from './settled.ts';

// What is to be sent and was not yet, in a database of its own: it is there again after a restart of the phone, and it
// is gone with the database when the phone is revoked or wiped.

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

const names = ['entries'];

const database = databaseOf({
  name: 'doorline-queue',
  version: 1,
  upgrade: (opened) => void opened.createObjectStore('entries', { keyPath: 'id', autoIncrement: true }),
});

/** Keeps one thing behind all others; its place in the row. */
export async function addEntry(entry: Omit<QueueEntry, 'id'>): Promise<number> {
  return Number(await database.change(names, (entries) => settled(entries.add(entry))));
}

/** All that is kept, first things first. */
export async function readQueue(): Promise<readonly QueueEntry[]> {
  return (await database.read(names, (entries) => settled(entries.getAll() as IDBRequest<QueueEntry[]>))) ?? [];
}

export async function removeEntry(id: number): Promise<void> {
  await database.changeIfThere(names, (entries) => settled(entries.delete(id)));
}

/** Remembers that the desk said no, and why. */
export async function markRefused(entry: QueueEntry, refusal: string): Promise<void> {
  await database.changeIfThere(names, (entries) => settled(entries.put({ ...entry, refusal })));
}

/** Deletes the database with all that waits. */
export async function forgetQueue(): Promise<void> {
  await database.forget();
}
