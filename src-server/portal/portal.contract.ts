import { z } from 'zod';
import { Id, Language } from '../kernel/primitives.contract.ts';

const Slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/u, 'Use small letters, digits and hyphens.');

/** How customers see and reach the portal. */
export const PortalSettings = z.object({
  isOn: z.boolean().default(false),
  title: z.string().trim().min(1, 'Write the title customers see in their browser’s tab.').max(80).default('Support'),
  /** First part of the path, e.g. `support` in https://desk.example.lan:8443/support */
  slug: Slug.default('support'),
  /** Earlier slugs, which lead to the present one. Kept by the server. */
  formerSlugs: z.array(z.string()).default([]),
  languages: z.array(Language).min(1, 'Choose at least one language.').default(['en', 'pl', 'de']),
  defaultLanguage: Language.default('en'),
  /** Brand colour, sRGB hex. */
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/u, 'Write a colour such as #0B5D5B.')
    .default('#0B5D5B'),
  visibility: z.enum(['own', 'company']).default('own'),
  /** false: a ticket's newest thread only. */
  showAllThreads: z.boolean().default(false),
  statusNames: z.enum(['open-closed', 'stages']).default('open-closed'),
  idleMinutes: z.number().int().min(5, 'At least 5 minutes.').max(43_200, 'At most 30 days.').default(30),
  canFileTickets: z.boolean().default(true),
  /** Where new tickets and replies without a conversation go; null = the first inbox. */
  inboxId: Id.nullable().default(null),
  maxAttachmentMegabytes: z.number().int().min(1).max(200).default(25),
});
export type PortalSettings = z.infer<typeof PortalSettings>;

/** What an admin may write. What is left out takes its default. */
export const PortalSettingsInput = PortalSettings.omit({ formerSlugs: true });
export type PortalSettingsInput = z.infer<typeof PortalSettingsInput>;

/** The languages the portal can speak: one file in resources/locales each. */
export const PortalLanguages = z.object({ items: z.array(z.object({ code: Language, name: z.string() })) });
export type PortalLanguages = z.infer<typeof PortalLanguages>;
