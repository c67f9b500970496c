import { existsSync } from 'node:fs';
import { connect, type Database } from './connect.ts';
import { DamagedDatabase, migrate, NewerDatabase, newestVersion, versionOf } from './migrate.ts';
import { openConnection } from './sqlite-connection.ts';

/** Looks at an existing file without a single write, so that a refusal leaves it byte for byte as it was. */
function refuseUnusable(file: string): void {
  let version: number;
  try {
    const look = openConnection(file, { readonly: true });
    version = versionOf(look);
    look.close();
  } catch (error) {
    throw new DamagedDatabase(file, error instanceof Error ? error.message : String(error));
  }
  if (version > newestVersion) throw new NewerDatabase(version, newestVersion);
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
