import type { Context } from '../kernel/context.ts';
import type { LiveEvent } from '../live/live.contract.ts';
import { publish } from '../live/live.service.ts';
import { listActiveDevicesOf } from './devices.queries.ts';

/** A phone that may be told something, and what it wants to know. */
export interface ListeningDevice {
  readonly id: string;
  readonly showsDeal: boolean;
  readonly showsCallers: boolean;
}

export async function listeningDevicesOf(ctx: Context, agentId: string): Promise<ListeningDevice[]> {
  const rows = await listActiveDevicesOf(ctx.db, agentId);
  return rows.map((row) => ({ id: row.id, showsDeal: row.show_deal === 1, showsCallers: row.caller_id === 1 }));
}

/** Tells all phones of an agent. */
export async function tellDevicesOf(
  ctx: Context,
  agentId: string | null,
  event: { readonly kind: LiveEvent['kind']; readonly payload: LiveEvent['payload'] },
): Promise<void> {
  if (agentId === null) return;
  for (const device of await listeningDevicesOf(ctx, agentId)) await publish(ctx, { audience: `device:${device.id}`, ...event });
}
