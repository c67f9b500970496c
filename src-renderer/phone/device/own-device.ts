import type { DeviceMe } from '#server/devices/devices.contract.ts';
import { announceEnd, askFor } from './client.ts';
import { markReached } from './held-times.ts';

/** What the desk says of this phone. To one that is to be wiped it shows an empty directory, and says so here. */
export async function readOwnDevice(): Promise<DeviceMe> {
  const me = await askFor<DeviceMe>('/me');
  await markReached().catch(() => undefined);
  if (me.wipe) announceEnd('wipe');
  return me;
}
