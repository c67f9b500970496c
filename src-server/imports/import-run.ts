import { setImmediate as breathe } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import type { PropertyWriter } from './import-properties.service.ts';
import type { ImportAnalysis, ImportObject, ImportOptions } from './imports.contract.ts';
import type { CsvRow } from './csv-file.ts';
import { RowRefused } from './drafts.ts';
import { isTooLong, rowReader, type Cells, type Column, type Remark, type Tools } from './row-reader.ts';

/** The kinds of records an import makes. */
export type RecordKind = 'contact' | 'company' | 'ticket' | 'deal';

export const kindOf: Readonly<Record<ImportObject, RecordKind>> = { contacts: 'contact', companies: 'company', tickets: 'ticket', deals: 'deal' };

/** What an import has at hand while it runs. */
export interface Run {
  readonly batchId: string;
  readonly source: ImportAnalysis['source'];
  readonly options: ImportOptions;
  readonly isDryRun: boolean;
  /** What is written as `updated_at`, so that undoing can tell what was changed since. */
  readonly stamp: string;
  /** The desk's own country. */
  readonly homeCountry: string;
  readonly columns: readonly Column[];
  /** How many columns the header has. */
  readonly width: number;
  readonly tools: Tools;
  readonly properties: PropertyWriter;
  /** Identities a dry run has met: what it would have made. */
  readonly seen: Set<string>;
  /** Remarks about the import as a whole, each once. */
  readonly notes: Set<string>;
}

/** A remark or refusal, with the row it is about. */
export interface RowMessage {
  readonly row: CsvRow;
  readonly kind: 'error' | 'remark';
  readonly column: string;
  readonly message: string;
}

/** What a piece of an import came to. */
export interface Outcome {
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  unreadableNumbers: number;
  readonly messages: RowMessage[];
}

export function emptyOutcome(): Outcome {
  return { created: 0, updated: 0, unchanged: 0, failed: 0, unreadableNumbers: 0, messages: [] };
}

/** A row that became a draft. */
export interface DraftRow<Draft> {
  readonly row: CsvRow;
  readonly draft: Draft;
}

export function refuse(outcome: Outcome, row: CsvRow, problem: Remark): void {
  outcome.failed += 1;
  outcome.messages.push({ row, kind: 'error', ...problem });
}

export function remark(outcome: Outcome, row: CsvRow, { column, message }: Remark): void {
  outcome.messages.push({ row, kind: 'remark', column, message });
}

const rowsBetweenBreaths = 100;

/** Brings rows into drafts, letting others in between. Refused rows are noted in the outcome and left out. */
export async function draftRows<Draft>(
  run: Run,
  rows: readonly CsvRow[],
  into: { readonly outcome: Outcome; readonly draft: (cells: Cells) => Draft },
): Promise<DraftRow<Draft>[]> {
  const read = rowReader(run.columns, run.tools);
  const drafts: DraftRow<Draft>[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % rowsBetweenBreaths === 0) await breathe();
    if (isTooLong(row.values, run.width)) {
      refuse(into.outcome, row, {
        column: '',
        message: `The row has ${row.values.length} values, the header ${run.width}. A delimiter or quotation mark may be missing.`,
      });
      continue;
    }
    const cells = read(row.values);
    try {
      drafts.push({ row, draft: into.draft(cells) });
      for (const note of cells.remarks) remark(into.outcome, row, note);
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      refuse(into.outcome, row, { column: error.column, message: error.message });
    }
  }
  return drafts;
}

/** How an object's rows are brought in: a piece at a time, in the caller's transaction unless it is a dry run. */
export type Importer = (ctx: Context, run: Run, rows: readonly CsvRow[]) => Promise<Outcome>;

/** What an update replaced, as it is kept for undoing. `after` tells whether somebody changed it since. */
export interface Replaced {
  readonly fields?: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
  /** When the record had last been changed; put back with its fields. */
  readonly updatedAt?: string;
  readonly externalIds?: readonly string[];
}

/** The value to write into a field that exists already, or undefined to leave it. Empty values of the file erase nothing. */
export function chosenValue<Value extends string | null>(policy: ImportOptions['onExisting'], ours: Value, theirs: Value): Value | undefined {
  const isEmpty = (value: string | null) => value === null || value === '';
  if (isEmpty(theirs) || theirs === ours) return undefined;
  if (policy === 'keep-ours') return undefined;
  return policy === 'take-theirs' || isEmpty(ours) ? theirs : undefined;
}
