import { plainAddress } from '../kernel/client-address.ts';
import { type Actor, isoNow, type Context } from '../kernel/context.ts';
import { hashSecret } from '../kernel/secrets.ts';
import { DeviceIsWiping, NotPaired } from './devices.errors.ts';
import { deviceByToken, updateDevice } from './devices.queries.ts';

const seenEverySeconds = 60;

/**
 * Who a bearer token belongs to. One indexed read; that the phone was seen is written at most once a minute.
 * @throws NotPaired; DeviceIsWiping unless `mayBeWiping`
 */
export async function deviceOfToken(
  ctx: Context,
  authorization: string | undefined,
  request: { readonly ip: string; readonly userAgent: string; readonly mayBeWiping: boolean },
): Promise<Actor> {
  const token = /^Bearer ([\w-]{20,200})$/u.exec(authorization ?? '')?.[1];
  const row = token === undefined ? undefined : await ctx.hot.first(deviceByToken, { tokenHash: hashSecret(token) });
  if (row === undefined || (row.state !== 'active' && row.state !== 'wiping')) throw new NotPaired();
  if (row.state === 'wiping' && !request.mayBeWiping) throw new DeviceIsWiping();

  const ip = plainAddress(request.ip);
  const seenBefore = new Date(ctx.now().getTime() - seenEverySeconds * 1000).toISOString();
  if (row.page_first_seen_at === null || row.last_seen_at === null || row.last_seen_at < seenBefore || row.last_ip !== ip) {
    await updateDevice(ctx.db, row.id, {
      from: [row.state],
      set: {
        last_seen_at: isoNow(ctx),
        last_ip: ip,
        user_agent: request.userAgent.slice(0, 300),
        page_first_seen_at: row.page_first_seen_at ?? isoNow(ctx),
      },
    });
  }
  return { kind: 'device', id: row.id, name: row.name, agentId: row.agent_id };
}
