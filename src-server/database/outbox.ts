import { isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';

/** What leaves the building later: written in the transaction that causes it, sent by a job, so that nothing is sent for a change that was rolled back. */
export interface OutboxEntry {
  readonly kind: 'mail';
  readonly payload: object;
  /** Two entries with the same key are one. */
  readonly dedupeKey?: string;
  /** Not before this time; now when left out. */
  readonly notBefore?: Date;
}

export async function enqueue(ctx: Context, entry: OutboxEntry): Promise<void> {
  await ctx.db
    .insertInto('outbox')
    .values({
      id: newId(),
      kind: entry.kind,
      dedupe_key: entry.dedupeKey ?? null,
      payload: JSON.stringify(entry.payload),
      next_attempt_at: (entry.notBefore ?? ctx.now()).toISOString(),
      created_at: isoNow(ctx),
    })
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .execute();
}

/** Takes at most `limit` entries that are due and holds them for `leaseSeconds`, so that no other node takes them too. */
export function claimDue(ctx: Context, { kind, limit, leaseSeconds }: { readonly kind: string; readonly limit: number; readonly leaseSeconds: number }) {
  const now = isoNow(ctx);
  const leaseUntil = new Date(ctx.now().getTime() + leaseSeconds * 1000).toISOString();
  return ctx.db
    .updateTable('outbox')
    .set((row) => ({ lease_until: leaseUntil, attempts: row('attempts', '+', 1) }))
    .where('id', 'in', (due) =>
      due
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'waiting')
        .where('kind', '=', kind)
        .where('next_attempt_at', '<=', now)
        .where((lease) => lease.or([lease('lease_until', 'is', null), lease('lease_until', '<', now)]))
        .orderBy('next_attempt_at')
        .limit(limit),
    )
    .returningAll()
    .execute();
}

/** Settles a claimed entry: sent, to be tried again at `retryAt`, or given up. */
export async function settle(
  ctx: Context,
  id: string,
  result:
    | { readonly state: 'sent' }
    | { readonly state: 'waiting'; readonly retryAt: Date; readonly error: string }
    | { readonly state: 'failed'; readonly error: string },
): Promise<void> {
  await ctx.db
    .updateTable('outbox')
    .set({
      state: result.state,
      lease_until: null,
      last_error: result.state === 'sent' ? null : result.error,
      sent_at: result.state === 'sent' ? isoNow(ctx) : null,
      ...(result.state === 'waiting' ? { next_attempt_at: result.retryAt.toISOString() } : {}),
    })
    .where('id', '=', id)
    .execute();
}
