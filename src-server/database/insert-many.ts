import { CompiledQuery, type Insertable, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

const rowsAtOnce = 50;

/**
 * Inserts many rows at a third of what building each statement anew costs: the text of a statement depends on the
 * columns alone, so that the database prepares it once. All rows must have the columns of the first.
 * `onConflict: 'ignore'` passes over rows whose key is there already.
 */
export async function insertMany<Table extends keyof Tables>(
  db: Kysely<Tables>,
  table: Table,
  { rows, onConflict }: { readonly rows: readonly Insertable<Tables[Table]>[]; readonly onConflict?: 'ignore' },
): Promise<void> {
  await insertAndReturn(db, table, { rows, returning: [], ...(onConflict === undefined ? {} : { onConflict }) });
}

/** As `insertMany`; answers the chosen columns of what was inserted, in no certain order. */
export async function insertAndReturn<Table extends keyof Tables>(
  db: Kysely<Tables>,
  table: Table,
  {
    rows,
    returning,
    onConflict,
  }: { readonly rows: readonly Insertable<Tables[Table]>[]; readonly returning: readonly string[]; readonly onConflict?: 'ignore' },
): Promise<Record<string, unknown>[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const columns = Object.keys(first);
  const places = `(${columns.map(() => '?').join(', ')})`;
  // Names come from the code that calls, never from data.
  const head = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) values `;
  const tail = `${onConflict === 'ignore' ? ' on conflict do nothing' : ''}${returning.length === 0 ? '' : ` returning ${returning.map((column) => `"${column}"`).join(', ')}`}`;
  const answers: Record<string, unknown>[] = [];
  const records = rows as readonly Readonly<Record<string, unknown>>[];
  for (let start = 0; start < records.length;) {
    // Whole pieces and single rows only: two texts for each kind of row.
    const size = records.length - start >= rowsAtOnce ? rowsAtOnce : 1;
    const values = records.slice(start, start + size).flatMap((row) => columns.map((column) => row[column] ?? null));
    const text = head + Array.from({ length: size }, () => places).join(', ') + tail;
    const { rows: inserted } = await db.executeQuery(CompiledQuery.raw(text, values));
    answers.push(...(inserted as Record<string, unknown>[])); // Of the shape that was asked for.
    start += size;
  }
  return answers;
}
