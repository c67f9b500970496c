import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

// A sending is one press of a form's button. Its key is kept for a day, so that a second press finds what the first did.

interface SendingKey {
  readonly scope: string;
  readonly key: string;
}

export function findSending(db: Kysely<Tables>, { scope, key }: SendingKey) {
  return db.selectFrom('idempotency_keys').select('response').where('scope', '=', scope).where('key', '=', key).executeTakeFirst();
}

export async function insertSending(db: Kysely<Tables>, sending: SendingKey & { readonly response: string; readonly at: string }): Promise<void> {
  await db
    .insertInto('idempotency_keys')
    .values({ scope: sending.scope, key: sending.key, request_hash: '', status: 200, response: sending.response, created_at: sending.at })
    .execute();
}

export async function deleteSendingsBefore(db: Kysely<Tables>, { prefix, at }: { readonly prefix: string; readonly at: string }): Promise<void> {
  await db.deleteFrom('idempotency_keys').where('scope', '>=', prefix).where('scope', '<', `${prefix}\uFFFF`).where('created_at', '<', at).execute();
}
