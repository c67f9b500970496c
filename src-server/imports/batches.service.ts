import path from 'node:path';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { NotFound } from '../kernel/app-error.ts';
import { publish } from '../live/live.service.ts';
import type { CsvFormat } from './csv-file.ts';
import { ImportAnalysis, ImportOptions, ImportProgress, type ImportBatch } from './imports.contract.ts';
import { changeBatch, findBatch, type BatchChange, type BatchRow } from './imports.queries.ts';

// How an import is kept: its row, and what the columns with JSON in them mean.

/** An analysis as it is stored: with how the file is to be read. */
export type StoredAnalysis = ImportAnalysis & { readonly format: CsvFormat };

export function analysisOf(row: BatchRow): StoredAnalysis {
  return JSON.parse(row.analysis) as StoredAnalysis; // Written by imports.service.
}

export function optionsOf(row: BatchRow): ImportOptions | null {
  return row.options === null ? null : ImportOptions.parse(JSON.parse(row.options));
}

export function progressOf(row: BatchRow): ImportProgress {
  return ImportProgress.parse(JSON.parse(row.progress));
}

export function emptyProgress(phase: ImportProgress['phase'], rowsTotal: number): ImportProgress {
  return { phase, rowsDone: 0, rowsTotal, created: 0, updated: 0, unchanged: 0, failed: 0, unreadableNumbers: 0, errors: [], notes: [] };
}

export function toBatch(row: BatchRow): ImportBatch {
  return {
    id: row.id,
    // Both columns are written by this feature only, from the contract's values.
    object: row.object as ImportBatch['object'],
    fileName: row.file_name,
    state: row.state as ImportBatch['state'],
    analysis: ImportAnalysis.parse(JSON.parse(row.analysis)),
    options: optionsOf(row),
    progress: progressOf(row),
    problem: row.problem,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

export function fileOf(ctx: Context, row: Pick<BatchRow, 'file_path'>): string {
  return path.join(ctx.folder.imports, path.basename(row.file_path));
}

/** The batch's row, in the caller's transaction. */
export async function requireBatch(ctx: Context, id: string): Promise<BatchRow> {
  const row = await findBatch(ctx.db, id);
  if (row === undefined) throw new NotFound('This import');
  return row;
}

export const leaseSeconds = 60;

export function leaseEnd(ctx: Context): string {
  return new Date(ctx.now().getTime() + leaseSeconds * 1000).toISOString();
}

/** Tells open screens how far an import is. */
export async function announce(ctx: Context, batch: { readonly id: string; readonly state: string; readonly progress: ImportProgress }): Promise<void> {
  const { phase, rowsDone, rowsTotal } = batch.progress;
  await publish(ctx, { audience: 'agents', kind: 'import', payload: { importId: batch.id, state: batch.state, phase, rowsDone, rowsTotal } });
}

/** Changes the batch where it is in one of the states, and tells the screens. False when it is not, because it was cancelled. */
export function moveBatch(
  ctx: Context,
  from: { readonly id: string; readonly states: readonly ImportBatch['state'][] },
  change: BatchChange & { readonly state: ImportBatch['state'] },
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    if (!(await changeBatch(ctx.db, from, change))) return false;
    const row = await requireBatch(ctx, from.id);
    await announce(ctx, { id: row.id, state: row.state, progress: progressOf(row) });
    return true;
  });
}

/** The change that ends work on a batch. */
export function ended(ctx: Context, state: ImportBatch['state'], problem: string | null = null): BatchChange & { readonly state: ImportBatch['state'] } {
  return { state, problem, lease_until: null, finished_at: isoNow(ctx) };
}
