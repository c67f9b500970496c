import { isoNow, type Context } from '../kernel/context.ts';
import { hashSecret } from '../kernel/secrets.ts';
import { TooManyTries } from './members.errors.ts';
import { countTry } from './throttle.queries.ts';

export interface Throttle {
  readonly key: string;
  /** So many tries are let through in a window. */
  readonly most: number;
  readonly windowMinutes: number;
}

/** Names an account in the throttle's table, whether it is there or not, without keeping what was typed. */
export function accountKey(email: string): string {
  return `account:${hashSecret(email)}`;
}

/**
 * Counts a try before it is made.
 * @throws TooManyTries when the window's tries are used up.
 */
export async function takeTry(ctx: Context, throttle: Throttle): Promise<void> {
  const now = ctx.now().getTime();
  const windowEndsAt = new Date(now + throttle.windowMinutes * 60_000).toISOString();
  const row = await countTry(ctx.db, { key: throttle.key, now: isoNow(ctx), windowEndsAt });
  if (row.tries > throttle.most) throw new TooManyTries(Math.max(1, Math.ceil((Date.parse(row.window_ends_at) - now) / 60_000)));
}
