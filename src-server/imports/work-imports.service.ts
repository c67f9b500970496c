import { opendir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { recordAct } from '../audit/audit.service.ts';
import { actingAs, inTransaction, type Context } from '../kernel/context.ts';
import { releaseImportedTickets } from '../tickets/import-tickets.service.ts';
import { announce, ended, leaseEnd, moveBatch, progressOf, requireBatch } from './batches.service.ts';
import {
  changeBatch,
  findAgent,
  findBatch,
  listImportedAfter,
  releasingBatch,
  silentBatch,
  takeLease,
  waitingBatch,
  type BatchRow,
} from './imports.queries.ts';
import { interruption, runBatch, type Watch } from './run-import.service.ts';
import { undoBatch } from './undo-import.service.ts';

// Who does the work of imports: the server's job, or the command line in its own process. A lease on the batch keeps them
// apart, and tells after a power cut that nobody is at work any more.

const workStates = ['dry-running', 'running', 'undoing'] as const;
type WorkState = (typeof workStates)[number];

/** Takes the batch's work if nobody has it, does it to its end, and says whether it did. */
export async function workOn(ctx: Context, id: string, watch: Watch = {}): Promise<boolean> {
  const { state } = await requireBatch(ctx, id);
  const batch = isWork(state) ? await takeLease(ctx.db, { id, state, until: leaseEnd(ctx) }) : undefined;
  if (batch === undefined) return false;
  const starter = await findAgent(ctx.db, batch.created_by);
  // What the import writes is the work of whoever started it.
  const acting = starter === undefined ? ctx : actingAs(ctx, { kind: 'agent', id: starter.id, name: starter.name });
  await (batch.state === 'undoing' ? undoBatch(acting, batch, watch) : runBatch(acting, batch, watch));
  return true;
}

function isWork(state: string): state is WorkState {
  return (workStates as readonly string[]).includes(state);
}

/** Marks work whose process is gone, so that somebody can go on with it or undo it. */
export async function markInterrupted(ctx: Context): Promise<void> {
  const now = ctx.now().toISOString();
  for (const state of workStates) {
    const silent = await ctx.hot.first(silentBatch, { state, now });
    if (silent === undefined) continue;
    const row = await requireBatch(ctx, silent.id);
    await moveBatch(ctx, { id: row.id, states: [state] }, afterInterruption(ctx, row));
  }
}

function afterInterruption(ctx: Context, row: BatchRow): Parameters<typeof moveBatch>[2] {
  if (row.state === 'dry-running') return ended(ctx, 'analysed');
  const problem = row.state === 'undoing' ? 'Undoing was interrupted. Undo it again to go on.' : interruption(progressOf(row));
  return ended(ctx, 'failed', problem);
}

/** The job: marks what was interrupted, then does what is waiting, one after the other. */
export async function workOnImports(ctx: Context, stopping?: AbortSignal): Promise<void> {
  await markInterrupted(ctx);
  await releaseSome(ctx, stopping);
  for (const state of workStates) {
    const waiting = await ctx.hot.first(waitingBatch, { state });
    if (waiting !== undefined && stopping?.aborted !== true) await workOn(ctx, waiting.id, { stopping });
  }
}

const ticketsAtOnce = 100;

/** Shows tickets of batches that were released to their customers, a few at a time. */
async function releaseSome(ctx: Context, stopping: AbortSignal | undefined): Promise<void> {
  for (;;) {
    const batch = await ctx.hot.first(releasingBatch, {});
    if (batch === undefined || stopping?.aborted === true) return;
    await inTransaction(ctx, (ctx) => releasePiece(ctx, batch.id));
    await breathe();
  }
}

async function releasePiece(ctx: Context, id: string): Promise<void> {
  const row = await requireBatch(ctx, id);
  if (row.release_after === null) return;
  const page = await listImportedAfter(ctx.db, { batchId: id, kind: 'ticket', after: row.release_after, limit: ticketsAtOnce });
  const released = await releaseImportedTickets(
    ctx,
    page.map((imported) => imported.record_id),
  );
  const progress = progressOf(row);
  const count = (progress.released ?? 0) + released;
  const last = page.at(-1);
  const isDone = page.length < ticketsAtOnce || last === undefined;
  const next = { ...progress, released: count };
  await changeBatch(ctx.db, { id, states: [row.state] }, { progress: JSON.stringify(next), release_after: isDone ? null : last.row_number });
  await announce(ctx, { id, state: row.state, progress: next });
  if (isDone) await recordAct(ctx, { action: 'import.released', target: { kind: 'import', id, name: row.file_name }, detail: { tickets: count } });
}

const day = 86_400_000;
const daysKept = 30;

/**
 * Removes uploaded files that nobody needs: those of old imports, because they hold personal data that is long in the
 * database, and what a crash left of an upload, which belongs to no import.
 */
export async function forgetOldFiles(ctx: Context): Promise<void> {
  const now = ctx.now().getTime();
  for await (const entry of await opendir(ctx.folder.imports)) {
    const file = path.join(ctx.folder.imports, entry.name);
    const batch = await findBatch(ctx.db, path.parse(entry.name).name);
    if (batch === undefined) {
      const about = await stat(file).catch(() => undefined);
      // The row of a file that is just being uploaded is written afterwards.
      if (about?.isFile() === true && now - about.mtimeMs > day) await rm(file, { force: true });
    } else if (!isWork(batch.state) && Date.parse(batch.created_at) < now - daysKept * day) await rm(file, { force: true });
  }
}
