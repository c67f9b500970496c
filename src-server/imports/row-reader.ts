import { knownHeader } from './header-dictionary.ts';
import type { ImportAnalysis, ImportOptions } from './imports.contract.ts';
import type { DateOrder, ZoneClock } from './dates.ts';
import { readDay, readInstant } from './dates.ts';
import { propertyOf } from './targets.ts';
import type { Names } from './values.ts';

/** Something to be said about a value of a row. */
export interface Remark {
  readonly column: string;
  readonly message: string;
}

/** A column that is imported, with where it stands in the file. */
export interface Column {
  readonly header: string;
  readonly index: number;
  readonly target: string;
  readonly dateOrder: DateOrder;
}

/** The columns an import uses. Of several for one field the more usual one comes first. */
export function chosenColumns(analysis: ImportAnalysis, options: Pick<ImportOptions, 'mapping' | 'object'>): Column[] {
  const columns = analysis.columns.flatMap(({ header, dateOrder }, index) => {
    // A column may be called `constructor`.
    const target = Object.hasOwn(options.mapping, header) ? (options.mapping[header] ?? null) : null;
    return target === null ? [] : [{ header, index, target, dateOrder: dateOrder ?? 'dmy' }];
  });
  const rank = (column: Column) => knownHeader(options.object, column.header)?.rank ?? 1000;
  return columns.toSorted((left, right) => rank(left) - rank(right) || left.index - right.index);
}

/** What conversions need to know. */
export interface Tools {
  readonly names: Names;
  readonly clock: ZoneClock;
  /** The id of the agent that a name or e-mail address stands for. */
  readonly agentNamed: (text: string) => string | undefined;
  /** Country of numbers without a country code. */
  readonly country: string;
}

/** One row, asked field by field. What it has to say about values is collected in `remarks`. */
export interface Cells {
  /** The value of the first filled column of a field; empty when there is none. */
  text(field: string): string;
  /** The values of all columns of a field. */
  texts(field: string): string[];
  instant(field: string): string | null;
  day(field: string): string | null;
  /** Converts a value; one that is not understood is left out with a remark. */
  read<Value>(field: string, convert: (text: string) => Value | undefined, what: string): Value | null;
  /** The name of the column that a field comes from, for remarks. */
  columnOf(field: string): string;
  remark(field: string, message: string): void;
  readonly properties: Readonly<Record<string, string>>;
  readonly remarks: readonly Remark[];
}

/**
 * Reads rows by the chosen columns. There is one `Cells`, which always speaks of the row it was asked for last: rows come
 * by the hundred thousand.
 */
export function rowReader(columns: readonly Column[], tools: Tools): (values: readonly string[]) => Cells {
  const byField = Map.groupBy(columns, (column) => column.target);
  const propertyColumns = columns.flatMap((column) => {
    const name = propertyOf(column.target);
    return name === undefined ? [] : [{ column, name }];
  });
  let row: readonly string[] = [];
  let remarks: Remark[] = [];

  const valueOf = (column: Column) => (row[column.index] ?? '').trim();
  const columnOf = (field: string) => byField.get(field)?.[0]?.header ?? field;
  const none: readonly Column[] = [];
  const filled = (field: string) => {
    for (const column of byField.get(field) ?? none) if (valueOf(column) !== '') return column;
    return undefined;
  };

  function convert<Value>(field: string, reading: { readonly read: (text: string, column: Column) => Value | undefined; readonly what: string }): Value | null {
    const column = filled(field);
    if (column === undefined) return null;
    const value = reading.read(valueOf(column), column);
    if (value !== undefined) return value;
    remarks.push({ column: column.header, message: `“${shorten(valueOf(column))}” is not ${reading.what}; it was left out.` });
    return null;
  }

  const instants = { read: (text: string, column: Column) => readInstant(text, column.dateOrder, tools.clock), what: 'a date we can read' };
  const days = { read: (text: string, column: Column) => readDay(text, column.dateOrder), what: 'a date we can read' };
  const cells: Cells = {
    get properties() {
      const properties: Record<string, string> = {};
      for (const { column, name } of propertyColumns) {
        const value = valueOf(column);
        if (value !== '' && !Object.hasOwn(properties, name)) properties[name] = value;
      }
      return properties;
    },
    get remarks() {
      return remarks;
    },
    columnOf,
    remark: (field, message) => remarks.push({ column: columnOf(field), message }),
    text: (field) => {
      const column = filled(field);
      return column === undefined ? '' : valueOf(column);
    },
    texts: (field) => (byField.get(field) ?? none).map(valueOf).filter((value) => value !== ''),
    read: (field, read, what) => convert(field, { read, what }),
    instant: (field) => convert(field, instants),
    day: (field) => convert(field, days),
  };
  return (values) => {
    row = values;
    remarks = [];
    return cells;
  };
}

/** More values than the header has columns. Empty ones at the end are a spreadsheet's habit and harmless. */
export function isTooLong(values: readonly string[], width: number): boolean {
  return values.length > width && values.slice(width).some((value) => value.trim() !== '');
}

export function shorten(text: string): string {
  if (text.length <= 60) return text;
  // Not through the middle of a character.
  return `${text.slice(0, 59).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
