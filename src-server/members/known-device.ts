import { randomBytes } from 'node:crypto';
import type { Context } from '../kernel/context.ts';

/** A browser that signed a member in before; see OWASP, “Device cookies to slow down online password guessing”. */
export interface KnownDevice {
  readonly memberId: string;
  readonly nonce: string;
}

/** How long a browser stays known. */
export const deviceLifeSeconds = 180 * 86_400;

/** A token that says which member this browser belongs to. Sealed, so that nobody else can make one. */
export function makeDeviceToken(ctx: Context, memberId: string): string {
  return ctx.folder.vault.seal(JSON.stringify({ device: [memberId, randomBytes(12).toString('base64url'), ctx.now().getTime()] }));
}

/** Reads a token back; undefined when it is not ours or too old. */
export function readDeviceToken(ctx: Context, token: string | undefined): KnownDevice | undefined {
  if (token === undefined || token.length > 400) return undefined;
  try {
    const { device } = JSON.parse(ctx.folder.vault.open(token)) as { device?: [memberId: string, nonce: string, at: number] };
    if (device === undefined || ctx.now().getTime() - device[2] > deviceLifeSeconds * 1000) return undefined;
    return { memberId: device[0], nonce: device[1] };
  } catch {
    // Changed, cut short, or sealed by another desk: then the browser is simply not known.
    return undefined;
  }
}
