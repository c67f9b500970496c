import { z } from 'zod';
import { IsoTime } from '../kernel/primitives.contract.ts';

export const AddressSettings = z.object({
  /** DNS name customers and phones use; empty: the PC's address on the network. */
  hostName: z.string().trim().toLowerCase().max(253).default(''),
});
export type AddressSettings = z.infer<typeof AddressSettings>;

export const ServerCertificate = z.object({
  origin: z.enum(['local', 'uploaded']),
  names: z.array(z.string()),
  notBefore: IsoTime,
  notAfter: IsoTime,
  daysLeft: z.number().int(),
  /** SHA-256 of the DER, in upper-case hex pairs with colons, as phones and browsers show it. */
  fingerprint: z.string(),
  coversHostName: z.boolean(),
});
export type ServerCertificate = z.infer<typeof ServerCertificate>;

/** Every way in, with what it makes possible. */
export const AddressState = z.object({
  hostName: z.string(),
  port: z.number().int(),
  portalUrl: z.string(),
  addresses: z.array(z.object({ url: z.string(), kind: z.enum(['name', 'ip']), isCovered: z.boolean() })),
  certificate: ServerCertificate,
  authorityFingerprint: z.string().nullable(),
  /** Live checks, in order; the first that fails says what to do. */
  checks: z.array(z.object({ check: z.string(), ok: z.boolean(), message: z.string() })),
});
export type AddressState = z.infer<typeof AddressState>;
