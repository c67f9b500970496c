import { sql, type Insertable, type Kysely, type Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { MemberLinksTable, MembersTable, Tables } from '../database/tables.ts';

// A member signs in with the address of their contact, so that there is one place to change it.

function membersWithContacts(db: Kysely<Tables>) {
  return db
    .selectFrom('members')
    .innerJoin('contacts', 'contacts.id', 'members.contact_id')
    .select([
      'members.id',
      'members.contact_id',
      'members.password_hash',
      'members.state',
      'members.visibility',
      'members.invited_at',
      'members.activated_at',
      'members.last_sign_in_at',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'contacts.language',
      'contacts.company_id',
    ]);
}

export type MemberRow = Awaited<ReturnType<ReturnType<typeof membersWithContacts>['executeTakeFirstOrThrow']>>;

export const memberByEmail = hotRead<{ email: string }>()((db, parameter) => membersWithContacts(db).where('contacts.email', '=', parameter('email')));

export function findMember(db: Kysely<Tables>, id: string) {
  return membersWithContacts(db).where('members.id', '=', id).executeTakeFirst();
}

export function findMemberOfContact(db: Kysely<Tables>, contactId: string) {
  return membersWithContacts(db).where('members.contact_id', '=', contactId).executeTakeFirst();
}

/** Newest members first. Ids grow with time, so the id is the key of the page. */
export function memberPage(db: Kysely<Tables>, query: { readonly state?: string; readonly before?: string; readonly limit: number }) {
  return membersWithContacts(db)
    .$if(query.state !== undefined, (members) => members.where('members.state', '=', query.state ?? ''))
    .$if(query.before !== undefined, (members) => members.where('members.id', '<', query.before ?? ''))
    .orderBy('members.id', 'desc')
    .limit(query.limit);
}

/** Members whose contact the match expression finds, the most recently active contact first. */
export function memberSearchPage(
  db: Kysely<Tables>,
  query: { readonly match: string; readonly state?: string; readonly before?: number; readonly limit: number },
) {
  // The index keeps a contact under its activity rank, so its rows come in the order of the page. Kysely has no words for MATCH and rowid.
  const found = sql<{
    rank: number;
  }>`(select rowid as rank from contact_search where contact_search match ${query.match} and rowid < ${query.before ?? Number.MAX_SAFE_INTEGER})`;
  return membersWithContacts(db)
    .select('contacts.activity_rank')
    .innerJoin(found.as('found'), 'found.rank', 'contacts.activity_rank')
    .$if(query.state !== undefined, (members) => members.where('members.state', '=', query.state ?? ''))
    .orderBy('found.rank', 'desc')
    .limit(query.limit);
}

export function findContact(db: Kysely<Tables>, id: string) {
  return db.selectFrom('contacts').select(['id', 'first_name', 'last_name', 'email', 'language', 'company_id']).where('id', '=', id).executeTakeFirst();
}

export async function insertMember(db: Kysely<Tables>, row: Insertable<MembersTable>): Promise<void> {
  await db.insertInto('members').values(row).execute();
}

export async function updateMember(db: Kysely<Tables>, id: string, patch: Updateable<MembersTable>): Promise<void> {
  await db.updateTable('members').set(patch).where('id', '=', id).execute();
}

/** Notes the sign-in unless the member was disabled or got another password since `passwordHash` was checked. */
export async function noteSignIn(db: Kysely<Tables>, signIn: { readonly id: string; readonly passwordHash: string; readonly at: string }): Promise<boolean> {
  const changed = await db
    .updateTable('members')
    .set({ last_sign_in_at: signIn.at })
    .where('id', '=', signIn.id)
    .where('state', '=', 'active')
    .where('password_hash', '=', signIn.passwordHash)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export const linkByHash = hotRead<{ tokenHash: string; now: string }>()((db, parameter) =>
  db
    .selectFrom('member_links')
    .innerJoin('members', 'members.id', 'member_links.member_id')
    .innerJoin('contacts', 'contacts.id', 'members.contact_id')
    .select([
      'members.id as member_id',
      'members.state',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'contacts.language',
      'member_links.kind',
    ])
    .where('member_links.token_hash', '=', parameter('tokenHash'))
    .where('member_links.used_at', 'is', null)
    .where('member_links.expires_at', '>', parameter('now'))
    .where('members.state', '!=', 'disabled'),
);

/** Uses the link up. One statement, so that of two posts at the same instant one wins. */
export function useLink(db: Kysely<Tables>, { tokenHash, at }: { readonly tokenHash: string; readonly at: string }) {
  return db
    .updateTable('member_links')
    .set({ used_at: at })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning(['member_id', 'kind'])
    .executeTakeFirst();
}

export async function insertLink(db: Kysely<Tables>, row: Insertable<MemberLinksTable>): Promise<void> {
  await db.insertInto('member_links').values(row).execute();
}

/** Ends every link of the member that still works. */
export async function endLinks(db: Kysely<Tables>, memberId: string, at: string): Promise<void> {
  await db.updateTable('member_links').set({ used_at: at }).where('member_id', '=', memberId).where('used_at', 'is', null).execute();
}

export async function deleteLinksEndedBefore(db: Kysely<Tables>, at: string): Promise<void> {
  await db.deleteFrom('member_links').where('expires_at', '<', at).execute();
}
