import { z } from 'zod';
import { Id, IsoTime, pageOf } from '../kernel/primitives.contract.ts';

/**
 * One thing a card on a phone says that the contact or company does not: for a company, `company` is its own name. `mobile` and `phone` are numbers that were added, `number`
 * is one that was taken away.
 */
export const SuggestedChange = z.object({
  field: z.enum(['firstName', 'lastName', 'company', 'email', 'mobile', 'phone', 'number']),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type SuggestedChange = z.infer<typeof SuggestedChange>;

/** A change with its values as screens show them: numbers in the national format. */
export const ShownChange = SuggestedChange.extend({ display: z.object({ from: z.string().nullable(), to: z.string().nullable() }) });
export type ShownChange = z.infer<typeof ShownChange>;

/** What somebody changed in the address book of a phone. It changes nothing until an admin accepts it. */
export const SuggestedEdit = z.object({
  id: Id,
  at: IsoTime,
  phone: z.object({ id: Id, name: z.string(), agentName: z.string() }),
  /** Whose card it is. Neither: a new contact. */
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  company: z.object({ id: Id, name: z.string() }).nullable(),
  changes: z.array(ShownChange),
});
export type SuggestedEdit = z.infer<typeof SuggestedEdit>;
export const SuggestedEditPage = pageOf(SuggestedEdit).extend({ total: z.number().int() });
export type SuggestedEditPage = z.infer<typeof SuggestedEditPage>;

/** The contact that was changed or made, or the company that was changed. */
export const AcceptedEdit = z.object({ contactId: Id.nullable(), companyId: Id.nullable() });
export type AcceptedEdit = z.infer<typeof AcceptedEdit>;
