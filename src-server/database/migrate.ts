import path from 'node:path';
import type SQLite from 'better-sqlite3';
import { AppError } from '../kernel/app-error.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

/** A newer Doorline wrote this database. Opening it with an older one could lose what the newer one keeps. */
export class NewerDatabase extends AppError {
  readonly kind = 'conflict';
  readonly code = 'database-is-newer';

  constructor(found: number, known: number) {
    super(
      `This data was last opened by a newer Doorline (data version ${found}, this one knows ${known}); install the newer version, or restore a backup made before the update.`,
    );
  }
}

/** The running server is of an older version, so its data can't be brought up to date under it. */
export class OlderDatabase extends AppError {
  readonly kind = 'conflict';
  readonly code = 'database-is-older';

  constructor() {
    super('The running Doorline is an older version than this command. Restart the server with this version first.');
  }
}

/** SQLite heads what it finds with a line that says nothing here. */
function inOneLine(why: string): string {
  return why.replace(/^\*{3} in database main \*{3}\s*/u, '').replace(/\s+/gu, ' ');
}

/** SQLite says that the file is damaged. */
export class DamagedDatabase extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'database-damaged';

  constructor(file: string, why: string) {
    super(
      `The database ${path.basename(file)} is damaged (${inOneLine(why)}). It was left untouched; restore the newest backup with “doorline restore FILE”, and keep a copy of the damaged folder.`,
    );
  }
}

/** The version of the newest migration this program has. */
export const newestVersion = migrations.length;

/** The version a database is at; 0 when it is empty. */
export function versionOf(connection: SQLite.Database): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

function copyName(file: string, version: number): string {
  return path.join(path.dirname(file), `before-migration-${version}.sqlite`);
}

/** @throws DamagedDatabase when SQLite finds a page that does not hold together. */
export function checkHealth(connection: SQLite.Database, file: string): void {
  try {
    const found = String(connection.pragma('quick_check(1)', { simple: true }));
    if (found !== 'ok') throw new DamagedDatabase(file, found);
  } catch (error) {
    if (error instanceof DamagedDatabase) throw error;
    throw new DamagedDatabase(file, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Brings the database to the newest version, each step in a transaction of its own. A database that holds data is copied
 * beside itself first. `steps` are all there are; only tests give others.
 */
export async function migrate(
  connection: SQLite.Database,
  { file, isNew, steps = migrations }: { readonly file: string; readonly isNew: boolean; readonly steps?: readonly Migration[] },
): Promise<void> {
  const found = versionOf(connection);
  if (found > steps.length) throw new NewerDatabase(found, steps.length);
  if (found === steps.length) return;

  if (!isNew && found > 0) {
    checkHealth(connection, file);
    await connection.backup(copyName(file, found));
  }
  for (const [index, step] of steps.slice(found).entries()) {
    connection.transaction(() => {
      connection.exec(step.sql);
      connection.pragma(`user_version = ${found + index + 1}`);
    })();
  }
}
