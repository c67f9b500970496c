import SQLite from 'better-sqlite3';
import { onTestFinished } from 'vitest';

/** One statement the server prepared, and how SQLite runs it. */
export interface Question {
  readonly sql: string;
  readonly plan: readonly string[];
}

const prototype = SQLite.prototype as { prepare(this: SQLite.Database, sql: string): SQLite.Statement };

function isRead(sql: string): boolean {
  return /^(?:select|with)\b/iu.test(sql.trim());
}

function placeholders(sql: string): null[] {
  return (sql.replace(/'(?:[^']|'')*'|"[^"]*"/gu, '').match(/\?/gu) ?? []).map(() => null);
}

/** Writes down every read that any connection of this process prepares from now on, until the test ends. */
export function listenToQuestions() {
  const asked = new Set<string>();
  // oxlint-disable-next-line typescript/unbound-method -- It is always called with the connection as `this`.
  const { prepare } = prototype;
  prototype.prepare = function listening(sql) {
    if (isRead(sql)) asked.add(sql);
    return prepare.call(this, sql);
  };
  onTestFinished(() => {
    prototype.prepare = prepare;
  });
  return {
    /** What was asked so far, with plans made on the database file. */
    explained(file: string): Question[] {
      const connection = new SQLite(file, { readonly: true });
      try {
        return [...asked].map((sql) => {
          const rows = prepare.call(connection, `explain query plan ${sql}`).all(placeholders(sql)) as { readonly detail: string }[];
          return { sql, plan: rows.map((row) => row.detail) };
        });
      } finally {
        connection.close();
      }
    },
  };
}
