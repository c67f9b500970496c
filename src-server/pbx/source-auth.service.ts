import { countTry, currentTries } from '../database/throttles.ts';
import { plainAddress, rateKeyOf } from '../kernel/client-address.ts';
import type { Context } from '../kernel/context.ts';
import { hashSecret } from '../kernel/secrets.ts';
import { isAllowedFrom } from './allowed-addresses.ts';
import { TooManyUnknownKeys } from './pbx.errors.ts';
import { sourceByToken, type SourceRow } from './pbx.queries.ts';

const unknownKeysAllowed = 60;
const windowSeconds = 600;

export type { SourceRow };

/** Whose key it is, or whose it would be if it did not come from another address. */
export interface KeyHolder {
  readonly source: SourceRow;
  readonly isAllowedHere: boolean;
}

/**
 * The active source a key belongs to. Undefined for a key nobody has, counted so that nobody tries many; a telephone
 * with a good key is never held up by others behind its address.
 * @throws TooManyUnknownKeys
 */
export async function holderOfKey(ctx: Context, key: string | undefined, clientIp: string): Promise<KeyHolder | undefined> {
  const isKey = key !== undefined && /^[0-9a-z]{20,100}$/u.test(key);
  const source = isKey ? await ctx.hot.first(sourceByToken, { tokenHash: hashSecret(key) }) : undefined;
  if (source?.state === 'active') return { source, isAllowedHere: isAllowedFrom(clientIp, JSON.parse(source.addresses) as string[]) }; // Written by sources.service.
  const throttle = `pbx-key:${rateKeyOf(plainAddress(clientIp))}`;
  const known = await currentTries(ctx, throttle);
  if (known !== undefined && known.tries >= unknownKeysAllowed) throw new TooManyUnknownKeys();
  await countTry(ctx, { key: throttle, windowSeconds });
  return undefined;
}
