import { z } from 'zod';
import { PhoneNumber } from '../people/people.contract.ts';

export const NumberRef = z.object({ id: z.coerce.number().int().positive() });
export type NumberRef = z.infer<typeof NumberRef>;

/** What only a person can know of a number. */
export const NumberMarks = z.object({
  /** All numbers that begin like this one belong to the same company. */
  isSwitchboard: z.boolean(),
  /** Several people answer it, even if only one is known: phones show the company. */
  isShared: z.boolean(),
  /** Of all who have this number, this one is meant. */
  isPinned: z.boolean(),
});
export type NumberMarks = z.infer<typeof NumberMarks>;
export const NumberMarksPatch = NumberMarks.partial();
export type NumberMarksPatch = z.infer<typeof NumberMarksPatch>;
export const MarkedNumber = PhoneNumber.extend(NumberMarks.shape);
export type MarkedNumber = z.infer<typeof MarkedNumber>;
