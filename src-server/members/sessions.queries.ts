import type { Insertable, Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { SessionsTable, Tables } from '../database/tables.ts';

/** Everything a page needs to know of its reader, in one look. */
export const sessionByHash = hotRead<{ tokenHash: string }>()((db, parameter) =>
  db
    .selectFrom('sessions')
    .innerJoin('members', 'members.id', 'sessions.member_id')
    .innerJoin('contacts', 'contacts.id', 'members.contact_id')
    .select([
      'sessions.id',
      'sessions.csrf_secret',
      'sessions.last_seen_at',
      'sessions.expires_at',
      'members.id as member_id',
      'members.visibility',
      'contacts.id as contact_id',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'contacts.company_id',
    ])
    .where('sessions.token_hash', '=', parameter('tokenHash'))
    .where('members.state', '=', 'active'),
);

export async function insertSession(db: Kysely<Tables>, row: Insertable<SessionsTable>): Promise<void> {
  await db.insertInto('sessions').values(row).execute();
}

export async function updateLastSeen(db: Kysely<Tables>, tokenHash: string, at: string): Promise<void> {
  await db.updateTable('sessions').set({ last_seen_at: at }).where('token_hash', '=', tokenHash).execute();
}

export async function deleteSession(db: Kysely<Tables>, tokenHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
}

export async function deleteSessionOf(db: Kysely<Tables>, { memberId, id }: { readonly memberId: string; readonly id: string }): Promise<void> {
  await db.deleteFrom('sessions').where('member_id', '=', memberId).where('id', '=', id).execute();
}

export async function deleteSessionsOf(db: Kysely<Tables>, memberId: string): Promise<void> {
  await db.deleteFrom('sessions').where('member_id', '=', memberId).execute();
}

/** The sessions of a member that have not ended, the one used last first. */
export function listLiveSessions(db: Kysely<Tables>, query: { readonly memberId: string; readonly now: string; readonly seenSince: string }) {
  return db
    .selectFrom('sessions')
    .select(['id', 'created_at', 'last_seen_at', 'ip', 'user_agent'])
    .where('member_id', '=', query.memberId)
    .where('expires_at', '>', query.now)
    .where('last_seen_at', '>', query.seenSince)
    .orderBy('last_seen_at', 'desc')
    .limit(100)
    .execute();
}

export async function deleteSessionsEndedBefore(db: Kysely<Tables>, at: string): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<', at).execute();
}
