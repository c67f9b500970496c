import { setImmediate as othersFirst } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Context } from '../kernel/context.ts';
import { displayName } from '../people/person-name.ts';
import type { CallFilter } from './calls.contract.ts';
import { callRows, endOfPiece, isNarrow, type CallChoice, type ShownCallRow } from './calls.queries.ts';
import { choiceOf } from './calls.service.ts';

type Place = readonly [startedAt: string, id: string];

/** So many calls are looked at in one go: a few milliseconds, after which others have their turn. */
const piece = 300;

/** Where the log begins, for a place before which every call is. */
const newest: Place = ['9999', ''];

/** Spreadsheets run cells that begin like this as formulas (CWE-1236); an apostrophe makes them text. */
function asText(text: string | null): string {
  return text !== null && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : (text ?? '');
}

const columns: readonly (readonly [header: string, cell: (row: ShownCallRow) => string | number | null])[] = [
  ['Started', (row) => row.started_at],
  ['Answered', (row) => row.answered_at],
  ['Ended', (row) => row.ended_at],
  ['Direction', (row) => row.direction],
  ['State', (row) => row.state],
  ['Seconds', (row) => row.duration_seconds],
  // E.164 is a plus and digits, never a formula: files keep the form that other programs read.
  ['Number', (row) => row.e164],
  ['Number as reported', (row) => (row.number === row.e164 ? null : asText(row.number))],
  ['Withheld', (row) => (row.is_withheld === 1 ? 'yes' : 'no')],
  [
    'Contact',
    (row) => (row.contact_id === null ? null : asText(displayName({ firstName: row.first_name ?? '', lastName: row.last_name ?? '', email: row.email }))),
  ],
  ['Company', (row) => asText(row.company_name)],
  ['Agent', (row) => asText(row.agent_name)],
  ['Match', (row) => row.match_kind],
  ['Shown as', (row) => asText(row.label)],
  ['Outcome', (row) => row.outcome],
  ['Note', (row) => asText(row.note)],
  ['Ticket', (row) => row.ticket_number],
  ['Source', (row) => row.source],
  ['Id', (row) => row.id],
];

/**
 * Calls that fit, some at a time. Where no index leads to them, the whole log is read in pieces, so that a rare filter
 * never holds anybody up.
 */
async function* piecesOf(ctx: Context, choice: CallChoice): AsyncGenerator<readonly ShownCallRow[]> {
  const narrow = isNarrow(choice);
  let before: Place | undefined = choice.to === undefined ? newest : [choice.to, ''];
  while (before !== undefined) {
    const until: Place | undefined = narrow ? undefined : await endOf(ctx, before);
    const rows: ShownCallRow[] = await callRows(ctx.db, { ...choice, before, until, limit: piece }).execute();
    yield rows;
    const last = rows.at(-1);
    const next: Place | undefined = narrow && last !== undefined && rows.length === piece ? [last.started_at, last.id] : until;
    // All that follows began before what was asked for.
    before = next !== undefined && choice.from !== undefined && next[0] < choice.from ? undefined : next;
    await othersFirst();
  }
}

async function endOf(ctx: Context, [at, id]: Place): Promise<Place | undefined> {
  const end = await ctx.hot.first(endOfPiece, { at, id, skip: piece - 1 });
  return end === undefined ? undefined : [end.started_at, end.id];
}

async function* rowsOf(ctx: Context, choice: CallChoice): AsyncGenerator<(string | number | null)[]> {
  for await (const rows of piecesOf(ctx, choice)) {
    for (const row of rows) yield columns.map(([, cell]) => cell(row));
  }
}

/** The calls that fit as CSV (RFC 4180), the newest first: ISO 8601 times in UTC, E.164 numbers. */
export async function exportCalls(ctx: Context, filter: CallFilter): Promise<Readable> {
  const choice = await choiceOf(ctx, filter);
  const lines = stringify({ header: true, bom: true, columns: columns.map(([header]) => header), record_delimiter: 'windows' });
  const source = Readable.from(rowsOf(ctx, choice));
  source.on('error', (error) => lines.destroy(error));
  lines.on('close', () => source.destroy());
  return source.pipe(lines);
}
