import { z } from 'zod';

const Port = z
  .number()
  .int()
  .min(0, 'A port is a number from 1 to 65535; 0 takes a free one.')
  .max(65_535, 'A port is a number from 1 to 65535; 0 takes a free one.');

/** The directory as an admin switches it. Off until somebody wants it. */
export const LdapSettings = z.object({
  isOn: z.boolean().default(false),
  /** LDAP over TLS from the first byte. */
  tlsPort: Port.default(3636),
  /** Without TLS unless the client asks for StartTLS: keys and names can be read on the network. For telephones that know no other. */
  isPlainOn: z.boolean().default(false),
  plainPort: Port.default(3389),
});
export type LdapSettings = z.infer<typeof LdapSettings>;

/** What is wished, and what came of it. */
export const LdapState = z.object({
  settings: LdapSettings,
  /** The ports that are open now. */
  listening: z.object({ tlsPort: z.number().int().nullable(), plainPort: z.number().int().nullable() }),
  /** Why a port that should be open is not, in one sentence. */
  problem: z.string().nullable(),
  /** What to know about the choice made. */
  warning: z.string().nullable(),
  base: z.string(),
});
export type LdapState = z.infer<typeof LdapState>;
