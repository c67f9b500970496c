import { recordAct } from '../audit/audit.service.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { sharingOf, unshared } from './account-sharing.ts';
import type { Device } from './devices.contract.ts';
import { findDevice, updateDevice } from './devices.queries.ts';
import { actOnPhoneInUse, announceDevice } from './devices.service.ts';
import { listTrace } from './request-trace.queries.ts';

/** Keeps that a phone's account is used by two, until the manager looks into it. Called as its requests come in. */
export async function noteSharing(ctx: Context, deviceId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const row = await findDevice(ctx.db, deviceId);
    if (row?.state !== 'active') return;
    const sharing = sharingOf(await listTrace(ctx.db, deviceId), { now: ctx.now(), since: row.account_watched_from });
    if (sharing === undefined || (row.account_shared_at ?? '') >= sharing.at) return;
    const { at, ...sharers } = sharing;
    await updateDevice(ctx.db, deviceId, { from: ['active'], set: { account_shared_at: at, account_shared_by: JSON.stringify(sharers) } });
    if (row.account_shared_at !== null) return;
    await recordAct(ctx, { action: 'device.account-shared', target: { kind: 'device', id: deviceId, name: row.name }, detail: sharers });
    await announceDevice(ctx, row);
  });
}

/** The manager says that it is one phone after all: what was seen so far says nothing. */
export function dismissSharing(ctx: Context, id: string): Promise<Device> {
  return actOnPhoneInUse(ctx, id, { set: unshared(isoNow(ctx)), action: 'device.sharing-dismissed' });
}
