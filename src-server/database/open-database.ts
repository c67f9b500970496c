import { existsSync, readdirSync, statSync } from 'node:fs';
import type { DataFolder } from '../kernel/data-folder.ts';
import { connect, databaseFile, type Database } from './connect.ts';
import { checkHealth, DamagedDatabase, migrate, NewerDatabase, newestVersion, OlderDatabase, versionOf } from './migrate.ts';
import { openConnection } from './sqlite-connection.ts';

/** A full look takes a moment for each hundred megabytes; larger databases are looked through by the daily backup. */
const largestLookedThrough = 32 * 1024 * 1024;

/** Looks at an existing file without a single write, so that a refusal leaves it byte for byte as it was. */
function refuseUnusable(file: string): number {
  let version: number;
  try {
    const look = openConnection(file, { readonly: true });
    try {
      version = versionOf(look);
      const { tables } = look.prepare('select count(*) as tables from sqlite_master').get() as { readonly tables: number };
      // Each migration sets the version with its tables, so ours is never without one.
      if (version === 0 && tables > 0) throw new DamagedDatabase(file, 'it is not a database of Doorline');
      if (statSync(file).size <= largestLookedThrough) checkHealth(look, file);
    } finally {
      look.close();
    }
  } catch (error) {
    if (error instanceof DamagedDatabase) throw error;
    throw new DamagedDatabase(file, error instanceof Error ? error.message : String(error));
  }
  if (version > newestVersion) throw new NewerDatabase(version, newestVersion);
  return version;
}

/**
 * Refuses to start an empty desk in silence where one with data has been.
 * @throws DamagedDatabase when the database is gone or empty, but there is what only a desk leaves behind.
 */
export function refuseLostDatabase(folder: DataFolder): void {
  const file = databaseFile(folder.root);
  const isThere = existsSync(file) && statSync(file).size > 0;
  const hasData = [folder.attachments, folder.backups, folder.imports, folder.logs].some((part) => existsSync(part) && readdirSync(part).length > 0);
  if (!isThere && hasData) throw new DamagedDatabase(file, 'it is missing or empty, though a desk has been in this folder');
}

/**
 * Opens the database `file`, made or migrated to this version first. Before a database that holds data is migrated,
 * a copy is left beside it (`before-migration-<version>.sqlite`).
 * @throws NewerDatabase when a newer Doorline wrote it; the file is left as it was.
 * @throws DamagedDatabase when SQLite can't read it; the file is left as it was.
 */
export async function openDatabase(file: string): Promise<Database> {
  const isNew = !existsSync(file);
  if (!isNew) refuseUnusable(file);

  const connection = openConnection(file);
  try {
    await migrate(connection, { file, isNew });
  } finally {
    connection.close();
  }
  return connect(file);
}

/**
 * Opens a database another process is working on, without changing its version.
 * @throws OlderDatabase when the process that has it is of an older version than this one.
 */
export function openCurrentDatabase(file: string): Database {
  const version = refuseUnusable(file);
  if (version < newestVersion) throw new OlderDatabase();
  return connect(file);
}
