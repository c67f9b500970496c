import { bootstrapOrigin, portalAddress } from '../certificates/address.service.ts';
import { publicKeyPin } from '../certificates/certificates.service.ts';
import type { Context } from '../kernel/context.ts';
import type { DeskAddress } from './pairing.ts';

/** Where phones reach this desk now, and by which key they recognise it. */
export async function readDeskAddress(ctx: Context): Promise<DeskAddress> {
  const [{ origin, hostName }, bootstrap, fingerprint] = await Promise.all([portalAddress(ctx), bootstrapOrigin(ctx), publicKeyPin(ctx)]);
  return { origin, hostName, bootstrapOrigin: bootstrap, fingerprint };
}
