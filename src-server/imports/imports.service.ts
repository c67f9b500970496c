import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { recordAct } from '../audit/audit.service.ts';
import { InvalidInput, type FieldProblem } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import { listProperties } from '../people/properties.service.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { analyseFile } from './analyse-file.ts';
import { analysisOf, emptyProgress, moveBatch, optionsOf, progressOf, requireBatch, toBatch } from './batches.service.ts';
import { errorFileHeader, errorFileLines } from './error-file.ts';
import { kindOf } from './import-run.ts';
import type { ImportBatch, ImportObject, ImportOptions } from './imports.contract.ts';
import { FileTooLarge, ImportNotReady, UploadCutOff } from './imports.errors.ts';
import { changeBatch, deleteBatch, errorsAfter, hasImported, insertBatch, recentBatches, type BatchRow } from './imports.queries.ts';
import { propertyOf, targetsOf } from './targets.ts';
import { startUndoing } from './undo-import.service.ts';

/** The largest file that is taken over the network. The command line takes any. */
export const largestUploadMegabytes = 500;

/** The name of a file without the folders some browsers send along. */
function plainName(fileName: string): string {
  const name = fileName
    .replace(/^.*[\\/]/u, '')
    .replace(/\p{Cc}/gu, '')
    .trim();
  return name === '' ? 'import.csv' : name.slice(0, 200);
}

function limitedTo(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > bytes) done(new FileTooLarge(Math.floor(bytes / 1_048_576)));
      else done(null, chunk);
    },
  });
}

/** Chunks as they arrive; a connection that breaks becomes an error that says so. */
async function* arriving(stream: Readable, fileName: string): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>; // Of a stream of bytes.
  } catch (error) {
    throw new UploadCutOff(plainName(fileName), error);
  }
}

export interface NewImport {
  readonly stream: Readable;
  readonly fileName: string;
  /** What the file holds, if somebody has said so. */
  readonly object?: ImportObject | undefined;
  readonly maxBytes?: number;
}

/**
 * Takes a file in, bit by bit, and looks at it; nothing is imported yet.
 * @throws UnusableFile, FileTooLarge, UploadCutOff; the file is gone then
 */
export async function createImport(ctx: Context, { stream, fileName, object, maxBytes }: NewImport): Promise<ImportBatch> {
  const id = newId();
  const storageName = `${id}.csv`;
  const file = path.join(ctx.folder.imports, storageName);
  const { country, timeZone } = await readSettings(ctx, companySettings);
  try {
    await pipeline(
      arriving(stream, fileName),
      limitedTo(maxBytes ?? largestUploadMegabytes * 1_048_576),
      createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }),
    );
    const { analysis, format } = await analyseFile(file, { country, timeZone, object, properties: (kind) => customProperties(ctx, kind) });
    await insertBatch(ctx.db, {
      id,
      object: analysis.object,
      source: analysis.source,
      file_name: plainName(fileName),
      file_path: storageName,
      state: 'analysed',
      analysis: JSON.stringify({ ...analysis, format }),
      progress: JSON.stringify(emptyProgress('idle', analysis.rowCount)),
      created_by: ctx.actor.id,
      created_at: isoNow(ctx),
    });
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return getImport(ctx, id);
}

async function customProperties(ctx: Context, object: ImportObject) {
  return (await listProperties(ctx, kindOf[object])).filter((property) => !property.isBuiltIn);
}

export async function getImport(ctx: Context, id: string): Promise<ImportBatch> {
  return toBatch(await requireBatch(ctx, id));
}

/** Imports, the newest first. */
export async function listImports(ctx: Context, query: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<ImportBatch>> {
  const before = String((query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)?.[0]) ?? '~');
  const rows = await ctx.hot.all(recentBatches, { before, limit: query.limit + 1 });
  return toPage(rows, query.limit, { item: toBatch, key: (row) => [row.id] });
}

