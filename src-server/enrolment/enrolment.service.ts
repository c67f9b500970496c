import { portalAddress } from '../certificates/address.service.ts';
import { signAsDesk } from '../certificates/signing.service.ts';
import { activeServerCertificate } from '../certificates/certificates.service.ts';
import { countTry } from '../database/throttles.ts';
import { renewDavPassword } from '../devices/dav-account.service.ts';
import { readOwnDevice } from '../devices/device-self.service.ts';
import { serverName } from '../devices/devices.service.ts';
import { leaseEnd } from '../devices/lease.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { publish } from '../live/live.service.ts';
import { davx5Account } from './davx5.ts';
import type { AccountInput, AndroidAccount, IosAccount, TestCallInput } from './enrolment.contract.ts';
import { NoAccountYet, ProfileGone, TooManyAccounts } from './enrolment.errors.ts';
import { changeSetup, deleteLateHandovers, dropHandovers, findHandover, replaceHandover, startSetup, takeHandover } from './enrolment.queries.ts';
import { carddavProfile } from './ios-profile.ts';

/** How long a profile waits for the phone that asked for it: seconds. */
const waitsFor = 60;
const mostAccountsAnHour = 30;

async function refuseTooMany(ctx: Context): Promise<void> {
  const { tries } = await countTry(ctx, { key: `account:${ctx.actor.id}`, windowSeconds: 3600 });
  if (tries > mostAccountsAnHour) throw new TooManyAccounts();
}

/**
 * Makes the account of an iPhone anew and lays its profile ready behind an address that works once, for a minute. The
 * account that is on the phone stops; installing this one takes its place.
 * @throws NotPaired, TooManyAccounts
 */
export async function makeIosAccount(ctx: Context, { language }: AccountInput): Promise<IosAccount> {
  await refuseTooMany(ctx);
  const [address, deskName, device] = await Promise.all([portalAddress(ctx), serverName(ctx), readOwnDevice(ctx)]);
  const nonce = newSecret(130);
  const expiresAt = new Date(ctx.now().getTime() + waitsFor * 1000).toISOString();
  const leaseEndsAt = leaseEnd(device.lease_days, ctx.now());
  await inTransaction(ctx, async (ctx) => {
    const password = await renewDavPassword(ctx, { leaseEndsAt });
    const profile = carddavProfile({
      deviceId: device.id,
      password,
      hostName: address.hostName,
      port: address.port,
      deskName,
      leaseDays: device.lease_days,
      language,
      edition: isoNow(ctx),
    });
    await startSetup(ctx.db, { device_id: device.id, way: 'ios', account_made_at: isoNow(ctx) });
    await replaceHandover(ctx.db, {
      nonce_hash: hashSecret(nonce),
      device_id: device.id,
      profile_sealed: ctx.folder.vault.seal(profile.toString('utf8')),
      expires_at: expiresAt,
    });
  });
  return { url: `/pair/p/${nonce}.mobileconfig`, expiresAt, leaseEndsAt };
}

/** Whether the profile still waits. Looking does not use it up. */
export async function profileWaits(ctx: Context, nonce: string): Promise<boolean> {
  return (await findHandover(ctx.db, hashSecret(nonce), isoNow(ctx))) !== undefined;
}

/**
 * Hands out a waiting profile, signed, once.
 * @throws ProfileGone
 */
export async function takeProfile(ctx: Context, nonce: string): Promise<Buffer> {
  const profile = await inTransaction(ctx, async (ctx) => {
    const waiting = await findHandover(ctx.db, hashSecret(nonce), isoNow(ctx));
    const taken = await takeHandover(ctx.db, hashSecret(nonce), isoNow(ctx));
    if (waiting === undefined || taken === undefined) return undefined;
    await changeSetup(ctx.db, taken.device_id, { profile_fetched_at: isoNow(ctx) });
    await publish(ctx, { audience: `device:${taken.device_id}`, kind: 'settings', payload: { setup: 'profile' } });
    return ctx.folder.vault.open(taken.profile_sealed);
  });
  if (profile === undefined) throw new ProfileGone();
  return signAsDesk(ctx, Buffer.from(profile, 'utf8'));
}

/**
 * Makes the account of an Android phone anew, for DAVx5. The one before stops.
 * @throws NotPaired, TooManyAccounts
 */
export async function makeAndroidAccount(ctx: Context): Promise<AndroidAccount> {
  await refuseTooMany(ctx);
  const [address, certificate, device] = await Promise.all([portalAddress(ctx), activeServerCertificate(ctx), readOwnDevice(ctx)]);
  const deviceId = ctx.actor.id;
  const password = await inTransaction(ctx, async (ctx) => {
    const fresh = await renewDavPassword(ctx, { leaseEndsAt: leaseEnd(device.lease_days, ctx.now()) });
    await dropHandovers(ctx.db, deviceId);
    await startSetup(ctx.db, { device_id: deviceId, way: 'android', account_made_at: isoNow(ctx) });
    return fresh;
  });
  const links = davx5Account({ deviceId, password, hostName: address.hostName, port: address.port, helpUrl: `${address.origin}/phone/#/phone/setup` });
  return { ...links, userName: deviceId, password, serverFingerprint: inPairs(certificate?.fingerprint ?? '') };
}

/** `ab12…` as phones show it: `AB:12:…`. */
export function inPairs(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/../gu) ?? []).join(':');
}

/**
 * What the owner of the phone says of the call they tried it with.
 * @throws NoAccountYet
 */
export async function noteTestCall(ctx: Context, { showedName }: TestCallInput): Promise<void> {
  const set = { test_call_at: isoNow(ctx), test_call_worked: showedName ? 1 : 0 };
  if (!(await changeSetup(ctx.db, ctx.actor.id, set))) throw new NoAccountYet();
}

export function forgetLateProfiles(ctx: Context): Promise<void> {
  return deleteLateHandovers(ctx.db, isoNow(ctx));
}
