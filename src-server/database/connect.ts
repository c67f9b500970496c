import path from 'node:path';
import type SQLite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { sqliteHotReads, type HotReads } from './hot-reads.ts';
import { openConnection, withStatementCache } from './sqlite-connection.ts';
import { SteadySqliteDialect } from './steady-parameters.ts';
import type { Tables } from './tables.ts';

/** An open database. `close` ends both connections; nothing may use them afterwards. */
export interface Database {
  readonly db: Kysely<Tables>;
  readonly hot: HotReads;
  /** The writing connection, for what Kysely has no words for: migrations, online backup, checkpoints. */
  readonly connection: SQLite.Database;
  readonly file: string;
  close(): Promise<void>;
}

export function databaseFile(directory: string): string {
  return path.join(directory, 'doorline.sqlite');
}

/** Opens the SQLite database `file`, which must be migrated already (see `open-database.ts`). */
export function connect(file: string): Database {
  const connection = openConnection(file);
  const reader = openConnection(file, { readonly: true });
  const db = new Kysely<Tables>({ dialect: new SteadySqliteDialect({ database: withStatementCache(connection) }) });

  return {
    db,
    hot: sqliteHotReads(db, reader),
    connection,
    file,
    async close() {
      reader.close();
      await db.destroy();
    },
  };
}
