import { z } from 'zod';
import { CountryCode, IsoTime, Language } from '../kernel/primitives.contract.ts';

/** Who runs this desk. */
export const CompanySettings = z.object({
  name: z.string().trim().max(120).default(''),
  /** Default country of telephone numbers written without a country code. */
  country: CountryCode.default('PL'),
  timeZone: z.string().max(64).default('Europe/Warsaw'),
  language: Language.default('en'),
});
export type CompanySettings = z.infer<typeof CompanySettings>;

const timeZones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
/** What the manager fills in: all of it, with a name. */
export const CompanyInput = z.object({
  name: z.string().trim().min(1, 'Write your company’s name as customers know it.').max(120),
  country: CountryCode,
  timeZone: z.string().refine((zone) => timeZones.has(zone), 'Choose a time zone from the list.'),
  language: Language,
});

export const setupSteps = ['company', 'address', 'contacts', 'portal', 'customer', 'phone'] as const;
export const SetupStep = z.enum(setupSteps);
export type SetupStep = z.infer<typeof SetupStep>;

/** How far the first-run wizard is. Each step says whether its result is really there, not whether it was clicked through. */
export const SetupState = z.object({
  finishedAt: IsoTime.nullable(),
  currentStep: SetupStep,
  steps: z.array(z.object({ step: SetupStep, isDone: z.boolean(), summary: z.string() })),
});
export type SetupState = z.infer<typeof SetupState>;

/** Where the manager is in the wizard. */
export const SetupStepInput = z.object({ currentStep: SetupStep });
