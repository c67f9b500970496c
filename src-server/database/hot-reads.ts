import type SQLite from 'better-sqlite3';
import type { Compilable, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A value that is filled in when the compiled query runs. */
class Parameter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query that is written with Kysely, compiled once for each database and then run as a prepared statement: the reads
 * that happen at every ring or page. Define it at module level in a `*.queries.ts` and run it with `ctx.hot.all(read, …)`.
 */
export interface HotRead<Parameters extends object, Row> {
  readonly build: (db: Kysely<Tables>, parameter: <Name extends keyof Parameters>(name: Name) => Parameters[Name]) => Compilable<Row>;
}

/** Names the types of a hot read's parameters; the row's type follows from the query. */
export function hotRead<Parameters extends object>() {
  return <Row>(build: HotRead<Parameters, Row>['build']): HotRead<Parameters, Row> => ({ build });
}

/** Runs hot reads. They see committed rows only, so inside a transaction ask `ctx.db` instead. */
export interface HotReads {
  all<Parameters extends object, Row>(read: HotRead<Parameters, Row>, parameters: Parameters): Promise<Row[]>;
  first<Parameters extends object, Row>(read: HotRead<Parameters, Row>, parameters: Parameters): Promise<Row | undefined>;
  /** How the database would run the read: the lines of EXPLAIN QUERY PLAN. For tests. */
  plan<Parameters extends object, Row>(read: HotRead<Parameters, Row>): string[];
}

interface Prepared {
  readonly statement: SQLite.Statement;
  readonly bind: (parameters: object) => unknown[];
  readonly sql: string;
  readonly arity: number;
}

/** `reader` is a connection of its own, so that an open transaction of the writer is never seen half done. */
export function sqliteHotReads(compiler: Kysely<Tables>, reader: SQLite.Database): HotReads {
  const statements = new Map<unknown, Prepared>();

  function prepare<Parameters extends object, Row>(read: HotRead<Parameters, Row>): Prepared {
    const known = statements.get(read);
    if (known !== undefined) return known;

    // The parameter stands for a value of its type while Kysely compiles; it never reaches the database.
    const query = read.build(compiler, (name) => new Parameter(String(name)) as never).compile();
    const prepared: Prepared = {
      statement: reader.prepare(query.sql),
      bind: (parameters) => query.parameters.map((value) => (value instanceof Parameter ? (parameters as Record<string, unknown>)[value.name] : value)),
      sql: query.sql,
      arity: query.parameters.length,
    };
    statements.set(read, prepared);
    return prepared;
  }

  return {
    // oxlint-disable-next-line require-await -- PostgreSQL will answer asynchronously behind the same door.
    async all(read, parameters) {
      const { statement, bind } = prepare(read);
      return statement.all(bind(parameters)) as never;
    },
    // oxlint-disable-next-line require-await -- as above.
    async first(read, parameters) {
      const { statement, bind } = prepare(read);
      return statement.get(bind(parameters)) as never;
    },
    plan(read) {
      const { sql, arity } = prepare(read);
      const rows = reader.prepare(`explain query plan ${sql}`).all(Array.from({ length: arity }, () => null));
      return rows.map((row) => (row as { detail: string }).detail);
    },
  };
}
