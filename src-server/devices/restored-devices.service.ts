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
      const set = end === 'revoked' ? { state: 'revoked', revoked_at: at } : { state: 'wiping', wipe_requested_at: at };
      const row = await updateDevice(ctx.db, id, { from: end === 'revoked' ? ['active', 'wiping'] : ['active'], set: { ...set, directory_id: null } });
      if (row === undefined) continue;
      if (end === 'wipe-requested') await startNewEpoch(ctx.db, id);
      const action = end === 'revoked' ? 'device.revoked-again' : 'device.wipe-requested-again';
      await recordAct(ctx, { action, target: { kind: 'device', id, name: row.name } });
    }
  });
}
