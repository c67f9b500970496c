import { recordAct } from '../audit/audit.service.ts';
import { rememberedEnds } from '../backups/revocation-ledger.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { listAccounts, startNewEpoch, updateDevice } from './devices.queries.ts';
import { endedPassword } from './lease.ts';
import { movePairing, runningStates } from './pairings.queries.ts';
import { replacedPassword } from './replaced-passwords.ts';

/**
 * Stops again the passwords of address books that were replaced or stopped once. The phone knows a later one, which the
 * older database does not, so it is asked to load its account again.
 */
async function stopReplacedPasswords(ctx: Context, ended: ReadonlyMap<string, unknown>): Promise<void> {
  for (const { id, name, dav_password_hash } of await listAccounts(ctx.db)) {
    if (!ended.has(replacedPassword(dav_password_hash))) continue;
    const set = { dav_password_hash: endedPassword, lease_renewal_asked_at: isoNow(ctx) };
    await updateDevice(ctx.db, id, { from: ['active', 'wiping'], set });
    await recordAct(ctx, { action: 'device.account-stopped-again', target: { kind: 'device', id, name } });
  }
}

/**
 * Ends again the phones, the passwords and the pairings that an older backup brought back: phones that had not confirmed
 * their wipe are still to empty themselves.
 */
export function endRestoredDevices(ctx: Context): Promise<void> {
  const ends = rememberedEnds(ctx.folder.root);
  return inTransaction(ctx, async (ctx) => {
    await stopReplacedPasswords(ctx, ends);
    for (const [id, end] of ends) {
      // What is named with a prefix is no phone and no pairing.
      if (id.includes(':')) continue;
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
