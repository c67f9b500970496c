import { recordAct } from '../audit/audit.service.ts';
import { rememberedEnds } from '../backups/revocation-ledger.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { startNewEpoch, updateDevice } from './devices.queries.ts';

/** Ends again the phones that an older backup brought back: those that had not confirmed their wipe are still to empty themselves. */
export function endRestoredDevices(ctx: Context): Promise<void> {
  const ends = rememberedEnds(ctx.folder.root);
  return inTransaction(ctx, async (ctx) => {
    for (const [id, end] of ends) {
      const at = isoNow(ctx);
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
