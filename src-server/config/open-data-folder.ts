import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../kernel/app-error.ts';
import { createVault, type DataFolder } from '../kernel/data-folder.ts';
import { makeFolder } from './make-folder.ts';
import { finishRestore } from './pending-restore.ts';

/** The folder can't hold the desk's data. */
export class UnusableDataFolder extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'unusable-data-folder';

  constructor(folder: string, cause: unknown) {
    super(
      `The data folder “${folder}” can’t be used (${cause instanceof Error ? cause.message : String(cause)}). Choose a folder you may write to with --data DIR.`,
    );
    this.cause = cause;
  }
}

const keyBytes = 32;

/** Reads the folder's key, or makes it. `wx` lets only one of two first starts win. */
function readOrMakeKey(file: string): Buffer {
  try {
    const made = openSync(file, 'wx', 0o600);
    writeSync(made, randomBytes(keyBytes).toString('base64'));
    fsyncSync(made);
    closeSync(made);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== keyBytes) throw new Error(`${path.basename(file)} does not hold a key of ${keyBytes} bytes; restore it from a backup`);
  return key;
}

/** @throws UnusableDataFolder */
export function makeDataFolder(root: string): void {
  try {
    makeFolder(path.resolve(root));
  } catch (error) {
    throw new UnusableDataFolder(root, error);
  }
}

/**
 * Makes sure that the folder and its parts are there, readable by this user only.
 * @throws UnusableDataFolder
 */
export function openDataFolder(root: string): DataFolder {
  const folder = path.resolve(root);
  const parts = {
    attachments: path.join(folder, 'attachments'),
    imports: path.join(folder, 'imports'),
    backups: path.join(folder, 'backups'),
    logs: path.join(folder, 'logs'),
  };
  try {
    // A restore that a power cut stopped half way is carried through before anything is opened.
    finishRestore(folder);
    for (const part of [folder, ...Object.values(parts)]) makeFolder(part);
    return { root: folder, ...parts, vault: createVault(readOrMakeKey(path.join(folder, 'secret.key'))) };
  } catch (error) {
    throw new UnusableDataFolder(folder, error);
  }
}
