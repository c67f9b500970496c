import { z } from 'zod';
import { Id, Money, pageOf, PageQuery } from '../kernel/primitives.contract.ts';

// What the phone page asks beyond the device API that other apps use: search, and one person's card.

/** A contact as a row of the phone's list. Never an address: phones get names and numbers. */
export const PhoneContactSummary = z.object({
  id: Id,
  name: z.string(),
  company: z.string().nullable(),
  number: z.object({ e164: z.string().nullable(), display: z.string() }).nullable(),
});
export type PhoneContactSummary = z.infer<typeof PhoneContactSummary>;
export const PhoneContactPage = pageOf(PhoneContactSummary);

export const PhoneContact = z.object({
  id: Id,
  name: z.string(),
  company: z.object({ id: Id, name: z.string() }).nullable(),
  jobTitle: z.string().nullable(),
  numbers: z.array(
    z.object({ field: z.enum(['phone', 'mobile', 'other']), e164: z.string().nullable(), extension: z.string().nullable(), display: z.string() }),
  ),
  openTickets: z.array(z.object({ id: Id, number: z.number().int(), subject: z.string() })),
  /** Only where this phone shows deals. */
  deal: z.object({ name: z.string(), value: Money.nullable() }).nullable(),
});
export type PhoneContact = z.infer<typeof PhoneContact>;

export const PhoneSearchQuery = PageQuery.extend({ search: z.string().trim().max(200).default('') });
export type PhoneSearchQuery = z.infer<typeof PhoneSearchQuery>;

/** A ticket as a search on the phone finds it. */
export const PhoneTicket = z.object({
  id: Id,
  number: z.number().int(),
  subject: z.string(),
  isOpen: z.boolean(),
  contact: z.object({ id: Id, name: z.string() }).nullable(),
});
export type PhoneTicket = z.infer<typeof PhoneTicket>;
export const PhoneTicketPage = pageOf(PhoneTicket);
