import { createHash } from 'node:crypto';
import { AppError } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';

/** A key was sent again with another request. Answering it with the first one's answer would hide that nothing was done. */
export class KeyUsedTwice extends AppError {
  readonly kind = 'conflict';
  readonly code = 'idempotency-key-used-twice';

  constructor() {
    super('This Idempotency-Key was sent before with another content. Send each new request under a key of its own.');
  }
}

export interface OnceRequest {
  /** Whose key it is, e.g. `device:ID`; the same key of somebody else is another. */
  readonly scope: string;
  /** Undefined: the sender does not care, so the work is simply done. */
  readonly key: string | undefined;
  /** What is asked; the same key with another content is refused. */
  readonly content: unknown;
}

/**
 * Does the work once however often the request comes: a repetition gets the first answer. Key and work are one
 * transaction, so that work that failed may be tried again. The answer must survive JSON.
 * @throws KeyUsedTwice
 */
export function onceByKey<Answer>(ctx: Context, request: OnceRequest, work: (ctx: Context) => Promise<Answer>): Promise<Answer> {
  const { scope, key, content } = request;
  if (key === undefined) return work(ctx);
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return inTransaction(ctx, async (ctx) => {
    const taken = await ctx.db
      .insertInto('idempotency_keys')
      .values({ scope, key, request_hash: hash, status: 200, response: 'null', created_at: isoNow(ctx) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (taken.numInsertedOrUpdatedRows !== 1n) {
      const known = await ctx.db.selectFrom('idempotency_keys').selectAll().where('scope', '=', scope).where('key', '=', key).executeTakeFirstOrThrow();
      if (known.request_hash !== hash) throw new KeyUsedTwice();
      return JSON.parse(known.response) as Answer; // Written below.
    }
    const answer = await work(ctx);
    await ctx.db
      .updateTable('idempotency_keys')
      .set({ response: JSON.stringify(answer) })
      .where('scope', '=', scope)
      .where('key', '=', key)
      .execute();
    return answer;
  });
}

/** Forgets keys older than two days: nobody repeats a request for so long. */
export async function forgetOldKeys(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - 2 * 86_400_000).toISOString();
  await ctx.db.deleteFrom('idempotency_keys').where('created_at', '<', before).execute();
}
