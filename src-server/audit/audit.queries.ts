import type { Insertable, Kysely, Selectable } from 'kysely';
import type { AuditLogTable, Tables } from '../database/tables.ts';

export type AuditRow = Selectable<AuditLogTable>;

export function findNewestEntry(db: Kysely<Tables>) {
  return db.selectFrom('audit_log').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
}

export async function insertEntry(db: Kysely<Tables>, entry: Insertable<AuditLogTable>): Promise<void> {
  await db.insertInto('audit_log').values(entry).execute();
}

interface EntriesQuery {
  readonly before?: number | undefined;
  readonly action?: string | undefined;
  readonly target?: { readonly kind: string; readonly id: string } | undefined;
  readonly limit: number;
}

export function listEntries(db: Kysely<Tables>, { before, action, target, limit }: EntriesQuery) {
  return db
    .selectFrom('audit_log')
    .selectAll()
    .$if(before !== undefined, (entries) => entries.where('seq', '<', before ?? 0))
    .$if(action !== undefined, (entries) => entries.where('action', '=', action ?? ''))
    .$if(target !== undefined, (entries) => entries.where('target_kind', '=', target?.kind ?? '').where('target_id', '=', target?.id ?? ''))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

export function listChain(db: Kysely<Tables>, query: { readonly after: number; readonly limit: number }) {
  return db.selectFrom('audit_log').selectAll().where('seq', '>', query.after).orderBy('seq').limit(query.limit).execute();
}
