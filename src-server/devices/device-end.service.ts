import { recordAct } from '../audit/audit.service.ts';
import { rememberRevocation } from '../backups/revocation-ledger.ts';
import { NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { publish } from '../live/live.service.ts';
import type { Device } from './devices.contract.ts';
import { DeviceMovedOn } from './devices.errors.ts';
import { findDevice, startNewEpoch, updateDevice, type DeviceRow } from './devices.queries.ts';
import { announceDevice, getDevice } from './devices.service.ts';

// How a phone's time with the desk ends: revoked (refused at once) or wiped (empties itself first, then refused).

interface End {
  readonly from: readonly DeviceRow['state'][];
  readonly set: Parameters<typeof updateDevice>[2]['set'];
  readonly action: string;
}

async function end(ctx: Context, id: string, step: End): Promise<DeviceRow> {
  const row = await updateDevice(ctx.db, id, { from: step.from, set: step.set });
  if (row === undefined) {
    const present = await findDevice(ctx.db, id);
    if (present === undefined) throw new NotFound('This phone');
    throw new DeviceMovedOn(present.state);
  }
  // Outside the database, so that restoring an older backup does not bring the phone back.
  await rememberRevocation(ctx, id, row.state === 'wiping' ? 'wipe-requested' : 'revoked');
  await recordAct(ctx, { action: step.action, target: { kind: 'device', id, name: row.name } });
  await announceDevice(ctx, row);
  return row;
}

/** Refuses the phone from its next request on; its open event stream is told and closed. What it holds stays on it. */
export function revokeDevice(ctx: Context, id: string): Promise<Device> {
  return inTransaction(ctx, async (ctx) => {
    await end(ctx, id, { from: ['active', 'wiping'], set: { state: 'revoked', revoked_at: isoNow(ctx), directory_id: null }, action: 'device.revoked' });
    await publish(ctx, { audience: `device:${id}`, kind: 'wipe', payload: { reason: 'revoked' } });
    return getDevice(ctx, id);
  });
}

/** Makes the phone empty itself at its next sync. Its keys work until it has confirmed that, for nothing else. */
export function wipeDevice(ctx: Context, id: string): Promise<Device> {
  return inTransaction(ctx, async (ctx) => {
    await end(ctx, id, {
      from: ['active'],
      set: { state: 'wiping', wipe_requested_at: isoNow(ctx), directory_id: null, dav_emptied_at: null },
      action: 'device.wipe-requested',
    });
    await startNewEpoch(ctx.db, id);
    await publish(ctx, { audience: `device:${id}`, kind: 'wipe', payload: { reason: 'wipe' } });
    return getDevice(ctx, id);
  });
}

/** How contacts came onto a phone: its page or an app of ours, or its address book. Each is emptied by itself. */
type Road = 'page' | 'address book';

/** True when something is left on the phone that came by a road that has not confirmed yet. */
function isElsewhereLeft(row: DeviceRow, confirmed: Road): boolean {
  const isLeftOnPage = row.page_first_seen_at !== null && row.page_erased_at === null && confirmed !== 'page';
  return isLeftOnPage || (row.dav_first_seen_at !== null && row.dav_emptied_at === null && confirmed !== 'address book');
}

function confirmRoad(ctx: Context, road: Road, from: readonly DeviceRow['state'][]): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { id } = ctx.actor;
    const erased = road === 'page' ? { page_erased_at: isoNow(ctx) } : { dav_emptied_at: isoNow(ctx) };
    const row = await updateDevice(ctx.db, id, { from, set: erased });
    if (row === undefined) throw new DeviceMovedOn((await findDevice(ctx.db, id))?.state ?? 'gone');
    if (isElsewhereLeft(row, road)) {
      if (row.state === 'active') await wipeDevice(ctx, id);
      else await announceDevice(ctx, row);
      return;
    }
    await end(ctx, id, {
      from,
      set: { state: 'wiped', wipe_confirmed_at: isoNow(ctx), directory_id: null, contacts_synced: 0, dav_cards_synced: 0 },
      action: 'device.wiped',
    });
    await publish(ctx, { audience: `device:${id}`, kind: 'wipe', payload: { reason: 'wiped' } });
  });
}

/**
 * The phone says that it removed everything: asked to, or because its owner took it off the desk. It is refused from
 * now on, unless it has an address book too: that is emptied first.
 */
export function confirmWiped(ctx: Context): Promise<void> {
  return confirmRoad(ctx, 'page', ['active', 'wiping']);
}

/** The phone fetched its empty address book. It is refused from now on, unless its page has not confirmed yet. */
export function confirmEmptied(ctx: Context): Promise<void> {
  return confirmRoad(ctx, 'address book', ['wiping']);
}
