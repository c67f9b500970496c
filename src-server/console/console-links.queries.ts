import type { Insertable, Kysely } from 'kysely';
import type { ConsoleLinksTable, Tables } from '../database/tables.ts';

export async function insertLink(db: Kysely<Tables>, row: Insertable<ConsoleLinksTable>): Promise<void> {
  await db.insertInto('console_links').values(row).execute();
}

/** Takes a link that is still good; one statement, so that of two browsers only one gets in. */
export function takeLink(db: Kysely<Tables>, link: { readonly codeHash: string; readonly now: string }) {
  return db.deleteFrom('console_links').where('code_hash', '=', link.codeHash).where('expires_at', '>', link.now).returning('code_hash').executeTakeFirst();
}

export async function deleteLinksBefore(db: Kysely<Tables>, now: string): Promise<void> {
  await db.deleteFrom('console_links').where('expires_at', '<=', now).execute();
}
