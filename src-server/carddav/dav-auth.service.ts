import { countTry, currentTries } from '../database/throttles.ts';
import type { Actor, Context } from '../kernel/context.ts';
import { hashSecret } from '../kernel/secrets.ts';
import { davDevice } from './carddav.queries.ts';

/** How a request that brings credentials is answered. A 401 stops iPhones for good, so it is said only when it is final. */
export type Admission =
  | { readonly kind: 'let in'; readonly actor: Actor }
  | { readonly kind: 'refused'; readonly deviceId?: string; readonly why: string }
  | { readonly kind: 'wait'; readonly deviceId: string; readonly seconds: number };

const mostWrong = 20;
const windowSeconds = 900;

/**
 * Who a user name and password belong to: one indexed read and one hash, because the passwords are random and long.
 * Wrong ones are counted for each phone, not for each address, behind which a whole office may be. The right one is let
 * in however many wrong ones came before: nobody can lock a phone out by guessing.
 */
export async function admit(ctx: Context, { user, password }: { readonly user: string; readonly password: string }): Promise<Admission> {
  const row = await ctx.hot.first(davDevice, { id: user });
  if (row === undefined) return { kind: 'refused', why: 'no such phone' };
  if (hashSecret(password) === row.dav_password_hash) {
    if (row.state !== 'active' && row.state !== 'wiping') return { kind: 'refused', deviceId: row.id, why: `this phone is ${row.state}` };
    return { kind: 'let in', actor: { kind: 'device', id: row.id, name: row.name, agentId: row.agent_id } };
  }
  const key = `dav:${row.id}`;
  const before = await currentTries(ctx, key);
  const now = before !== undefined && before.tries > mostWrong ? before : await countTry(ctx, { key, windowSeconds });
  if (now.tries <= mostWrong) return { kind: 'refused', deviceId: row.id, why: 'wrong password' };
  return { kind: 'wait', deviceId: row.id, seconds: Math.max(1, Math.ceil((Date.parse(now.endsAt) - ctx.now().getTime()) / 1000)) };
}
