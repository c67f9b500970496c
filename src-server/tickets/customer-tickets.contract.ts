import { z } from 'zod';
import { Message, MessageInput } from '../conversations/conversations.contract.ts';
import { Id, IsoTime, pageOf, PageQuery, visible } from '../kernel/primitives.contract.ts';

// All that a customer may ever be told about a ticket. A field that is not named here never leaves the server on a
// customer's route: the serializer lists fields, it does not copy rows.

/** Who looks: a signed-in member of the portal. `visibility` is what their membership grants at this very request. */
export interface CustomerViewer {
  readonly memberId: string;
  readonly contactId: string;
  /** The contact's company now; with `visibility: 'company'` its tickets are visible too. */
  readonly companyId: string | null;
  readonly name: string;
  readonly visibility: 'own' | 'company';
}

/** A file of a message. `isInline`: the browser may show it in the page; everything else is only ever downloaded. */
export const CustomerAttachment = z.object({
  id: Id,
  fileName: z.string(),
  mediaType: z.string(),
  byteSize: z.number().int(),
  isInline: z.boolean(),
});
export type CustomerAttachment = z.infer<typeof CustomerAttachment>;

/** `publicName` (by language) is what the manager calls the stage for customers; null: say Open or Closed. */
export const CustomerStatus = z.object({ isOpen: z.boolean(), publicName: z.record(z.string(), z.string()).nullable() });
export type CustomerStatus = z.infer<typeof CustomerStatus>;

/** A ticket as a row of the customer's list. Customers name tickets by number. */
export const CustomerTicketSummary = z.object({
  number: z.number().int(),
  subject: z.string(),
  status: CustomerStatus,
  /** Whose answer is awaited; null: nobody's. */
  turn: z.enum(['team', 'customer']).nullable(),
  /** False: a colleague's ticket. */
  isMine: z.boolean(),
  /** Who asked. Null when that person is no longer known. */
  requesterName: z.string().nullable(),
  createdAt: IsoTime,
  /** Of what customers may see. */
  lastActivityAt: IsoTime,
});
export type CustomerTicketSummary = z.infer<typeof CustomerTicketSummary>;

/** One message. `from` lets the page tell sides apart without comparing names. */
export const CustomerMessage = z.object({
  id: Id,
  from: z.enum(['you', 'colleague', 'team', 'system']),
  authorName: z.string(),
  text: z.string(),
  channel: Message.shape.channel,
  createdAt: IsoTime,
  attachments: z.array(CustomerAttachment),
});
export type CustomerMessage = z.infer<typeof CustomerMessage>;

/** A ticket with its conversation, oldest message first. */
export const CustomerTicket = CustomerTicketSummary.extend({
  closedAt: IsoTime.nullable(),
  canReply: z.boolean(),
  messages: z.array(CustomerMessage),
  /** Ask again with `before` for what came earlier; null: this is all. */
  olderCursor: z.string().nullable(),
});
export type CustomerTicket = z.infer<typeof CustomerTicket>;

export const CustomerTicketPage = pageOf(CustomerTicketSummary).extend({
  /** The view in effect: 'mine' for a viewer who may not see the organisation's. */
  view: z.enum(['mine', 'organisation']),
  canViewOrganisation: z.boolean(),
  /** There are more matches than a search looks at; one more word narrows it. */
  isPartial: z.boolean(),
});
export type CustomerTicketPage = z.infer<typeof CustomerTicketPage>;

export const CustomerTicketQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  state: z.enum(['open', 'closed', 'all']).default('open'),
  view: z.enum(['mine', 'organisation']).default('organisation'),
  search: z.string().trim().max(200).optional(),
  sort: z.enum(['activity', 'created', 'number', 'subject']).default('activity'),
  direction: z.enum(['ascending', 'descending']).default('descending'),
});
export type CustomerTicketQuery = z.infer<typeof CustomerTicketQuery>;

/** Names a ticket; `before` is the `olderCursor` of an earlier answer. */
export const CustomerTicketRef = z.object({ number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER), before: z.string().max(500).optional() });
export type CustomerTicketRef = z.infer<typeof CustomerTicketRef>;

/** A new ticket. Files are uploaded first and named here. */
export const CustomerTicketInput = MessageInput.extend({
  subject: z.string().trim().regex(visible, 'Write in a few words what it is about.').max(200, 'At most 200 characters; the rest fits below.'),
});
export type CustomerTicketInput = z.infer<typeof CustomerTicketInput>;

/** An answer to an open ticket. */
export const CustomerReplyInput = MessageInput;
export type CustomerReplyInput = z.infer<typeof CustomerReplyInput>;