// What a file must at least have so that a row can become a record.
const needed: Readonly<Record<ImportObject, { readonly anyOf: readonly string[]; readonly message: string }>> = {
  contacts: {
    anyOf: ['firstName', 'lastName', 'fullName', 'email', 'phone', 'mobile', 'otherPhone'],
    message: 'Choose at least one column with names, e-mail addresses or numbers.',
  },
  companies: { anyOf: ['name', 'domain'], message: 'Choose the column with the companies’ names.' },
  tickets: { anyOf: ['subject', 'description'], message: 'Choose the column with the tickets’ subjects.' },
  deals: { anyOf: ['name'], message: 'Choose the column with the deals’ names.' },
};

function refuseUnfit(row: BatchRow, options: ImportOptions): void {
  const headers = new Set(analysisOf(row).columns.map((column) => column.header));
  const fields = new Set(targetsOf(options.object).map((target) => target.field));
  const problems: FieldProblem[] = [];
  for (const [header, target] of Object.entries(options.mapping)) {
    if (!headers.has(header)) problems.push({ path: `mapping.${header}`, message: 'The file has no such column.' });
    const isField = target === null || fields.has(target) || (propertyOf(target) ?? '') !== '';
    if (!isField)
      problems.push({ path: `mapping.${header}`, message: `“${target}” is no field of ${options.object}. Choose one from the list, or property:NAME.` });
  }
  const { anyOf, message } = needed[options.object];
  const chosen = Object.entries(options.mapping).filter(([header]) => headers.has(header));
  if (!chosen.some(([, target]) => target !== null && anyOf.includes(target))) problems.push({ path: 'mapping', message });
  if (problems.length > 0) throw new InvalidInput(problems);
}

function isSameWork(row: BatchRow, options: ImportOptions): boolean {
  return JSON.stringify(optionsOf(row)) === JSON.stringify(options);
}

const working: readonly string[] = ['dry-running', 'running', 'undoing'];

/** Queues the counting of what an import would do. Its job does it at once; nothing is written. */
export function startDryRun(ctx: Context, id: string, options: ImportOptions): Promise<ImportBatch> {
  return inTransaction(ctx, async (ctx) => {
    const row = await requireBatch(ctx, id);
    refuseUnfit(row, options);
    if (working.includes(row.state)) throw new ImportNotReady('This import is being worked on. Wait until it ends, or cancel it.');
    if (await hasImported(ctx.db, id)) throw new ImportNotReady('Rows of this file are imported already. Undo that first, or upload the file again.');
    await start(ctx, row, { state: 'dry-running', options });
    return getImport(ctx, id);
  });
}

async function start(
  ctx: Context,
  row: BatchRow,
  { state, options }: { readonly state: 'dry-running' | 'running'; readonly options: ImportOptions },
): Promise<void> {
  const isResumed = state === 'running' && row.reached_row > 0;
  const progress = isResumed ? progressOf(row) : emptyProgress(state === 'running' ? 'import' : 'dry-run', analysisOf(row).rowCount);
  await moveBatch(
    ctx,
    { id: row.id, states: [row.state as ImportBatch['state']] },
    {
      state,
      object: options.object,
      options: JSON.stringify(options),
      progress: JSON.stringify(progress),
      problem: null,
      lease_until: null,
      finished_at: null,
      ...(state === 'running' && row.stamp === null ? { stamp: isoNow(ctx) } : {}),
    },
  );
}

/**
 * Queues an import. One that stopped half-way goes on after the last row it finished.
 * @throws ImportNotReady when it is done, being worked on, or half done with other options
 */
