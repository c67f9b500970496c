import { existsSync } from 'node:fs';
import path from 'node:path';
import SQLite from 'better-sqlite3';
import { AppError } from '../kernel/app-error.ts';

/** Held while a server, or a command that must be alone, works on a data folder. */
export interface DataLock {
  release(): void;
}

/** The lock's file can't be used: no answer to whether somebody works on the folder. */
export class UnusableLock extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'unusable-lock';

  constructor(file: string, cause: unknown) {
    super(
      `The lock “${file}” can’t be used (${cause instanceof Error ? cause.message : String(cause)}). It holds no data: if no Doorline runs on this folder, remove it and try again.`,
    );
    this.cause = cause;
  }
}

const fileName = 'lock.sqlite';

function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** @throws UnusableLock */
function openLock(file: string, timeout: number): SQLite.Database {
  try {
    return new SQLite(file, { timeout });
  } catch (error) {
    throw new UnusableLock(file, error);
  }
}

/**
 * Takes the folder for this process alone; undefined when another one has it. It is an operating system lock on a file
 * of its own, so that it ends with the process however that ends, and no stale lock is ever left.
 * @throws UnusableLock
 */
export function takeDataLock(root: string): DataLock | undefined {
  const file = path.join(root, fileName);
  // Somebody who only asks holds it for an instant; that much is waited for.
  const connection = openLock(file, 1000);
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (isBusy(error)) return undefined;
    throw new UnusableLock(file, error);
  }
  return {
    release() {
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}

/**
 * Whether a process has taken the folder. Asks without taking it.
 * @throws UnusableLock
 */
export function isDataLocked(root: string): boolean {
  const file = path.join(root, fileName);
  if (!existsSync(file)) return false;
  const connection = openLock(file, 0);
  try {
    connection.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw new UnusableLock(file, error);
  } finally {
    connection.close();
  }
}
