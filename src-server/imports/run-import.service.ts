import { existsSync } from 'node:fs';
import { recordAct } from '../audit/audit.service.ts';
import { DiskFailure, diskFailureOf } from '../database/disk-failure.ts';
import { AppError } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { analysisOf, announce, emptyProgress, ended, fileOf, leaseEnd, moveBatch, optionsOf, progressOf } from './batches.service.ts';
import { importCompanies } from './companies-importer.service.ts';
import { importContacts } from './contacts-importer.service.ts';
import { openCsv, type CsvRow } from './csv-file.ts';
import { zoneClock } from './dates.ts';
import { importDeals } from './deals-importer.service.ts';
import { propertyWriter } from './import-properties.service.ts';
import { kindOf, type Importer, type Outcome, type Run } from './import-run.ts';
import type { ImportBatch, ImportObject, ImportProgress } from './imports.contract.ts';
import { UnusableFile } from './imports.errors.ts';
import { changeBatch, deleteErrors, insertErrors, listAgents, type BatchRow } from './imports.queries.ts';
import { chosenColumns } from './row-reader.ts';
import { importTickets } from './tickets-importer.service.ts';
import { agentKey, loadNames, readAddresses } from './values.ts';

const importers: Readonly<Record<ImportObject, Importer>> = {
  contacts: importContacts,
  companies: importCompanies,
  tickets: importTickets,
  deals: importDeals,
};

/** Rows that are written together: large enough to be fast, small enough that nobody waits for them. */
const rowsAtOnce: Readonly<Record<ImportObject, number>> = { contacts: 500, companies: 250, tickets: 100, deals: 250 };
const errorsShown = 50;
const notesShown = 50;

