import { z } from 'zod';
import type { Context } from '../kernel/context.ts';
import { changeSettings, defineSettings, readSettings } from '../settings/settings.service.ts';

/** Where the server listened last, kept in the database so that the command line can make links while it runs. */
export const Listeners = z.object({
  lanHost: z.string().default('0.0.0.0'),
  lanPort: z.number().int().default(8443),
  adminPort: z.number().int().default(8441),
  /** 0: there is no plain-HTTP door, because the certificate is trusted anyway. */
  bootstrapPort: z.number().int().default(0),
  /** The address of this PC that others most likely reach; empty until the server looked. */
  primaryAddress: z.string().default(''),
});
export type Listeners = z.infer<typeof Listeners>;

const listeners = defineSettings('listeners', Listeners);

export function readListeners(ctx: Context): Promise<Listeners> {
  return readSettings(ctx, listeners);
}

export async function rememberListeners(ctx: Context, changed: Partial<Listeners>): Promise<void> {
  const before = await readListeners(ctx);
  const isSame = Object.entries(changed).every(([name, value]) => before[name as keyof Listeners] === value);
  if (!isSame) await changeSettings(ctx, listeners, changed);
}
