import { rememberRevocation } from '../backups/revocation-ledger.ts';
import type { Context } from '../kernel/context.ts';
import { endedPassword } from './lease.ts';

/** How a password that opens an address book no more is named in the ledger of revocations: by its hash, as the database keeps it. */
export function replacedPassword(passwordHash: string): string {
  return `dav-password:${passwordHash}`;
}

/** Writes down, outside the database, that a password stopped: restoring an older backup does not bring it back. */
export async function rememberReplaced(ctx: Context, passwordHash: string): Promise<void> {
  if (passwordHash !== endedPassword) await rememberRevocation(ctx, replacedPassword(passwordHash));
}
