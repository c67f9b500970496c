import { recordAct } from '../audit/audit.service.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { publish } from '../live/live.service.ts';
import type { Device } from './devices.contract.ts';
import { unshared } from './account-sharing.ts';
import { NotPaired } from './devices.errors.ts';
import { endedPassword, endLeasedAccounts, updateDevice } from './devices.queries.ts';
import { actOnPhoneInUse, announceDevice } from './devices.service.ts';

/**
 * Gives the phone that asks a fresh password for its address book; the former one stops with it. What was seen of the
 * former account says nothing about the new one, so it is forgotten.
 * @throws NotPaired
 */
export function renewDavPassword(ctx: Context, { leaseEndsAt }: { readonly leaseEndsAt: string | null }): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const password = newSecret(130);
    const row = await updateDevice(ctx.db, ctx.actor.id, {
      from: ['active'],
      set: {
        dav_password_hash: hashSecret(password),
        lease_ends_at: leaseEndsAt,
        lease_renewal_asked_at: null,
        dav_first_seen_at: null,
        dav_book_seen_at: null,
        dav_synced_at: null,
        dav_synced_seq: 0,
        dav_cards_synced: 0,
        dav_user_agent: null,
        ...unshared(isoNow(ctx)),
      },
    });
    if (row === undefined) throw new NotPaired();
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

/** Asks the phone to install its account again, so that its lease starts anew. Only its owner can do that, so it is said on the phone page. */
export function askForRenewal(ctx: Context, id: string): Promise<Device> {
  return askToRenew(ctx, id, { set: {}, action: 'device.renewal-asked' });
}

/** Refuses the password of a phone's address book at once, and asks the phone to have the account made anew. Its page goes on. */
export function stopAccount(ctx: Context, id: string): Promise<Device> {
  return askToRenew(ctx, id, { set: { dav_password_hash: endedPassword, ...unshared(isoNow(ctx)) }, action: 'device.account-stopped' });
}

/** An iPhone counts its lease from when it installed the profile, a little after the desk did. */
const graceSeconds = 86_400;

/** Stops the passwords of accounts whose lease is over: the phone dropped the account, or should have. Its page goes on. */
export async function endLeases(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const before = new Date(ctx.now().getTime() - graceSeconds * 1000).toISOString();
    for (const row of await endLeasedAccounts(ctx.db, before)) {
      await recordAct(ctx, { action: 'device.lease-ended', target: { kind: 'device', id: row.id, name: row.name } });
      await announceDevice(ctx, row);
    }
  });
}
