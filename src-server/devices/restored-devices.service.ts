import { recordAct } from '../audit/audit.service.ts';
import { rememberedRevocations } from '../backups/revocation-ledger.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { updateDevice } from './devices.queries.ts';

/** Locks out again the phones that were revoked once and that an older backup brought back. */
export function revokeRestoredDevices(ctx: Context): Promise<void> {
  const revoked = rememberedRevocations(ctx.folder.root);
  return inTransaction(ctx, async (ctx) => {
    for (const id of revoked) {
      const row = await updateDevice(ctx.db, id, { from: ['active'], set: { state: 'revoked', revoked_at: isoNow(ctx), directory_id: null } });
      if (row !== undefined) await recordAct(ctx, { action: 'device.revoked-again', target: { kind: 'device', id, name: row.name } });
    }
  });
}
