import { setImmediate as breathe } from 'node:timers/promises';
import { recordAct } from '../audit/audit.service.ts';
import { inSavepoint } from '../database/savepoint.ts';
import { AppError, InvalidInput } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { forgetTicketsOnTimelines, removeCompanies, removeContacts, removeDeals } from '../people/bulk-people.service.ts';
import { removeEmptyProperties } from '../people/properties.service.ts';
import { removeImportedTicket } from '../tickets/import-tickets.service.ts';
import { announce, emptyProgress, ended, leaseEnd, moveBatch, progressOf, requireBatch } from './batches.service.ts';
import { kindOf, type RecordKind, type Replaced } from './import-run.ts';
import type { ImportObject, ImportProgress } from './imports.contract.ts';
import {
  changeBatch,
  countImported,
  deleteErrors,
  deleteExternalIds,
  deleteExternalIdsOf,
  deleteImportedRow,
  insertErrors,
  listCompanies,
  listCompaniesInUse,
  listContacts,
  listContactsInUse,
  listDeals,
  listLastImported,
  listTickets,
  listTicketsInUse,
  type BatchRow,
  type ImportedRow,
} from './imports.queries.ts';
import { restoreFields } from './restore-fields.service.ts';
import type { Watch } from './run-import.service.ts';

// Undoing goes backwards through what the batch wrote down: what it made is removed, what it changed is put back, unless
// somebody has worked with it since. What stays is told.

const rowsAtOnce = 200;
const errorsShown = 50;

interface Kept {
  readonly row: ImportedRow;
  readonly message: string;
}

interface RecordNow {
  readonly id: string;
  readonly name: string;
  readonly updatedAt: string;
}

const readRecords: Readonly<Record<RecordKind, (ctx: Context, ids: readonly string[]) => Promise<RecordNow[]>>> = {
  contact: async (ctx, ids) =>
    (await listContacts(ctx.db, ids)).map((row) => ({
      id: row.id,
      name: `${row.first_name} ${row.last_name}`.trim() || (row.email ?? ''),
      updatedAt: row.updated_at,
    })),
  company: async (ctx, ids) => (await listCompanies(ctx.db, ids)).map((row) => ({ id: row.id, name: row.name, updatedAt: row.updated_at })),
  ticket: async (ctx, ids) => (await listTickets(ctx.db, ids)).map((row) => ({ id: row.id, name: `Ticket ${row.number}`, updatedAt: row.updated_at })),
  deal: async (ctx, ids) => (await listDeals(ctx.db, ids)).map((row) => ({ id: row.id, name: row.name, updatedAt: row.updated_at })),
};

async function recordsInUse(ctx: Context, kind: RecordKind, { ids, since }: { readonly ids: readonly string[]; readonly since: string }): Promise<Set<string>> {
  if (kind === 'contact') return listContactsInUse(ctx.db, ids);
  if (kind === 'company') return listCompaniesInUse(ctx.db, ids);
  return kind === 'ticket' ? listTicketsInUse(ctx.db, ids, since) : new Set();
}

async function removeRecords(ctx: Context, kind: RecordKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  if (kind === 'contact') await removeContacts(ctx, ids);
  if (kind === 'company') await removeCompanies(ctx, ids);
  if (kind === 'deal') await removeDeals(ctx, ids);
  if (kind === 'ticket') {
    for (const id of ids) await removeImportedTicket(ctx, id);
    await forgetTicketsOnTimelines(ctx, ids);
  }
  await deleteExternalIdsOf(ctx.db, ids);
}

/** Removes what the batch made, apart from what somebody changed or uses. */
async function undoCreated(
  ctx: Context,
  batch: BatchRow,
  { kind, rows }: { readonly kind: RecordKind; readonly rows: readonly ImportedRow[] },
): Promise<Kept[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.record_id);
  const now = new Map((await readRecords[kind](ctx, ids)).map((record) => [record.id, record]));
  const inUse = await recordsInUse(ctx, kind, { ids, since: batch.stamp ?? '' });
  const kept: Kept[] = [];
  const removable: string[] = [];
  for (const row of rows) {
    const record = now.get(row.record_id);
    if (record === undefined) continue;
    if (record.updatedAt !== batch.stamp) kept.push({ row, message: `${record.name} was changed since the import and stays.` });
    else if (inUse.has(record.id))
      kept.push({ row, message: `${record.name} stays because other records need it: tickets, calls, notes, deals, portal access or contacts.` });
    else removable.push(record.id);
  }
  await removeRecords(ctx, kind, removable);
  return kept;
}

/** Puts back what the batch replaced in one record, field by field. */
async function undoUpdated(ctx: Context, row: ImportedRow): Promise<Kept[]> {
  const replaced = JSON.parse(row.before ?? '{}') as Replaced; // Written by the importers.
  await deleteExternalIds(ctx.db, { recordId: row.record_id, externalIds: replaced.externalIds ?? [] });
  if (replaced.fields === undefined) return [];
  try {
    const changedSince = await inSavepoint(ctx, () =>
      restoreFields(ctx, { kind: row.record_kind as RecordKind, id: row.record_id, fields: replaced.fields ?? {}, updatedAt: replaced.updatedAt }),
    );
    return changedSince.map((message) => ({ row, message }));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return [{ row, message: error.message }];
  }
}

