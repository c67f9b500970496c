import { recordAct } from '../audit/audit.service.ts';
import { readListeners } from '../certificates/listener-settings.ts';
import { AppError } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { deleteLinksBefore, insertLink, takeLink } from './console-links.queries.ts';

/** How long a link may be used: fifteen minutes. */
const lifetime = 15 * 60_000;

/** The link was used, is too old, or never was. */
export class LinkSpent extends AppError {
  readonly kind = 'gone';
  readonly code = 'console-link-spent';

  constructor() {
    super('This link was used already or is older than fifteen minutes. Get a new one with “npm start” or “npx doorline console --data DIR” on this PC.');
  }
}

/**
 * A link that opens the console in a browser on this PC, once, within fifteen minutes. Its code stands after `#`, so
 * that it reaches no log. Kept in the database, so that the command line can make one for a running server.
 */
export async function makeConsoleLink(ctx: Context): Promise<{ readonly url: string; readonly expiresAt: string }> {
  const code = newSecret();
  const expiresAt = new Date(ctx.now().getTime() + lifetime).toISOString();
  await inTransaction(ctx, async (ctx) => {
    await deleteLinksBefore(ctx.db, isoNow(ctx));
    await insertLink(ctx.db, { code_hash: hashSecret(code), expires_at: expiresAt });
  });
  const { adminPort } = await readListeners(ctx);
  return { url: `http://127.0.0.1:${adminPort}/#code=${code}`, expiresAt };
}

/** Spends a link's code. @throws LinkSpent */
export function spendConsoleLink(ctx: Context, code: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    if ((await takeLink(ctx.db, { codeHash: hashSecret(code), now: isoNow(ctx) })) === undefined) throw new LinkSpent();
    await recordAct(ctx, { action: 'console.opened' });
  });
}
