import { z } from 'zod';
import { Language } from '../kernel/primitives.contract.ts';
import { PortalSettingsInput } from './portal.contract.ts';

/** How the portal would look with these settings: nothing is stored. */
export const PortalPreviewInput = z.object({
  settings: PortalSettingsInput,
  language: Language,
  page: z.enum(['sign-in', 'tickets']),
  /** Shown instead of the stored one, while the company is still being named. */
  companyName: z.string().max(120).optional(),
});
export type PortalPreviewInput = z.infer<typeof PortalPreviewInput>;

/** A whole page without scripts, and its style sheet apart from it. The font named Inter comes from whoever shows it. */
export const PortalPreview = z.object({ html: z.string(), css: z.string() });
export type PortalPreview = z.infer<typeof PortalPreview>;
