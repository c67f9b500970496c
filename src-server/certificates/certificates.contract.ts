import { z } from 'zod';
import { IsoTime } from '../kernel/primitives.contract.ts';

/** A DNS name or an address as people type it; `https://`, a port or a path behind it is a mistake worth naming. */
const HostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, 'A host name has at most 253 characters.')
  .refine((name) => !/[/:@?#]/u.test(name) || /^[\da-f:]+$/u.test(name), 'Write only the name, such as help.example.com, without https://, a port or a path.')
  .refine(
    (name) =>
      name === '' ||
      /^[\da-f:]+$/u.test(name) ||
      /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u.test(name),
    'This is not a host name: use letters, digits, hyphens and dots, such as help.example.com.',
  );

export const AddressSettings = z.object({
  /** DNS name customers and phones use; empty: the PC's address on the network. */
  hostName: HostName.default(''),
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
  /** SHA-256 of the certificate phones must trust once; null when the certificate was uploaded. */
  authorityFingerprint: z.string().nullable(),
  /** Where a phone finds that certificate; null when none is needed. */
  bootstrapUrl: z.string().nullable(),
  /** Live checks, in order; the first that fails says what to do. */
  checks: z.array(z.object({ check: z.string(), ok: z.boolean(), message: z.string() })),
});
export type AddressState = z.infer<typeof AddressState>;
