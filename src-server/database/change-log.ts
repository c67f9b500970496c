import type { Kysely } from 'kysely';
import { isoNow, type Context } from '../kernel/context.ts';
import { hotRead } from './hot-reads.ts';
import { insertMany } from './insert-many.ts';
import type { Tables } from './tables.ts';

export type ChangedEntity = 'contact' | 'company' | 'deal' | 'list' | 'scope';

export interface Change {
  readonly entity: ChangedEntity;
  readonly entityId: string;
  readonly op: 'put' | 'delete';
}

/** Appends to the one change feed, inside the transaction that makes the change. */
export async function recordChanges(ctx: Context, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const at = isoNow(ctx);
  await insertMany(ctx.db, 'change_log', { rows: changes.map((change) => ({ entity: change.entity, entity_id: change.entityId, op: change.op, at })) });
}

/** The changes after `seq`, oldest first, at most `limit`. */
export function changesAfter(db: Kysely<Tables>, seq: number, limit: number) {
  return db.selectFrom('change_log').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute();
}

export const newestChange = hotRead<object>()((db) => db.selectFrom('change_log').select('seq').orderBy('seq', 'desc').limit(1));
