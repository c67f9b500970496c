import { z } from 'zod';
import { Id, Money } from '../kernel/primitives.contract.ts';

export const MatchKind = z.enum(['exact', 'alias', 'ddi', 'maybe']);
export type MatchKind = z.infer<typeof MatchKind>;

/** Who a number belongs to. `display` is the one line a phone shows. */
export const CallerMatch = z.object({
  match: MatchKind,
  display: z.string(),
  contact: z.object({ id: Id, firstName: z.string(), lastName: z.string() }).nullable(),
  company: z.object({ id: Id, name: z.string() }).nullable(),
  deal: z.object({ name: z.string(), value: Money.nullable() }).nullable(),
  openTickets: z.array(z.object({ id: Id, number: z.number().int(), subject: z.string() })),
  candidates: z.array(z.object({ id: Id, name: z.string() })),
});
export type CallerMatch = z.infer<typeof CallerMatch>;

/** A match with the steps that led to it, in words. For *simulate a call*. */
export const CallerExplanation = z.object({
  input: z.string(),
  e164: z.string().nullable(),
  isWithheld: z.boolean(),
  steps: z.array(z.object({ step: z.string(), outcome: z.string() })),
  result: CallerMatch.nullable(),
});
export type CallerExplanation = z.infer<typeof CallerExplanation>;

export const CallerQuery = z.object({ number: z.string().max(100), direction: z.enum(['in', 'out']).default('in') });
