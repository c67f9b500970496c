import type { Context } from '../kernel/context.ts';

/** Takes the next value of a named counter in one statement, so that two writers never get the same. Starts after `start`. */
export async function nextValue(ctx: Context, name: string, start = 0): Promise<number> {
  const row = await ctx.db
    .insertInto('counters')
    .values({ name, value: start + 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((counter) => ({ value: counter('counters.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value;
}
