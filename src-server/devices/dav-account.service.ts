import { recordAct } from '../audit/audit.service.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { publish } from '../live/live.service.ts';
import type { Device } from './devices.contract.ts';
import { unshared } from './account-sharing.ts';
import { AccountToLoad, NotPaired } from './devices.errors.ts';
import { endDroppedAccounts, findDevice, noteEndedLeases, updateDevice } from './devices.queries.ts';
import { endedPassword, isRenewedByTap, leaseEnd, renewedLease } from './lease.ts';
import { actOnPhoneInUse, announceDevice } from './devices.service.ts';
import { rememberReplaced } from './replaced-passwords.ts';

/**
 * Gives the phone that asks a fresh password for its address book; the former one stops with it. What was seen of the
 * former account says nothing about the new one, so it is forgotten.
 * @throws NotPaired
 */
export function renewDavPassword(ctx: Context, { leaseEndsAt }: { readonly leaseEndsAt: string | null }): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const password = newSecret(130);
    const before = await findDevice(ctx.db, ctx.actor.id);
    const row = await updateDevice(ctx.db, ctx.actor.id, {
      from: ['active'],
      set: {
        dav_password_hash: hashSecret(password),
        ...renewedLease(leaseEndsAt),
        dav_first_seen_at: null,
        dav_book_seen_at: null,
        dav_synced_at: null,
        dav_synced_seq: 0,
        dav_cards_synced: 0,
        dav_user_agent: null,
        ...unshared(isoNow(ctx)),
      },
    });
    if (row === undefined || before === undefined) throw new NotPaired();
    await rememberReplaced(ctx, before.dav_password_hash);
    await recordAct(ctx, { action: 'device.account-made', target: { kind: 'device', id: row.id, name: row.name }, detail: { leaseEndsAt } });
    await announceDevice(ctx, row);
    return password;
  });
}

async function askToRenew(ctx: Context, id: string, { set, action }: Parameters<typeof actOnPhoneInUse>[2]): Promise<Device> {
  return inTransaction(ctx, async (ctx) => {
    const device = await actOnPhoneInUse(ctx, id, { set: { ...set, lease_renewal_asked_at: isoNow(ctx) }, action });
    await publish(ctx, { audience: `device:${id}`, kind: 'settings', payload: { renewAccount: true } });
    return device;
  });
}

/** Asks the owner of the phone to renew its lease. Only they can say that they still have it, so it is said on the phone page. */
export function askForRenewal(ctx: Context, id: string): Promise<Device> {
  return askToRenew(ctx, id, { set: {}, action: 'device.renewal-asked' });
}

/** Refuses the password of a phone's address book at once, and asks the phone to have the account made anew. Its page goes on. */
export function stopAccount(ctx: Context, id: string): Promise<Device> {
  return inTransaction(ctx, async (ctx) => {
    const before = await findDevice(ctx.db, id);
    const set = { dav_password_hash: endedPassword, ...unshared(isoNow(ctx)) };
    const stopped = await askToRenew(ctx, id, { set, action: 'device.account-stopped' });
    if (before !== undefined) await rememberReplaced(ctx, before.dav_password_hash);
    return stopped;
  });
}

/**
 * The owner of a phone whose lease the desk ends says that they still have it: it begins anew with the same account.
 * @throws NotPaired, AccountToLoad
 */
export function renewLease(ctx: Context): Promise<{ readonly leaseEndsAt: string | null }> {
  return inTransaction(ctx, async (ctx) => {
    const device = await findDevice(ctx.db, ctx.actor.id);
    if (device?.state !== 'active') throw new NotPaired();
    if (!isRenewedByTap(device)) throw new AccountToLoad();
    const leaseEndsAt = leaseEnd(device.lease_days, ctx.now());
    await updateDevice(ctx.db, device.id, { from: ['active'], set: renewedLease(leaseEndsAt) });
    await recordAct(ctx, { action: 'device.lease-renewed', target: { kind: 'device', id: device.id, name: device.name }, detail: { leaseEndsAt } });
    await announceDevice(ctx, device);
    return { leaseEndsAt };
  });
}

/** An iPhone counts its lease from when it installed the profile, a little after the desk did. */
const graceSeconds = 86_400;

/**
 * Notes the leases that are over: from then on a phone's address book is empty. The password of an account that an
 * iPhone dropped by itself stops a day later; elsewhere it goes on, so that the owner can renew. The phone page does too.
 */
export async function endLeases(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const before = new Date(ctx.now().getTime() - graceSeconds * 1000).toISOString();
    await endDroppedAccounts(ctx.db, before);
    for (const row of await noteEndedLeases(ctx.db, isoNow(ctx))) {
      await recordAct(ctx, { action: 'device.lease-ended', target: { kind: 'device', id: row.id, name: row.name } });
      await publish(ctx, { audience: `device:${row.id}`, kind: 'settings', payload: { renewAccount: true } });
      await announceDevice(ctx, row);
    }
  });
}
