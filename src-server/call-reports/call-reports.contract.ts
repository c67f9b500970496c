import { z } from 'zod';
import { CallOutcome } from '../calls/calls.contract.ts';
import { Id } from '../kernel/primitives.contract.ts';

/** A day of the desk's own time zone: ISO 8601, YYYY-MM-DD. */
export const ReportDay = z.iso.date('Write a day as 2026-03-31.');

/** From one day to another, both included; one year at most. */
export const CallReportQuery = z
  .object({ from: ReportDay, to: ReportDay, agentId: Id.optional() })
  .refine((query) => query.from <= query.to, { path: ['to'], message: 'The last day must not be before the first.' })
  .refine((query) => Date.parse(query.to) - Date.parse(query.from) <= 366 * 86_400_000, { path: ['from'], message: 'Choose one year at most.' });
export type CallReportQuery = z.infer<typeof CallReportQuery>;

export const CallTotals = z.object({
  inbound: z.number().int(),
  outbound: z.number().int(),
  missed: z.number().int(),
  /** Of the inbound calls, how many were answered: 0 to 1. Null when none came in. */
  answeredShare: z.number().nullable(),
  talkSeconds: z.number().int(),
  /** Callers who were missed and spoken to within a week. */
  calledBack: z.number().int(),
  /** From the first missed call of such a caller, on average. */
  secondsToCallBack: z.number().int().nullable(),
});
export type CallTotals = z.infer<typeof CallTotals>;

export const CallReport = z.object({
  from: ReportDay,
  to: ReportDay,
  totals: CallTotals,
  /** The same number of days just before. */
  before: CallTotals,
  days: z.array(z.object({ day: ReportDay, answered: z.number().int(), outbound: z.number().int(), missed: z.number().int() })),
  agents: z.array(
    z.object({
      id: Id.nullable(),
      name: z.string(),
      answered: z.number().int(),
      outbound: z.number().int(),
      missed: z.number().int(),
      talkSeconds: z.number().int(),
    }),
  ),
  /** Inbound calls by weekday (ISO 8601: 1 is Monday) and hour; hours without any are left out. */
  hours: z.array(
    z.object({ weekday: z.number().int().min(1).max(7), hour: z.number().int().min(0).max(23), calls: z.number().int(), missed: z.number().int() }),
  ),
  outcomes: z.array(z.object({ outcome: CallOutcome, calls: z.number().int() })),
  callers: z.array(z.object({ kind: z.enum(['contact', 'company']), id: Id, name: z.string(), calls: z.number().int(), missed: z.number().int() })),
  /** False while days are still being counted, as after an upgrade. */
  isComplete: z.boolean(),
});
export type CallReport = z.infer<typeof CallReport>;
