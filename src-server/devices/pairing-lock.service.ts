import { recordAct } from '../audit/audit.service.ts';
import { countTry, currentTries, forgetTries } from '../database/throttles.ts';
import { rateKeyOf } from '../kernel/client-address.ts';
import { actingAs, inTransaction, systemActor, type Context } from '../kernel/context.ts';
import { PairingGone, PairingLocked } from './pairing.errors.ts';

const mostMisses = 20;
const lockSeconds = 600;
const mostMissesOfOneAddress = 5;
/** What one address can add to the count for all, so that none alone keeps everybody from pairing. */
const mostCountedOfOneAddress = 4;

const missesKey = 'pairing:misses';
const lockKey = 'pairing:locked';

/** When pairing opens again by itself; null while it is open. */
export async function lockedUntil(ctx: Context): Promise<string | null> {
  return (await currentTries(ctx, lockKey))?.endsAt ?? null;
}

/**
 * Refuses while pairing is locked, because too many unknown codes came in.
 * @throws PairingLocked
 */
export async function refuseWhileLocked(ctx: Context): Promise<void> {
  if ((await lockedUntil(ctx)) !== null) throw new PairingLocked();
}

function missesOf(address: string): string {
  return `pairing:misses:${address}`;
}

/**
 * Counts an unknown code and says no. Only unknown codes are counted, never a phone that tries its own code again. The
 * sixth of an address within ten minutes is refused as too many; the twentieth of several addresses locks pairing for
 * everybody for ten minutes.
 */
export async function refuseMiss(ctx: Context, ip: string): Promise<PairingGone | PairingLocked> {
  const address = rateKeyOf(ip);
  const before = await currentTries(ctx, missesOf(address));
  // Nothing is written for what is refused anyway: a flood of codes must not keep the database busy.
  if (before !== undefined && before.tries >= mostMissesOfOneAddress) return new PairingLocked();

  return await inTransaction(ctx, async (ctx) => {
    const here = await countTry(ctx, { key: missesOf(address), windowSeconds: lockSeconds });
    if (here.tries > mostCountedOfOneAddress) return new PairingGone();
    const everywhere = await countTry(ctx, { key: missesKey, windowSeconds: lockSeconds });
    if (everywhere.tries === mostMisses) {
      await countTry(ctx, { key: lockKey, windowSeconds: lockSeconds });
      await recordAct(actingAs(ctx, systemActor), { action: 'pairing.locked', detail: { wrongCodes: mostMisses, lastAddress: address } });
    }
    return everywhere.tries >= mostMisses ? new PairingLocked() : new PairingGone();
  });
}

/** Opens pairing again before its time: the manager has looked into it. */
export async function unlockPairing(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await forgetTries(ctx, [lockKey, missesKey]);
    await recordAct(ctx, { action: 'pairing.unlocked' });
  });
}
