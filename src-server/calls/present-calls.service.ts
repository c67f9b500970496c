import type { Context } from '../kernel/context.ts';
import { newsOf } from './call-news.service.ts';
import type { PresentCalls } from './calls.contract.ts';
import { listPresentCalls } from './calls.queries.ts';
import { hearNumber } from './heard-number.service.ts';

/** So long after its start a call is believed to go on when nothing more was heard. */
const believed = { ringing: 2 * 60_000, answered: 3_600_000 } as const;

const mostShown = 5;

/** The calls that ring or go on, for a screen that opens in the middle of them. */
export async function presentCalls(ctx: Context): Promise<PresentCalls> {
  const found = await Promise.all(
    Object.entries(believed).map(([state, milliseconds]) =>
      listPresentCalls(ctx.db, { state, since: new Date(ctx.now().getTime() - milliseconds).toISOString(), limit: mostShown }),
    ),
  );
  const rows = found.flat().toSorted((one, other) => (one.started_at < other.started_at ? -1 : 1));
  const items = [];
  for (const row of rows.slice(-mostShown)) items.push(await newsOf(ctx, row.id, await hearNumber(ctx, row.number, row.agent_id)));
  return { items };
}