export function startRun(ctx: Context, id: string, options: ImportOptions): Promise<ImportBatch> {
  return inTransaction(ctx, async (ctx) => {
    const row = await requireBatch(ctx, id);
    refuseUnfit(row, options);
    if (working.includes(row.state)) throw new ImportNotReady('This import is being worked on. Wait until it ends, or cancel it.');
    if (row.state === 'done') throw new ImportNotReady('This file is imported already. Undo the import, or upload the file again to bring in changes.');
    if (row.reached_row > 0 && !isSameWork(row, options)) {
      throw new ImportNotReady('A part of this file is imported with other choices. Go on with the same ones, or undo that part first.');
    }
    await start(ctx, row, { state: 'running', options });
    await recordAct(ctx, {
      action: 'import.started',
      target: { kind: 'import', id, name: row.file_name },
      detail: { object: options.object, rows: analysisOf(row).rowCount },
    });
    return getImport(ctx, id);
  });
}

/** Stops the work. What is imported by then stays and can be undone; a dry run simply ends. */
export function cancelImport(ctx: Context, id: string): Promise<ImportBatch> {
  return inTransaction(ctx, async (ctx) => {
    const row = await requireBatch(ctx, id);
    if (row.state !== 'running' && row.state !== 'dry-running') throw new ImportNotReady('This import is not running, so there is nothing to cancel.');
    await moveBatch(ctx, { id, states: [row.state] }, { state: 'cancelled', lease_until: null, finished_at: isoNow(ctx) });
    await recordAct(ctx, { action: 'import.cancelled', target: { kind: 'import', id, name: row.file_name }, detail: { rows: progressOf(row).rowsDone } });
    return getImport(ctx, id);
  });
}

/** Queues the undoing of all a batch did. */
export function undoImport(ctx: Context, id: string): Promise<ImportBatch> {
  return inTransaction(ctx, async (ctx) => {
    const row = await requireBatch(ctx, id);
    if (working.includes(row.state)) throw new ImportNotReady('This import is being worked on. Wait until it ends, or cancel it.');
    if (!(await hasImported(ctx.db, id))) throw new ImportNotReady('This import has brought nothing in that could be undone.');
    const progress = await startUndoing(ctx, row);
    await moveBatch(
      ctx,
      { id, states: [row.state as ImportBatch['state']] },
      { state: 'undoing', progress: JSON.stringify(progress), problem: null, lease_until: null, release_after: null, finished_at: null },
    );
    return getImport(ctx, id);
  });
}

/** Forgets a batch that imported nothing, with its file. */
export function removeImport(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const row = await requireBatch(ctx, id);
    if (working.includes(row.state) || (await hasImported(ctx.db, id)))
      throw new ImportNotReady('Only an import that brought nothing in can be removed. Undo it first.');
    await deleteBatch(ctx.db, id);
    await rm(path.join(ctx.folder.imports, path.basename(row.file_path)), { force: true });
  });
}

/** Begins to show the tickets of a batch to their customers; the job goes on with it. */
export function releaseImport(ctx: Context, id: string): Promise<ImportBatch> {
  return inTransaction(ctx, async (ctx) => {
    const row = await requireBatch(ctx, id);
    if (row.object !== 'tickets') throw new ImportNotReady('Only imported tickets are hidden from customers. There is nothing to release here.');
    if (working.includes(row.state)) throw new ImportNotReady('This import is being worked on. Wait until it ends.');
    if (!(await hasImported(ctx.db, id))) throw new ImportNotReady('This import has brought no tickets in.');
    await changeBatch(ctx.db, { id, states: [row.state] }, { release_after: 0 });
    return getImport(ctx, id);
  });
}

const linesAtOnce = 500;

/** The rows that were refused or remarked on, as a CSV file, piece by piece. */
export async function* errorFile(ctx: Context, id: string): AsyncGenerator<string> {
  const analysis = analysisOf(await requireBatch(ctx, id));
  yield errorFileHeader(analysis);
  let after = 0;
  for (;;) {
    const rows = await ctx.hot.all(errorsAfter, { batchId: id, after, limit: linesAtOnce });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield errorFileLines(
      analysis,
      rows.map((row) => ({
        rowNumber: row.row_number,
        values: JSON.parse(row.row_values) as string[], // Written by run-import.
        column: row.column_name,
        message: row.kind === 'remark' ? `Imported, but: ${row.message}` : row.message,
      })),
    );
  }
}
