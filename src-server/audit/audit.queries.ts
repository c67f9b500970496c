import type { Insertable, Kysely, Selectable } from 'kysely';
import type { AuditLogTable, Tables } from '../database/tables.ts';

export type AuditRow = Selectable<AuditLogTable>;

export function findNewestEntry(db: Kysely<Tables>) {
  return db.selectFrom('audit_log').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
}

export async function insertEntry(db: Kysely<Tables>, entry: Insertable<AuditLogTable>): Promise<void> {
  await db.insertInto('audit_log').values(entry).execute();
}

export function listEntries(db: Kysely<Tables>, query: { readonly before?: number; readonly action?: string; readonly limit: number }) {
  return db
    .selectFrom('audit_log')
    .selectAll()
    .$if(query.before !== undefined, (entries) => entries.where('seq', '<', query.before ?? 0))
    .$if(query.action !== undefined, (entries) => entries.where('action', '=', query.action ?? ''))
    .orderBy('seq', 'desc')
    .limit(query.limit)
    .execute();
}

export function listChain(db: Kysely<Tables>, query: { readonly after: number; readonly limit: number }) {
  return db.selectFrom('audit_log').selectAll().where('seq', '>', query.after).orderBy('seq').limit(query.limit).execute();
}