/** Takes back the last rows that are left. Undefined when there are none. */
async function undoPiece(ctx: Context, batch: BatchRow): Promise<{ readonly rows: readonly ImportedRow[]; readonly kept: readonly Kept[] } | undefined> {
  const rows = await listLastImported(ctx.db, batch.id, rowsAtOnce);
  if (rows.length === 0) return undefined;
  const kept: Kept[] = [];
  for (const row of rows) if (row.action === 'updated') kept.push(...(await undoUpdated(ctx, row)));
  // Companies come last: others belong to them.
  for (const kind of ['ticket', 'deal', 'contact', 'company'] as const) {
    await breathe();
    kept.push(...(await undoCreated(ctx, batch, { kind, rows: rows.filter((row) => row.action === 'created' && row.record_kind === kind) })));
  }
  for (const row of rows) await deleteImportedRow(ctx.db, row);
  return { rows, kept };
}

function advanced(before: ImportProgress, { rows, kept }: { readonly rows: readonly ImportedRow[]; readonly kept: readonly Kept[] }): ImportProgress {
  const keptIds = new Set(kept.map(({ row }) => row.record_id));
  const undone = rows.filter((row) => !keptIds.has(row.record_id));
  const errors = kept.map(({ row, message }) => ({ row: row.row_number, column: '', message }));
  return {
    ...before,
    rowsDone: before.rowsDone + rows.length,
    created: before.created + undone.filter((row) => row.action === 'created').length,
    updated: before.updated + undone.filter((row) => row.action === 'updated').length,
    failed: before.failed + keptIds.size,
    errors: [...before.errors, ...errors].slice(0, errorsShown),
  };
}

async function undoStep(ctx: Context, batch: BatchRow): Promise<ImportProgress | undefined> {
  return inTransaction(ctx, async (ctx) => {
    if (!(await changeBatch(ctx.db, { id: batch.id, states: ['undoing'] }, { lease_until: leaseEnd(ctx) }))) return undefined;
    const before = progressOf(await requireBatch(ctx, batch.id));
    const undone = await undoPiece(ctx, batch);
    if (undone === undefined) return undefined;
    for (const { row, message } of undone.kept) {
      await insertErrors(ctx.db, [{ batch_id: batch.id, row_number: row.row_number, kind: 'error', column_name: '', message, row_values: '[]' }]);
    }
    const progress = advanced(before, undone);
    await changeBatch(ctx.db, { id: batch.id, states: ['undoing'] }, { progress: JSON.stringify(progress) });
    await announce(ctx, { id: batch.id, state: 'undoing', progress });
    return progress;
  });
}

/** Counts what there is to undo and starts counting anew, unless an undoing that was interrupted goes on. */
export async function startUndoing(ctx: Context, batch: BatchRow): Promise<ImportProgress> {
  const before = progressOf(batch);
  const left = await countImported(ctx.db, batch.id);
  if (before.phase === 'undo') return { ...before, rowsTotal: before.rowsDone + left };
  await deleteErrors(ctx.db, batch.id);
  return emptyProgress('undo', left);
}

/** Undoes a batch whose lease the caller holds, and leaves it undone, or failed if it could not go to the end. */
export async function undoBatch(ctx: Context, batch: BatchRow, watch: Watch = {}): Promise<void> {
  const from = { id: batch.id, states: ['undoing'] as const };
  try {
    for (;;) {
      if (watch.stopping?.aborted === true) {
        await moveBatch(ctx, from, ended(ctx, 'failed', 'Undoing stopped because Doorline was ended. Undo it again to go on.'));
        return;
      }
      const progress = await undoStep(ctx, batch);
      if (progress === undefined) break;
      watch.onProgress?.(progress);
      await breathe();
    }
    await inTransaction(ctx, async (ctx) => {
      if (!(await moveBatch(ctx, from, { ...ended(ctx, 'undone'), reached_row: 0, stamp: null }))) return;
      // A file of hundreds of columns leaves no hundreds of empty properties behind.
      if (batch.stamp !== null) await removeEmptyProperties(ctx, { object: kindOf[batch.object as ImportObject], madeAt: batch.stamp });
      const { created, updated, failed } = progressOf(await requireBatch(ctx, batch.id));
      await recordAct(ctx, {
        action: 'import.undone',
        target: { kind: 'import', id: batch.id, name: batch.file_name },
        detail: { removed: created, restored: updated, kept: failed },
      });
    });
  } catch (error) {
    ctx.log.error({ err: error }, 'undoing an import failed');
    const reason = error instanceof AppError ? error.message : 'Something went wrong here.';
    await moveBatch(ctx, from, ended(ctx, 'failed', `${reason} What was undone so far stays undone; undo it again to go on.`));
  }
}
