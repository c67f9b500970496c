import { existsSync } from 'node:fs';
import path from 'node:path';
import SQLite from 'better-sqlite3';

/** Held while a server, or a command that must be alone, works on a data folder. */
export interface DataLock {
  release(): void;
}

const fileName = 'lock.sqlite';

function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/**
 * Takes the folder for this process alone; undefined when another one has it. It is an operating system lock on a file
 * of its own, so that it ends with the process however that ends, and no stale lock is ever left.
 */
export function takeDataLock(root: string): DataLock | undefined {
  // Somebody who only asks holds it for an instant; that much is waited for.
  const connection = new SQLite(path.join(root, fileName), { timeout: 1000 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return {
    release() {
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}

/** Whether a process has taken the folder. Asks without taking it. */
export function isDataLocked(root: string): boolean {
  const file = path.join(root, fileName);
  if (!existsSync(file)) return false;
  const connection = new SQLite(file, { timeout: 0 });
  try {
    connection.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    connection.close();
  }
}
