import { actingAs, type Context } from '../kernel/context.ts';
import { findAgentName } from './calls.queries.ts';

/** What an agent does on their phone, they did: timelines, notes and tickets carry the agent’s name, not the phone’s. */
export async function asAgent(ctx: Context): Promise<Context> {
  if (ctx.actor.kind !== 'device') return ctx;
  const id = ctx.actor.agentId;
  const row = await findAgentName(ctx.db, id);
  return row === undefined ? ctx : actingAs(ctx, { kind: 'agent', id, name: row.name });
}
