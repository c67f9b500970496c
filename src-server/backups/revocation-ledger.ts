import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { isoNow, type Context } from '../kernel/context.ts';

// Which phones and telephone systems were revoked, kept outside the database: one JSON object a line. A backup brings back an older database,
// but never this file, so a lost phone stays locked out whatever is restored.

const fileName = 'revoked-devices.jsonl';

function ledgerOf(root: string): string {
  return path.join(root, fileName);
}

/** Writes a revocation down for good, on disk before it resolves. */
export function rememberRevocation(ctx: Context, deviceId: string): Promise<void> {
  const file = openSync(ledgerOf(ctx.folder.root), 'a', 0o600);
  try {
    writeSync(file, `${JSON.stringify({ id: deviceId, at: isoNow(ctx) })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return Promise.resolve();
}

function idOf(line: string): string | undefined {
  try {
    const { id } = JSON.parse(line) as { readonly id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    // A line cut by a power failure was never acknowledged.
    return undefined;
  }
}

/** Every phone that was ever revoked on this data folder. */
export function rememberedRevocations(root: string): ReadonlySet<string> {
  const file = ledgerOf(root);
  if (!existsSync(file)) return new Set();
  return new Set(
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => idOf(line) ?? []),
  );
}
