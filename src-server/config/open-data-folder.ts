import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { databaseFile } from '../database/connect.ts';
import { AppError } from '../kernel/app-error.ts';
import { createVault, LostKey, type DataFolder } from '../kernel/data-folder.ts';
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

const keyName = 'secret.key';
const keyBytes = 32;

/** Reads the folder's key, or makes it. `wx` lets only one of two first starts win. */
function readOrMakeKey(folder: string, isNewAllowed: boolean): Buffer {
  const file = path.join(folder, keyName);
  if (!existsSync(file) && existsSync(databaseFile(folder)) && !isNewAllowed) throw new LostKey(`${keyName} is missing from “${folder}”`);
  try {
    const made = openSync(file, 'wx', 0o600);
    writeSync(made, randomBytes(keyBytes).toString('base64'));
    fsyncSync(made);
    closeSync(made);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== keyBytes) throw new LostKey(`${keyName} in “${folder}” holds no key`);
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

/** Puts the key aside, for the case that it turns out to be wanted after all. */
function putKeyAside(folder: string): void {
  const file = path.join(folder, keyName);
  if (existsSync(file)) renameSync(file, `${file}.before-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`);
}

/**
 * Makes sure that the folder and its parts are there, readable by this user only. `makesNewKey`: the old key is lost for
 * good, so what it sealed is given up.
 * @throws UnusableDataFolder, LostKey, DamagedRestore
 */
export function openDataFolder(root: string, { makesNewKey = false }: { readonly makesNewKey?: boolean } = {}): DataFolder {
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
    if (makesNewKey) putKeyAside(folder);
    return { root: folder, ...parts, vault: createVault(readOrMakeKey(folder, makesNewKey)) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new UnusableDataFolder(folder, error);
  }
}
