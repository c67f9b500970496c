import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { isoNow, type Context } from '../kernel/context.ts';

// Which phones, telephone systems, keys and passwords were ended, kept outside the database: one JSON object a line. A
// backup brings back an older database, but never this file, so a lost phone stays locked out whatever is restored.

const fileName = 'revoked-devices.jsonl';

function ledgerOf(root: string): string {
  return path.join(root, fileName);
}

/** How a phone ended: refused at once, or asked to empty itself, which it has not confirmed yet. */
type End = 'revoked' | 'wipe-requested';

/** Writes a revocation down for good, on disk before it resolves. */
export function rememberRevocation(ctx: Context, deviceId: string, end: End = 'revoked'): Promise<void> {
  const file = openSync(ledgerOf(ctx.folder.root), 'a', 0o600);
  try {
    writeSync(file, `${JSON.stringify({ id: deviceId, at: isoNow(ctx), end })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return Promise.resolve();
}

/** `unknown`: written down before it was told apart. */
type RememberedEnd = End | 'unknown';

function endOf(line: string): readonly (readonly [id: string, end: RememberedEnd])[] {
  try {
    const { id, end } = JSON.parse(line) as { readonly id?: unknown; readonly end?: unknown };
    return typeof id === 'string' ? [[id, end === 'wipe-requested' || end === 'revoked' ? end : 'unknown']] : [];
  } catch {
    // A line cut by a power failure was never acknowledged.
    return [];
  }
}

/** How every phone ended that ever did on this data folder; what came last counts. */
export function rememberedEnds(root: string): ReadonlyMap<string, RememberedEnd> {
  const file = ledgerOf(root);
  if (!existsSync(file)) return new Map();
  return new Map(readFileSync(file, 'utf8').split('\n').flatMap(endOf));
}

/** Everything that was ever revoked on this data folder. */
export function rememberedRevocations(root: string): ReadonlySet<string> {
  return new Set(rememberedEnds(root).keys());
}
