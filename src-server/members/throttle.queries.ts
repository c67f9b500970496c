import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** Counts a try and says how many there were in this window. One statement, so that tries at the same instant all count. */
export function countTry(db: Kysely<Tables>, { key, now, windowEndsAt }: { readonly key: string; readonly now: string; readonly windowEndsAt: string }) {
  return db
    .insertInto('throttles')
    .values({ key, tries: 1, window_ends_at: windowEndsAt })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((row) => ({
        tries: row
          .case()
          .when('throttles.window_ends_at', '<=', now)
          .then(1)
          .else(row('throttles.tries', '+', 1))
          .end(),
        window_ends_at: row.case().when('throttles.window_ends_at', '<=', now).then(windowEndsAt).else(row.ref('throttles.window_ends_at')).end(),
      })),
    )
    .returning(['tries', 'window_ends_at'])
    .executeTakeFirstOrThrow();
}

export async function takeBackTry(db: Kysely<Tables>, key: string): Promise<void> {
  await db
    .updateTable('throttles')
    .set((row) => ({ tries: row('tries', '-', 1) }))
    .where('key', '=', key)
    .where('tries', '>', 0)
    .execute();
}

export async function forgetTries(db: Kysely<Tables>, key: string): Promise<void> {
  await db.deleteFrom('throttles').where('key', '=', key).execute();
}

export async function deleteEndedWindows(db: Kysely<Tables>, now: string): Promise<void> {
  await db.deleteFrom('throttles').where('window_ends_at', '<=', now).execute();
}
