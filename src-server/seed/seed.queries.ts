import SQLite from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

// The one exception to “a feature writes only its own tables”: made-up data goes straight into all of them, by prepared
// statements, because a million contacts through the services would take an hour. Nothing else may do this. The tests
// compare what is written here with what the services would have written.

type Row = Readonly<Record<string, string | number | null>>;

/** Puts one row into a table. The first row fixes the columns. */
export type Insert = (row: Row) => void;

function inserter(connection: SQLite.Database, table: string): Insert {
  let statement: SQLite.Statement | undefined;
  let columns: readonly string[] = [];
  return (row) => {
    if (statement === undefined) {
      columns = Object.keys(row);
      statement = connection.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`);
    }
    statement.run(columns.map((column) => row[column]));
  };
}

const tables = [
  'agents',
  'lists',
  'properties',
  'companies',
  'contacts',
  'phone_numbers',
  'number_keys',
  'contact_search',
  'company_search',
  'deals',
  'deal_contacts',
  'list_members',
  'property_values',
  'members',
  'tickets',
  'threads',
  'messages',
  'internal_notes',
  'ticket_search',
  'ticket_note_search',
  'engagements',
  'counters',
  'change_log',
] as const;

export type SeededTable = (typeof tables)[number];

export interface SeedWriter extends Readonly<Record<SeededTable, Insert>> {
  /** Ends a part of the work. Text indexes that are still open are flushed at each write that fires a trigger, which costs ten times the write. */
  endPart(): void;
}

function seedWriter(connection: SQLite.Database): SeedWriter {
  // One for each table of the list above.
  const inserts = Object.fromEntries(tables.map((table) => [table, inserter(connection, table)])) as Record<SeededTable, Insert>;
  return {
    ...inserts,
    endPart() {
      connection.exec('commit');
      connection.exec('begin exclusive');
    },
  };
}

// Number rows are written in the order of this index, so that keeping it costs next to nothing.
const growsAtItsEnd = 'number_keys_by_number';

/**
 * Takes the indexes off the seeded tables and gives back what puts them on again: building one over a million rows at
 * once is many times faster than keeping it in order row by row.
 */
function takeIndexesOff(connection: SQLite.Database): () => void {
  const places = tables.map(() => '?').join(', ');
  const rows = connection
    .prepare(`select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in (${places}) and name != ?`)
    .all([...tables, growsAtItsEnd]);
  const indexes = rows as { readonly name: string; readonly sql: string }[]; // What was just selected.
  for (const { name } of indexes) connection.exec(`drop index ${name}`);
  return () => {
    for (const index of indexes) connection.exec(index.sql);
  };
}

const roomWhileSeeding = 64_000; // KiB

/**
 * Opens a database file nobody else knows of yet and lets `write` fill it. Nothing is flushed: when anything goes wrong
 * the file is thrown away.
 */
export async function fillFile(file: string, write: (writer: SeedWriter) => Promise<void>): Promise<void> {
  const connection = new SQLite(file);
  try {
    // Not OFF, which SQLite refuses to safe connections; a new page needs no journal anyway.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.pragma('foreign_keys = OFF');
    connection.pragma(`cache_size = -${roomWhileSeeding}`);
    connection.exec('begin exclusive');
    const putIndexesBack = takeIndexesOff(connection);
    await write(seedWriter(connection));
    putIndexesBack();
    connection.exec('commit');
  } finally {
    connection.close();
  }
}

/** Whether anybody has worked with the desk yet. */
export async function hasRecords(db: Kysely<Tables>): Promise<boolean> {
  const contact = await db.selectFrom('contacts').select('id').limit(1).executeTakeFirst();
  const company = await db.selectFrom('companies').select('id').limit(1).executeTakeFirst();
  const ticket = await db.selectFrom('tickets').select('id').limit(1).executeTakeFirst();
  const list = await db.selectFrom('lists').select('id').limit(1).executeTakeFirst();
  const property = await db.selectFrom('properties').select('id').limit(1).executeTakeFirst();
  return (contact ?? company ?? ticket ?? list ?? property) !== undefined;
}

/** The number after which new tickets are counted. */
export async function findTicketCounter(db: Kysely<Tables>): Promise<number | undefined> {
  const row = await db.selectFrom('counters').select('value').where('name', '=', 'ticket-number').executeTakeFirst();
  return row?.value;
}

/** Whether phones have been given contacts already. */
export async function hasDirectories(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('directories').select('id').limit(1).executeTakeFirst()) !== undefined;
}
