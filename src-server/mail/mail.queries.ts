import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export type MailRow = Awaited<ReturnType<typeof listMailRows>>[number];

export function listMailRows(db: Kysely<Tables>, query: { readonly state?: string; readonly before?: readonly [string, string]; readonly limit: number }) {
  const [createdAt, id] = query.before ?? ['', ''];
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('kind', '=', 'mail')
    .$if(query.state !== undefined, (mails) => mails.where('state', '=', query.state ?? ''))
    .$if(query.before !== undefined, (mails) => mails.where((row) => row(row.refTuple('created_at', 'id'), '<', row.tuple(createdAt, id))))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit)
    .execute();
}

export function retryRow(db: Kysely<Tables>, id: string, at: string) {
  return db
    .updateTable('outbox')
    .set({ state: 'waiting', next_attempt_at: at, attempts: 0, last_error: null })
    .where('id', '=', id)
    .where('kind', '=', 'mail')
    .where('state', '=', 'failed')
    .returningAll()
    .executeTakeFirst();
}
