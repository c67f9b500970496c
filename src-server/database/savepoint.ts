import { sql } from 'kysely';
import type { Context } from '../kernel/context.ts';

/**
 * Runs `work` inside the caller's transaction so that it may fail on its own: what it wrote before it threw is gone, what
 * the transaction wrote earlier stays.
 */
export async function inSavepoint<Result>(ctx: Context, work: () => Promise<Result>): Promise<Result> {
  // The same in SQLite and PostgreSQL; Kysely offers it only outside callbacks. Inner ones shadow outer ones.
  await sql`savepoint part`.execute(ctx.db);
  try {
    const result = await work();
    await sql`release savepoint part`.execute(ctx.db);
    return result;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(ctx.db);
    await sql`release savepoint part`.execute(ctx.db);
    throw error;
  }
}
