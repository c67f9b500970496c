import { z } from 'zod';
import { Id, Language } from '../kernel/primitives.contract.ts';

/** How customers see and reach the portal. */
export const PortalSettings = z.object({
  isOn: z.boolean().default(false),
  title: z.string().trim().max(80).default('Support'),
  /** First part of the path, e.g. `support` in https://desk.example.lan:8443/support */
  slug: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/u, 'Use small letters, digits and hyphens.')
    .default('support'),
  languages: z.array(Language).min(1).default(['en', 'pl', 'de']),
  defaultLanguage: Language.default('en'),
  /** Brand colour, sRGB hex. */
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/u)
    .default('#0B5D5B'),
  visibility: z.enum(['own', 'company']).default('own'),
  /** false: a ticket's newest thread only. */
  showAllThreads: z.boolean().default(false),
  statusNames: z.enum(['open-closed', 'stages']).default('open-closed'),
  idleMinutes: z.number().int().min(5).max(43_200).default(30),
  canFileTickets: z.boolean().default(true),
  /** Where new tickets and replies without a conversation go; null = the first inbox. */
  inboxId: Id.nullable().default(null),
  maxAttachmentMegabytes: z.number().int().min(1).max(200).default(25),
});
export type PortalSettings = z.infer<typeof PortalSettings>;
