import { sql } from 'kysely';
import type { Context } from '../kernel/context.ts';
import { steadyList } from './steady-list.ts';

// Full-text search is the one thing every database spells in its own way, so all of it is here.

type SearchIndex = 'contact_search' | 'company_search' | 'ticket_search' | 'ticket_note_search';

// Letters that Unicode does not decompose, so that the tokenizer can't fold them: ł, ø, ß and their like.
const undecomposed: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Folds text the same way for the index and for the question, so that `Zielinska` finds `Zielińska` and `lodz` finds `Łódź`. */
export function foldForSearch(text: string): string {
  return text.replace(/[łŁøØßẞæÆœŒđĐðþı]/gu, (letter) => undecomposed[letter] ?? letter).normalize('NFKC');
}

// A word as the index's tokenizer sees it too. The letters left out are the few that it takes for gaps: New Tai Lue vowel
// signs and two Vedic ones.
const wordPattern = /(?:(?![\u{19B0}-\u{19C0}\u{19C8}\u{19C9}\u{1CF2}\u{1CF3}])[\p{L}\p{N}])+/gu;

/** One Latin letter or digit begins too many words to ask for them all. */
function isWorthBeginning(word: string): boolean {
  return !/^[\p{Script=Latin}\p{N}]$/u.test(word);
}

/**
 * Turns what a person typed into a match expression: every word must occur, the last may be only begun. Anything
 * that has a meaning of its own in the search language loses it. Undefined when nothing searchable is left.
 */
export function matchExpression(typed: string, column?: string): string | undefined {
  const words = foldForSearch(typed).match(wordPattern)?.slice(0, 12) ?? [];
  if (words.length === 0) return undefined;
  const terms = words.map((word, index) => (index === words.length - 1 && isWorthBeginning(word) ? `"${word}"*` : `"${word}"`));
  return column === undefined ? terms.join(' ') : terms.map((term) => `${column} : ${term}`).join(' AND ');
}

/** The condition that a row of the index matches, for use in a query on it. */
export function matches(index: SearchIndex, expression: string) {
  // FTS5's own operator; the table's name stands for all its columns.
  return sql<boolean>`${sql.ref(index)} match ${expression}`;
}

/** Replaces what the index knows of one row. Call it inside the transaction that changes the row. */
export async function indexText(
  ctx: Context,
  { index, rowid, columns }: { readonly index: SearchIndex; readonly rowid: number; readonly columns: Readonly<Record<string, string>> },
): Promise<void> {
  await removeText(ctx, { index, rowid });
  const names = Object.keys(columns).map((name) => sql.ref(name));
  const values = Object.values(columns).map(foldForSearch);
  // FTS5 tables are written like tables, but Kysely can't type a rowid.
  await sql`insert into ${sql.table(index)} (rowid, ${sql.join(names)}) values (${rowid}, ${sql.join(values)})`.execute(ctx.db);
}

/** Replaces what the index knows of many rows with one column of text: a few hundred at most. */
export async function indexTexts(
  ctx: Context,
  {
    index,
    rows,
    areNew = false,
  }: {
    readonly index: 'contact_search' | 'company_search';
    readonly rows: readonly { readonly rowid: number; readonly text: string }[];
    /** The index knows none of them, so nothing needs to be taken out. */
    readonly areNew?: boolean;
  },
): Promise<void> {
  if (rows.length === 0) return;
  // As in `indexText`.
  if (!areNew) await sql`delete from ${sql.table(index)} where rowid in (${sql.join(steadyList(rows.map((row) => row.rowid)))})`.execute(ctx.db);
  // The index gathers rows that come in order and writes them at once; each step back makes it write what it has.
  const inOrder = rows.toSorted((left, right) => left.rowid - right.rowid);
  const values = inOrder.map(({ rowid, text }) => sql`(${rowid}, ${foldForSearch(text)})`);
  await sql`insert into ${sql.table(index)} (rowid, text) values ${sql.join(values)}`.execute(ctx.db);
}

export async function removeText(ctx: Context, { index, rowid }: { readonly index: SearchIndex; readonly rowid: number }): Promise<void> {
  await sql`delete from ${sql.table(index)} where rowid = ${rowid}`.execute(ctx.db);
}
