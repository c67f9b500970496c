import { stringify } from 'csv-stringify/sync';
import type { ImportAnalysis } from './imports.contract.ts';

/** A row that was refused or remarked on, with what was said. */
export interface ErrorLine {
  readonly rowNumber: number;
  readonly values: readonly string[];
  readonly column: string;
  readonly message: string;
}

/** Spreadsheets run cells that begin like this as formulas (CWE-1236); an apostrophe makes them text. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
}

/** The first line of an error file, with the byte order mark that spreadsheets need: the columns as they were, and the reason. */
export function errorFileHeader({ columns, delimiter }: Pick<ImportAnalysis, 'columns' | 'delimiter'>): string {
  return `\uFEFF${stringify([[...columns.map((column) => harmless(column.header)), 'Row', 'Column', 'Reason']], { delimiter })}`;
}

export function errorFileLines({ columns, delimiter }: Pick<ImportAnalysis, 'columns' | 'delimiter'>, lines: readonly ErrorLine[]): string {
  return stringify(
    lines.map(({ rowNumber, values, column, message }) => {
      const cells = Array.from({ length: columns.length }, (_, index) => harmless(values[index] ?? ''));
      return [...cells, String(rowNumber), harmless(column), message];
    }),
    { delimiter },
  );
}
