import { createHash } from 'node:crypto';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import type { AuditEntry, AuditQuery } from './audit.contract.ts';
import { findNewestEntry, insertEntry, listChain, listEntries, type AuditRow } from './audit.queries.ts';

/** An administrative act. `detail` holds what changed, never message bodies or secrets. */
export interface AuditedAct {
  readonly action: string;
  readonly target?: { readonly kind: string; readonly id: string; readonly name: string };
  readonly detail?: Readonly<Record<string, unknown>>;
}

function hashOf(row: Omit<AuditRow, 'seq' | 'hash'>): string {
  const fields = [
    row.previous_hash,
    row.at,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.action,
    row.target_kind,
    row.target_id,
    row.target_name,
    row.detail,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Writes an act down, chained to the one before. Call it inside the transaction that does the act. */
export function recordAct(ctx: Context, act: AuditedAct): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const previous = await findNewestEntry(ctx.db);
    const row = {
      at: isoNow(ctx),
      actor_kind: ctx.actor.kind,
      actor_id: ctx.actor.id,
      actor_name: ctx.actor.name,
      action: act.action,
      target_kind: act.target?.kind ?? null,
      target_id: act.target?.id ?? null,
      target_name: act.target?.name ?? null,
      detail: JSON.stringify(act.detail ?? {}),
      previous_hash: previous?.hash ?? '',
    };
    await insertEntry(ctx.db, { ...row, hash: hashOf(row) });
  });
}

function toAuditEntry(row: AuditRow): AuditEntry {
  const target = row.target_kind === null ? null : { kind: row.target_kind, id: row.target_id ?? '', name: row.target_name ?? '' };
  return {
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    action: row.action,
    target,
    detail: JSON.parse(row.detail) as AuditEntry['detail'], // Written by recordAct above.
  };
}

function splitTarget(target: string): { readonly kind: string; readonly id: string } {
  const [kind = '', ...id] = target.split(':');
  return { kind, id: id.join(':') };
}

/** The log, newest first. */
export async function listAuditLog(ctx: Context, query: AuditQuery): Promise<Page<AuditEntry>> {
  const before = query.cursor === undefined ? undefined : Number(decodeCursor(query.cursor, 1)?.[0]);
  const target = query.target === undefined ? undefined : splitTarget(query.target);
  const rows = await listEntries(ctx.db, { limit: query.limit + 1, before, action: query.action, target });
  return toPage(rows, query.limit, { item: toAuditEntry, key: (row) => [row.seq] });
}

/** Walks the whole chain; the number of the first entry that was tampered with, or null. */
export async function firstBrokenEntry(ctx: Context): Promise<number | null> {
  let after = 0;
  let previousHash = '';
  for (;;) {
    const rows = await listChain(ctx.db, { after, limit: 1000 });
    for (const row of rows) {
      if (row.previous_hash !== previousHash || row.hash !== hashOf(row)) return row.seq;
      previousHash = row.hash;
      after = row.seq;
    }
    if (rows.length < 1000) return null;
  }
}
