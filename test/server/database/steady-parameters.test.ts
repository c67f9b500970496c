import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect, type Dialect } from 'kysely';
import { expect, it } from 'vitest';
import { SteadySqliteDialect } from '../../../src-server/database/steady-parameters.ts';

interface Parts {
  bikes: { id: number; name: string };
  wheels: { id: number; bike_id: number };
}

const runs = 20;

/** How often a join that runs twenty times is compiled: better-sqlite3 writes a function for the rows each time. */
function compilationsOf(dialect: (database: SQLite.Database) => Dialect): number {
  const database = new SQLite(':memory:');
  database.exec('create table bikes (id integer primary key, name text); create table wheels (id integer primary key, bike_id integer)');
  database.exec("insert into bikes values (1, 'red'); insert into wheels values (1, 1)");
  const db = new Kysely<Parts>({ dialect: dialect(database) });
  const { sql } = db
    .selectFrom('wheels')
    .innerJoin('bikes', 'bikes.id', 'wheels.bike_id')
    .select(['bikes.name', 'wheels.id'])
    .where('wheels.id', '=', 1)
    .compile();
  const statement = database.prepare(sql);

  let compilations = 0;
  const { Function: original } = globalThis;
  globalThis.Function = new Proxy(original, {
    apply(target, self, parts: string[]) {
      compilations += 1;
      return Reflect.apply(target, self, parts) as unknown;
    },
  });
  try {
    for (let run = 0; run < runs; run += 1) expect(statement.all(1)).toEqual([{ name: 'red', id: 1 }]);
  } finally {
    globalThis.Function = original;
    database.close();
  }
  return compilations;
}

it('compiles a join once, however often it runs', () => {
  expect(compilationsOf((database) => new SteadySqliteDialect({ database }))).toBe(1);
});

it('would compile it at every run with parameters that the planner looks into', () => {
  expect(compilationsOf((database) => new SqliteDialect({ database }))).toBe(runs);
});
