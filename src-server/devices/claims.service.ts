import { plainAddress } from '../kernel/client-address.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { hashSecret } from '../kernel/secrets.ts';
import { readDeskAddress } from './desk-address.service.ts';
import type { ClaimAnswer, ClaimInput, CompleteAnswer, CompleteInput } from './devices.contract.ts';
import { addDevice } from './devices.service.ts';
import { isSameNetwork } from './network.ts';
import { refuseMiss, refuseWhileLocked } from './pairing-lock.service.ts';
import { OtherNetwork, PairingGone, PairingWaits } from './pairing.errors.ts';
import { pairingCode, pairingTimes } from './pairing.ts';
import { claimIfOpen, findPairingByToken, movePairing, type PairingRow } from './pairings.queries.ts';
import { announcePairing, closeForGood, isoIn, ownNetworks, scopeOf } from './pairings.service.ts';

/** Where a request came from, as far as the socket tells. */
export interface Visitor {
  readonly ip: string;
  readonly userAgent: string;
}

async function refuseOtherNetwork(ctx: Context, pairing: PairingRow, ip: string): Promise<void> {
  if (pairing.allows_other_networks === 1 || isSameNetwork(ip, ownNetworks())) return;
  await inTransaction(ctx, async (ctx) => {
    const noted = await movePairing(ctx.db, pairing.id, { from: ['open'], now: isoNow(ctx), set: { refused_ip: plainAddress(ip) } });
    if (noted !== undefined) await announcePairing(ctx, noted);
  });
  throw new OtherNetwork();
}

/**
 * A phone shows the token it scanned. The first one gets the six digits to compare and nothing else; the code is used up.
 * @throws PairingGone, PairingLocked, OtherNetwork
 */
export async function claimPairing(ctx: Context, input: ClaimInput, visitor: Visitor): Promise<ClaimAnswer> {
  await refuseWhileLocked(ctx);
  const tokenHash = hashSecret(input.token);
  const pairing = await findPairingByToken(ctx.db, tokenHash);
  if (pairing === undefined) throw await refuseMiss(ctx, visitor.ip);
  if (pairing.state !== 'open' || pairing.expires_at <= isoNow(ctx)) throw new PairingGone();
  await refuseOtherNetwork(ctx, pairing, visitor.ip);

  const claimId = newId();
  const { fingerprint } = await readDeskAddress(ctx);
  const code = pairingCode({ token: input.token, fingerprint, claimId, deviceName: input.deviceName });
  const approvesItself = pairing.approves_itself === 1;
  await inTransaction(ctx, async (ctx) => {
    const claimed = await claimIfOpen(ctx.db, {
      tokenHash,
      now: isoNow(ctx),
      set: {
        state: approvesItself ? 'approved' : 'claimed',
        claim_id: claimId,
        claimed_name: input.deviceName,
        claimed_platform: input.platform,
        claimed_user_agent: visitor.userAgent.slice(0, 300),
        claimed_ip: plainAddress(visitor.ip),
        code,
        refused_ip: null,
        claimed_at: isoNow(ctx),
        expires_at: isoIn(ctx, approvesItself ? pairingTimes.toFetch : pairingTimes.toApprove),
      },
    });
    if (claimed === undefined) throw new PairingGone();
    await announcePairing(ctx, claimed);
  });
  return { claimId, code };
}

/**
 * Hands the phone its keys, once, after the manager approved.
 * @throws PairingWaits while nobody has decided; PairingGone, PairingLocked
 */
export async function completePairing(ctx: Context, input: CompleteInput, visitor: Visitor): Promise<CompleteAnswer> {
  const pairing = await findPairingByToken(ctx.db, hashSecret(input.token));
  if (pairing === undefined) {
    await refuseWhileLocked(ctx);
    throw await refuseMiss(ctx, visitor.ip);
  }
  if (pairing.claim_id !== input.claimId || pairing.expires_at <= isoNow(ctx)) throw new PairingGone();
  if (pairing.state === 'claimed') throw new PairingWaits();
  if (pairing.state !== 'approved') throw new PairingGone();

  const { origin } = await readDeskAddress(ctx);
  return await inTransaction(ctx, async (ctx) => {
    const deviceId = newId();
    const completed = await movePairing(ctx.db, pairing.id, { from: ['approved'], now: isoNow(ctx), set: { state: 'completed', device_id: deviceId } });
    if (completed === undefined) throw new PairingGone();
    await closeForGood(ctx, pairing.id);
    const added = await addDevice(ctx, {
      id: deviceId,
      name: pairing.device_label,
      agentId: pairing.agent_id,
      platform: pairing.claimed_platform ?? 'other',
      scope: scopeOf(pairing),
      leaseDays: pairing.lease_days,
      visitor,
    });
    await announcePairing(ctx, completed);
    return {
      deviceId,
      deviceToken: added.deviceToken,
      serverName: added.serverName,
      davUrl: `${origin}/dav/`,
      davUsername: deviceId,
      davPassword: added.davPassword,
    };
  });
}
