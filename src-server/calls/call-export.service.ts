import { setImmediate as othersFirst } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Context } from '../kernel/context.ts';
import { displayName } from '../people/person-name.ts';
import type { CallFilter } from './calls.contract.ts';
import { callRows, endOfPiece, type CallChoice, type ShownCallRow } from './calls.queries.ts';
import { choiceOf } from './calls.service.ts';

/** So many calls are looked at in one go: a few milliseconds, after which others have their turn. */
const piece = 500;

/** Where the log begins, for a place before which every call is. */
const newest = ['9999', ''] as const;

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

/** Rows of the log that fit, read in pieces of the whole log, so that a rare filter never holds anybody up. */
async function* rowsOf(ctx: Context, choice: CallChoice): AsyncGenerator<(string | number | null)[]> {
  let before: readonly [string, string] = choice.to === undefined ? newest : [choice.to, ''];
  for (;;) {
    const end = await ctx.hot.first(endOfPiece, { at: before[0], id: before[1], skip: piece - 1 });
    const until = end === undefined ? undefined : ([end.started_at, end.id] as const);
    const rows = await callRows(ctx.db, { ...choice, before, until, limit: piece }).execute();
    for (const row of rows) yield columns.map(([, cell]) => cell(row));
    // The last piece, or all that follows began before what was asked for.
    if (until === undefined || (choice.from !== undefined && until[0] < choice.from)) return;
    before = until;
    await othersFirst();
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
