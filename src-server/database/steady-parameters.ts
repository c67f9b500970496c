import { SqliteDialect, SqliteQueryCompiler } from 'kysely';

class SteadyQueryCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

/**
 * Kysely's dialect with `+?` in the place of `?`. SQLite built with STAT4, as better-sqlite3 is, compiles a statement
 * anew at every run when it thinks that a parameter's value might change its plan, and it thinks so of nearly every
 * join; that costs several times what the read itself does. The sign changes no value and tells the planner to look for
 * none, see https://sqlite.org/c3ref/prepare.html. It also keeps LIKE from using an index, which nothing here does.
 */
export class SteadySqliteDialect extends SqliteDialect {
  override createQueryCompiler(): SqliteQueryCompiler {
    return new SteadyQueryCompiler();
  }
}