/** What watches over work that takes long. */
export interface Watch {
  /** Asks the work to stop at the next good place. */
  readonly stopping?: AbortSignal | undefined;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Somebody cancelled the import while a piece was being written: the piece is taken back. */
class Cancelled extends Error {}

/** Finds agents by name or address. Owners come up again and again, so what was found is remembered. */
async function agentFinder(ctx: Context): Promise<(text: string) => string | undefined> {
  const agents = new Map<string, string>();
  for (const agent of await listAgents(ctx.db)) {
    agents.set(agentKey(agent.name), agent.id);
    if (agent.email !== null) agents.set(agent.email.toLowerCase(), agent.id);
  }
  const found = new Map<string, string | undefined>();
  return (text) => {
    if (found.has(text)) return found.get(text);
    const [address] = readAddresses(text);
    const agentId = agents.get(agentKey(text.replace(/\s*[(<].*$/u, ''))) ?? (address === undefined ? undefined : agents.get(address));
    if (found.size < 10_000) found.set(text, agentId);
    return agentId;
  };
}

async function prepareRun(ctx: Context, batch: BatchRow, isDryRun: boolean): Promise<Run> {
  const analysis = analysisOf(batch);
  const options = optionsOf(batch);
  if (options === null) throw new Error('An import runs with options.');
  const { country, timeZone } = await readSettings(ctx, companySettings);
  const columns = chosenColumns(analysis, options);
  return {
    batchId: batch.id,
    source: analysis.source,
    options,
    isDryRun,
    stamp: batch.stamp ?? isoNow(ctx),
    homeCountry: country,
    columns,
    width: analysis.columns.length,
    tools: { names: loadNames(), clock: zoneClock(timeZone), agentNamed: await agentFinder(ctx), country: options.defaultCountry },
    properties: await propertyWriter(ctx, { object: kindOf[options.object], columns, isDryRun }),
    seen: new Set(),
    notes: new Set(),
  };
}

function advanced(
  before: ImportProgress,
  { outcome, rowsDone, notes }: { readonly outcome: Outcome; readonly rowsDone: number; readonly notes: ReadonlySet<string> },
): ImportProgress {
  const errors = outcome.messages.filter((message) => message.kind === 'error').map(({ row, column, message }) => ({ row: row.number, column, message }));
  return {
    ...before,
    rowsDone,
    rowsTotal: Math.max(before.rowsTotal, rowsDone),
    created: before.created + outcome.created,
    updated: before.updated + outcome.updated,
    unchanged: before.unchanged + outcome.unchanged,
    failed: before.failed + outcome.failed,
    unreadableNumbers: before.unreadableNumbers + outcome.unreadableNumbers,
    errors: [...before.errors, ...errors].slice(0, errorsShown),
    notes: [...new Set([...(before.notes ?? []), ...notes])].slice(0, notesShown),
  };
}

async function saveMessages(ctx: Context, batchId: string, { messages }: Outcome): Promise<void> {
  for (let start = 0; start < messages.length; start += 200) {
    await insertErrors(
      ctx.db,
      messages.slice(start, start + 200).map(({ row, kind, column, message }) => ({
        batch_id: batchId,
        row_number: row.number,
        kind,
        column_name: column,
        message,
        row_values: JSON.stringify(row.values),
      })),
    );
  }
}

/** Writes a piece of rows with all that is known of them afterwards, or nothing of it. */
async function writePiece(
  ctx: Context,
  run: Run,
  { rows, before }: { readonly rows: readonly CsvRow[]; readonly before: ImportProgress },
): Promise<ImportProgress> {
  const importer = importers[run.options.object];
  const rowsDone = rows.at(-1)?.number ?? before.rowsDone;
  const from = { id: run.batchId, states: [run.isDryRun ? 'dry-running' : 'running'] };
  // A dry run reads without a transaction, so that nobody waits for it.
  const dry = run.isDryRun ? await importer(ctx, run, rows) : undefined;
  return inTransaction(ctx, async (ctx) => {
    // First of all, so that no other process writes between what is read and what is written here.
    if (!(await changeBatch(ctx.db, from, { lease_until: leaseEnd(ctx) }))) throw new Cancelled();
    const stamped = { ...ctx, now: () => new Date(run.stamp) };
    const outcome = dry ?? (await importer(stamped, run, rows));
    await saveMessages(ctx, run.batchId, outcome);
    const progress = advanced(before, { outcome, rowsDone, notes: run.notes });
    await changeBatch(ctx.db, from, { progress: JSON.stringify(progress), ...(run.isDryRun ? {} : { reached_row: rowsDone }) });
    await announce(ctx, { id: run.batchId, state: run.isDryRun ? 'dry-running' : 'running', progress });
    return progress;
  });
}

/** What is left of a file, in pieces. */
async function* piecesOf(rows: AsyncGenerator<CsvRow>, { after, size }: { readonly after: number; readonly size: number }): AsyncGenerator<CsvRow[]> {
  let piece: CsvRow[] = [];
  for await (const row of rows) {
    if (row.number <= after) continue;
    piece.push(row);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

async function goThrough(ctx: Context, batch: BatchRow, watch: Watch): Promise<ImportProgress> {
  const isDryRun = batch.state === 'dry-running';
  const run = await prepareRun(ctx, batch, isDryRun);
  const after = isDryRun ? 0 : batch.reached_row;
  let progress = after > 0 ? progressOf(batch) : emptyProgress(isDryRun ? 'dry-run' : 'import', analysisOf(batch).rowCount);
  if (after === 0) await deleteErrors(ctx.db, batch.id);
  if (!existsSync(fileOf(ctx, batch))) throw new UnusableFile('The uploaded file is not kept any more. Upload it again.');
  const csv = await openCsv(fileOf(ctx, batch), analysisOf(batch).format);
  try {
    for await (const rows of piecesOf(csv.rows(), { after, size: rowsAtOnce[run.options.object] })) {
      if (watch.stopping?.aborted === true) throw new Stopped(progress);
      progress = await writePiece(ctx, run, { rows, before: progress });
      watch.onProgress?.(progress);
    }
  } finally {
    csv.close();
  }
  return { ...progress, rowsTotal: progress.rowsDone };
}

/** The server ends. What is done stays done. */
class Stopped extends Error {
  readonly progress: ImportProgress;

  constructor(progress: ImportProgress) {
    super('stopped');
    this.progress = progress;
  }
}

export function interruption(progress: ImportProgress): string {
  const rows = `${progress.rowsDone.toLocaleString('en')} of ${progress.rowsTotal.toLocaleString('en')} rows`;
  return `The import stopped after ${rows} because Doorline was ended. Run it again to go on, or undo what was imported.`;
}

function problemInWords(ctx: Context, thrown: unknown): string {
  const error = diskFailureOf(thrown) ?? thrown;
  if (error instanceof DiskFailure) return `${error.message} What was imported before stays; run the import again to go on.`;
  if (error instanceof AppError) return error.message;
  ctx.log.error({ err: error }, 'import failed');
  return 'Something went wrong here. What was imported before stays; run the import again to go on, or undo it.';
}

/**
 * Does a batch's dry run or import, whose lease the caller holds, and leaves the batch where it ended: checked, done,
 * failed or, if somebody cancelled it meanwhile, as it is.
 */
export async function runBatch(ctx: Context, batch: BatchRow, watch: Watch = {}): Promise<void> {
  const isDryRun = batch.state === 'dry-running';
  const from = { id: batch.id, states: [batch.state as ImportBatch['state']] };
  try {
    const progress = await goThrough(ctx, batch, watch);
    const finished = { progress: JSON.stringify(progress), ...ended(ctx, isDryRun ? 'checked' : 'done') };
    await inTransaction(ctx, async (ctx) => {
      if (!(await moveBatch(ctx, from, finished)) || isDryRun) return;
      const { created, updated, unchanged, failed } = progress;
      await recordAct(ctx, {
        action: 'import.finished',
        target: { kind: 'import', id: batch.id, name: batch.file_name },
        detail: { object: batch.object, created, updated, unchanged, failed },
      });
    });
  } catch (error) {
    if (error instanceof Cancelled) return;
    if (error instanceof Stopped) {
      await moveBatch(ctx, from, isDryRun ? ended(ctx, 'analysed') : ended(ctx, 'failed', interruption(error.progress)));
      return;
    }
    await moveBatch(ctx, from, ended(ctx, isDryRun ? 'analysed' : 'failed', problemInWords(ctx, error)));
  }
}
