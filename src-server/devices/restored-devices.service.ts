import { recordAct } from '../audit/audit.service.ts';
import { rememberedEnds } from '../backups/revocation-ledger.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { startNewEpoch, updateDevice } from './devices.queries.ts';
import { movePairing, runningStates } from './pairings.queries.ts';

/**
 * Ends again the phones and the pairings that an older backup brought back: phones that had not confirmed their wipe are
 * still to empty themselves.
 */
export function endRestoredDevices(ctx: Context): Promise<void> {
  const ends = rememberedEnds(ctx.folder.root);
  return inTransaction(ctx, async (ctx) => {
    for (const [id, end] of ends) {
      const at = isoNow(ctx);
      await movePairing(ctx.db, id, { from: runningStates, now: at, set: { state: 'cancelled' } });
      const isWipe = end === 'wipe-requested';
      const set = isWipe ? { state: 'wiping', wipe_requested_at: at } : { state: 'revoked', revoked_at: at };
      const row = await updateDevice(ctx.db, id, { from: end === 'revoked' ? ['active', 'wiping'] : ['active'], set: { ...set, directory_id: null } });
      if (row === undefined) continue;
      if (isWipe) await startNewEpoch(ctx.db, id);
      const action = isWipe ? 'device.wipe-requested-again' : 'device.revoked-again';
      await recordAct(ctx, { action, target: { kind: 'device', id, name: row.name } });
    }
  });
}
