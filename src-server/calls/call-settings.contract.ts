import { z } from 'zod';

/** A time of the day: 24 hours, HH:MM. */
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'Write a time such as 09:00.');

/** What becomes of missed calls, and when the desk works. */
export const CallSettings = z.object({
  callBackTasks: z.boolean().default(true),
  /** How soon a missed caller is to be called back, in hours of work. */
  callBackHours: z.number().int('Write whole hours.').min(1, 'At least 1 hour.').max(72, 'At most 72 hours.').default(2),
  opens: ClockTime.default('08:00'),
  closes: ClockTime.default('17:00'),
  /** ISO 8601: 1 is Monday. */
  workdays: z.array(z.number().int().min(1).max(7)).min(1, 'Choose one day at least.').max(7).default([1, 2, 3, 4, 5]),
});
export type CallSettings = z.infer<typeof CallSettings>;

export const CallSettingsInput = CallSettings.refine((settings) => settings.opens < settings.closes, {
  path: ['closes'],
  message: 'The desk must close after it opens.',
});
