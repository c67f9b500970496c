import { sql } from 'kysely';
import type { Context } from '#server/kernel/context.ts';

interface ManyContacts {
  readonly count: number;
  /** The most recently active ones among them that are kept off the phones. */
  readonly keptOff?: number;
  /** Puts all of them into a list. */
  readonly listId?: string;
}

/**
 * Very many contacts with a name and a number, straight into the tables: by the front door they would take minutes. The
 * first was active last on 1 January 2025, each next one a minute later.
 */
export async function givenManyContacts(ctx: Context, { count, keptOff = 0, listId }: ManyContacts): Promise<void> {
  await sql`
    with recursive counted (n) as (select 1 union all select n + 1 from counted where n < ${count})
    insert into contacts (id, first_name, publish_to_phones, created_at, updated_at, last_activity_at, activity_rank)
    select 'many-' || n, 'Person ' || n, n <= ${count - keptOff}, made.at, made.at, made.at, n
    from (select n, strftime('%Y-%m-%dT%H:%M:%fZ', '2025-01-01', (n - 1) || ' minutes') as at from counted) as made
  `.execute(ctx.db);
  await sql`
    insert into phone_numbers (owner_kind, owner_id, field, position, raw, kind, e164, metadata_version)
    select 'contact', id, 'phone', 0, '+4860' || (1000000 + activity_rank), 'e164', '+4860' || (1000000 + activity_rank), ''
    from contacts where id like 'many-%'
  `.execute(ctx.db);
  if (listId === undefined) return;
  await sql`insert into list_members (list_id, contact_id, added_at) select ${listId}, id, created_at from contacts where id like 'many-%'`.execute(ctx.db);
}
