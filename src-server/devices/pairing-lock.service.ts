import { recordAct } from '../audit/audit.service.ts';
import { countTry, currentTries } from '../database/throttles.ts';
import { rateKeyOf } from '../kernel/client-address.ts';
import { actingAs, inTransaction, systemActor, type Context } from '../kernel/context.ts';
import { PairingGone, PairingLocked } from './pairing.errors.ts';

const mostMisses = 20;
const lockSeconds = 600;
const mostMissesOfOneAddress = 5;

const missesKey = 'pairing:misses';
const lockKey = 'pairing:locked';

/**
 * Refuses while pairing is locked, because too many unknown codes came in.
 * @throws PairingLocked
 */
export async function refuseWhileLocked(ctx: Context): Promise<void> {
  if ((await currentTries(ctx, lockKey)) !== undefined) throw new PairingLocked();
}

/**
 * Counts an unknown code and says no. Only unknown codes are counted, never a phone that tries its own code again; the
 * twentieth within ten minutes locks pairing for ten more.
 */
export async function refuseMiss(ctx: Context, ip: string): Promise<PairingGone | PairingLocked> {
  return await inTransaction(ctx, async (ctx) => {
    const everywhere = await countTry(ctx, { key: missesKey, windowSeconds: lockSeconds });
    const here = await countTry(ctx, { key: `pairing:misses:${rateKeyOf(ip)}`, windowSeconds: 60 });
    if (everywhere.tries === mostMisses) {
      await countTry(ctx, { key: lockKey, windowSeconds: lockSeconds });
      await recordAct(actingAs(ctx, systemActor), { action: 'pairing.locked', detail: { wrongCodes: mostMisses, lastAddress: rateKeyOf(ip) } });
    }
    const isTooMuch = everywhere.tries >= mostMisses || here.tries > mostMissesOfOneAddress;
    return isTooMuch ? new PairingLocked() : new PairingGone();
  });
}
