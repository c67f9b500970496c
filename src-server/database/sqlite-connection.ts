import SQLite from 'better-sqlite3';

/**
 * Opens one connection with the settings every connection must have. `synchronous` is set by hand because this build of
 * SQLite defaults to NORMAL in WAL mode, where a power cut loses commits that were already acknowledged.
 */
export function openConnection(file: string, options: { readonly readonly?: boolean } = {}): SQLite.Database {
  const connection = new SQLite(file, { readonly: options.readonly ?? false, timeout: 10_000 });
  if (options.readonly !== true) connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('temp_store = MEMORY');
  connection.pragma('cache_size = -32000');
  connection.pragma('journal_size_limit = 67108864');
  return connection;
}

const takesBack = /^(?:rollback|release)/iu;

/**
 * Transactions take the right to write at once. Kysely's plain `begin` takes it at the first write, and SQLite refuses
 * that write on the spot, without waiting, when another process, such as a command beside the server, has written since
 * the transaction's first read.
 */
const beginnings: ReadonlyMap<string, string> = new Map([['begin', 'begin immediate']]);

/**
 * Kysely prepares every query anew; keeping the statements halves its cost. A statement that is still being iterated
 * must not be handed out twice, so a busy one is prepared again.
 */
export function withStatementCache(connection: SQLite.Database): Pick<SQLite.Database, 'prepare' | 'close'> {
  const statements = new Map<string, SQLite.Statement>();
  return {
    prepare(sql: string) {
      // A full disk makes SQLite take the transaction back by itself. Taking it back once more would fail, and hide why.
      if (takesBack.test(sql) && !connection.inTransaction) return connection.prepare('select 1 where 0') as never;
      const known = statements.get(sql);
      if (known !== undefined && !known.busy) return known as never;
      const statement = connection.prepare(beginnings.get(sql) ?? sql);
      if (statements.size > 2000) statements.clear();
      statements.set(sql, statement);
      return statement as never;
    },
    close() {
      statements.clear();
      return connection.close();
    },
  };
}
