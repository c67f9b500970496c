import { recordAct } from '../audit/audit.service.ts';
import { rememberedRevocations } from '../backups/revocation-ledger.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { listSourceRows, updateActiveSource } from './pbx.queries.ts';

/** How a key that was replaced is named in the ledger of revocations: by its hash, as the database keeps it. */
export function replacedKey(tokenHash: string): string {
  return `pbx-key:${tokenHash}`;
}

/** Locks out again the systems and keys that were ended once and that an older backup brought back. */
export function endRestoredKeys(ctx: Context): Promise<void> {
  const ended = rememberedRevocations(ctx.folder.root);
  return inTransaction(ctx, async (ctx) => {
    for (const { id, name, state, token_hash } of await listSourceRows(ctx.db)) {
      const isRevoked = ended.has(id);
      if (state !== 'active' || (!isRevoked && !ended.has(replacedKey(token_hash)))) continue;
      // A replaced key dies; its system stays, to be given a new one.
      await updateActiveSource(
        ctx.db,
        id,
        isRevoked ? { state: 'revoked', revoked_at: isoNow(ctx), directory_id: null } : { token_hash: hashSecret(newSecret(160)) },
      );
      await recordAct(ctx, { action: 'pbx.revoked-again', target: { kind: 'pbx', id, name } });
    }
  });
}
