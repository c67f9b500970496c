import { inTransaction, type Context } from '../kernel/context.ts';
import { NotPaired } from './devices.errors.ts';
import type { DeviceMe, MePatch } from './devices.contract.ts';
import { deviceById, listDeviceLists, updateDevice, type DeviceRow } from './devices.queries.ts';
import { needsRenewal } from './lease.ts';
import { announceDevice, scopeOfDevice, serverName, switchColumns, switchesOf } from './devices.service.ts';

// What a phone may know and change about itself.

/** The row of the phone that asks. */
export async function readOwnDevice(ctx: Context): Promise<DeviceRow> {
  const row = await ctx.hot.first(deviceById, { id: ctx.actor.id });
  if (row === undefined) throw new NotPaired();
  return row;
}

async function toMe(ctx: Context, row: DeviceRow): Promise<DeviceMe> {
  const lists = await listDeviceLists(ctx.db, [row.id]);
  return {
    deviceId: row.id,
    name: row.name,
    serverName: await serverName(ctx),
    settings: switchesOf(row),
    scope: scopeOfDevice(
      lists.map((list) => list.list_id),
      row,
    ),
    lastSyncAt: row.last_sync_at,
    contactsSynced: row.contacts_synced,
    accountEndsAt: row.lease_ends_at,
    renewAccount: needsRenewal(row, ctx.now()),
    wipe: row.state === 'wiping',
  };
}

export async function readMe(ctx: Context): Promise<DeviceMe> {
  return toMe(ctx, await readOwnDevice(ctx));
}

/** The phone turns its own switches. */
export function changeMe(ctx: Context, { settings, ...switches }: MePatch): Promise<DeviceMe> {
  return inTransaction(ctx, async (ctx) => {
    const set = switchColumns({ ...settings, ...switches });
    const row = Object.keys(set).length === 0 ? await readOwnDevice(ctx) : await updateDevice(ctx.db, ctx.actor.id, { from: ['active'], set });
    if (row === undefined) throw new NotPaired();
    await announceDevice(ctx, row);
    return toMe(ctx, row);
  });
}
