import { isoNow, type Context } from '../kernel/context.ts';
import { hotRead } from './hot-reads.ts';

/** How many tries a window has seen, and when it ends (ISO 8601). */
export interface Tries {
  readonly tries: number;
  readonly endsAt: string;
}

const triesOf = hotRead<{ key: string; now: string }>()((db, parameter) =>
  db.selectFrom('throttles').select(['tries', 'window_ends_at as endsAt']).where('key', '=', parameter('key')).where('window_ends_at', '>', parameter('now')),
);

/** Counts a try under `key`, in one statement. The window starts with its first try and does not grow with later ones. */
export async function countTry(ctx: Context, { key, windowSeconds }: { readonly key: string; readonly windowSeconds: number }): Promise<Tries> {
  const now = isoNow(ctx);
  const endsAt = new Date(ctx.now().getTime() + windowSeconds * 1000).toISOString();
  const row = await ctx.db
    .insertInto('throttles')
    .values({ key, tries: 1, window_ends_at: endsAt })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((old) => ({
        tries: old
          .case()
          .when('throttles.window_ends_at', '<=', now)
          .then(1)
          .else(old('throttles.tries', '+', 1))
          .end(),
        window_ends_at: old.case().when('throttles.window_ends_at', '<=', now).then(endsAt).else(old.ref('throttles.window_ends_at')).end(),
      })),
    )
    .returning(['tries', 'window_ends_at'])
    .executeTakeFirstOrThrow();
  return { tries: row.tries, endsAt: row.window_ends_at };
}

/** The running window of `key`; undefined when there is none. */
export function currentTries(ctx: Context, key: string): Promise<Tries | undefined> {
  return ctx.hot.first(triesOf, { key, now: isoNow(ctx) });
}

/** Ends the windows of these keys before their time. */
export async function forgetTries(ctx: Context, keys: readonly string[]): Promise<void> {
  await ctx.db.deleteFrom('throttles').where('key', 'in', keys).execute();
}

/** Forgets windows that have ended. */
export async function forgetOldTries(ctx: Context): Promise<void> {
  await ctx.db.deleteFrom('throttles').where('window_ends_at', '<=', isoNow(ctx)).execute();
}
