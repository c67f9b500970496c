import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../kernel/app-error.ts';

/** What the folder says of a restore that was begun can't be read. */
export class DamagedRestore extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'damaged-restore';

  constructor(file: string) {
    super(`A restore was begun here, but “${file}” is damaged, so it can’t be carried through. Remove that file, then restore the backup again.`);
  }
}

// The last step of a restore moves several files, and a power cut may fall between two of them. So the decision is
// written down first, and whoever opens the folder next carries it through.

const journalName = 'restore-pending.json';

/** What a desk is made of. The write-ahead log of the old database belongs to the old database. */
const parts = ['doorline.sqlite', 'doorline.sqlite-wal', 'doorline.sqlite-shm', 'secret.key', 'attachments', 'imports'] as const;

interface Journal {
  /** Folder inside the data folder with the new data. */
  readonly staged: string;
  /** Folder inside the data folder that the old data goes to. */
  readonly kept: string;
}

function syncFolder(folder: string): void {
  // Windows has no handle for folders, and does not need it.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Another process may be carrying out the same restore and have moved it just now. */
function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Folders of this folder and nothing else. */
function isJournal(value: unknown): value is Journal {
  const names = value as Partial<Record<keyof Journal, unknown>> | null;
  return [names?.staged, names?.kept].every((name) => typeof name === 'string' && /^[\w.-]+$/u.test(name) && !/^\.+$/u.test(name));
}

function readJournal(file: string): Journal {
  try {
    const journal: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isJournal(journal)) return journal;
  } catch {
    // Said below.
  }
  throw new DamagedRestore(file);
}

/** Carries out a restore that was decided on; harmless when there is none, or when it was half done. */
export function finishRestore(root: string): void {
  const journal = path.join(root, journalName);
  if (!existsSync(journal)) return;
  const { staged, kept } = readJournal(journal);
  const from = path.join(root, staged);
  const to = path.join(root, kept);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  // First all of the old, then the new: a part that is in neither place yet was not there before.
  for (const part of parts) {
    const isMoved = existsSync(path.join(to, part)) || !existsSync(path.join(root, part));
    const isNew = !existsSync(path.join(from, part)) && part !== 'doorline.sqlite-wal' && part !== 'doorline.sqlite-shm';
    if (!isMoved && !isNew) moveIfThere(path.join(root, part), path.join(to, part));
  }
  for (const part of parts) if (existsSync(path.join(from, part))) moveIfThere(path.join(from, part), path.join(root, part));
  syncFolder(to);
  syncFolder(root);
  rmSync(journal, { force: true });
  rmSync(from, { recursive: true, force: true });
  syncFolder(root);
}

/** Puts the staged data in place, keeping the old in `kept`. From the moment this is written down it will happen. */
export function carryOutRestore(root: string, journal: Journal): void {
  const file = path.join(root, journalName);
  syncFolder(path.join(root, journal.staged));
  writeFileSync(`${file}.part`, JSON.stringify(journal), { mode: 0o600, flush: true });
  renameSync(`${file}.part`, file);
  syncFolder(root);
  finishRestore(root);
}
