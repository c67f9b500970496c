import type { CallerMatch } from '../caller-id/caller-id.contract.ts';
import { findCaller } from '../caller-id/caller-id.service.ts';
import type { Context } from '../kernel/context.ts';
import { NotPaired } from './devices.errors.ts';
import { lookUpSwitches } from './devices.queries.ts';

/**
 * Who calls this phone: anybody who may be published, whether synced to it or not. Null when nobody is known, or when
 * caller ID is off for this phone. The deal comes only where it is wanted.
 */
export async function lookUp(ctx: Context, number: string): Promise<CallerMatch | null> {
  const device = await ctx.hot.first(lookUpSwitches, { id: ctx.actor.id });
  if (device === undefined) throw new NotPaired();
  if (device.caller_id === 0) return null;
  return findCaller(ctx, number, { agentId: device.agent_id, withoutDeal: device.show_deal === 0 });
}
