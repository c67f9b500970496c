import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { firstRankOf, placesAMinute, rankAfter } from './activity-rank.ts';

type Ranked = 'contacts' | 'companies';

function findNewest(db: Kysely<Tables>, table: Ranked) {
  return db.selectFrom(table).select(['activity_rank', 'last_activity_at']).orderBy('activity_rank', 'desc').limit(1).executeTakeFirst();
}

async function findLastWithin(db: Kysely<Tables>, table: Ranked, first: number): Promise<number | undefined> {
  const row = await db
    .selectFrom(table)
    .select('activity_rank')
    .where('activity_rank', '>=', first)
    .where('activity_rank', '<', first + placesAMinute)
    .orderBy('activity_rank', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.activity_rank;
}

/**
 * Gives free ranks for rows about to be written, each for its time of last activity; none is given twice. Use it inside
 * the transaction that writes them: for many rows it remembers what it gave, so that most cost no look at the database.
 */
export function rankGiver(db: Kysely<Tables>, table: Ranked, lastGiven: Map<number, number> = new Map()): (at: string) => Promise<number> {
  let newest: { rank: number; at: string } | undefined;

  async function rankAmongOlder(at: string): Promise<number> {
    for (let first = firstRankOf(at); ; first += placesAMinute) {
      const last = lastGiven.get(first) ?? (await findLastWithin(db, table, first)) ?? first - 1;
      if (last + 1 >= first + placesAMinute) continue;
      lastGiven.set(first, last + 1);
      return last + 1;
    }
  }

  return async function give(at) {
    if (newest === undefined) {
      const row = await findNewest(db, table);
      newest = { rank: row?.activity_rank ?? 0, at: row?.last_activity_at ?? '' };
    }
    if (at < newest.at) {
      const rank = await rankAmongOlder(at);
      // What shares the newest one's minute, or spilled past it, may come out above.
      newest.rank = Math.max(newest.rank, rank);
      return rank;
    }
    newest = { rank: rankAfter(newest.rank, at), at };
    lastGiven.set(Math.floor(newest.rank / placesAMinute) * placesAMinute, newest.rank);
    return newest.rank;
  };
}

const minutesAtOnce = 100;

/** As `rankGiver`, for rows whose times are known: their minutes are looked at a hundred at a time. */
export async function rankGiverFor(db: Kysely<Tables>, table: Ranked, times: readonly string[]): Promise<(at: string) => Promise<number>> {
  const minutes = [...new Set(times.map(firstRankOf))];
  const lastGiven = new Map<number, number>();
  for (let start = 0; start < minutes.length; start += minutesAtOnce) {
    const some = minutes.slice(start, start + minutesAtOnce);
    // Always as many, so that the statement is prepared once; a minute that is asked for twice is answered twice.
    const asked = Array.from({ length: minutesAtOnce }, (_, index) => sql`(${some[index] ?? some[0]})`);
    // Kysely has no list of values to select from. One seek for each.
    const { rows } = await sql<{ first: number; last: number | null }>`
      with wanted (first) as (values ${sql.join(asked)})
      select wanted.first, (
        select max(activity_rank) from ${sql.table(table)}
        where activity_rank >= wanted.first and activity_rank < wanted.first + ${sql.lit(placesAMinute)}
      ) as last from wanted`.execute(db);
    for (const { first, last } of rows) lastGiven.set(first, last ?? first - 1);
  }
  return rankGiver(db, table, lastGiven);
}

/** Moves a contact or company to the top, unless something newer is known of it. Its rank before and now; undefined when nothing moved. */
export async function raise(
  db: Kysely<Tables>,
  table: Ranked,
  { id, at }: { readonly id: string; readonly at: string },
): Promise<{ readonly from: number; readonly to: number } | undefined> {
  const before = await db.selectFrom(table).select(['activity_rank', 'last_activity_at']).where('id', '=', id).executeTakeFirst();
  if (before === undefined || before.last_activity_at > at) return undefined;
  const newest = await findNewest(db, table);
  const isNewest = newest?.activity_rank === before.activity_rank;
  const to = isNewest ? before.activity_rank : await rankGiver(db, table)(at);
  await db.updateTable(table).set({ last_activity_at: at, activity_rank: to }).where('id', '=', id).execute();
  return { from: before.activity_rank, to };
}
