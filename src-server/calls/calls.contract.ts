import { z } from 'zod';
import { CallerMatch } from '../caller-id/caller-id.contract.ts';
import { E164, Id, IsoTime, pageOf, PageQuery } from '../kernel/primitives.contract.ts';

export const CallState = z.enum(['ringing', 'answered', 'ended', 'missed']);
export const CallOutcome = z.enum(['connected', 'no-answer', 'busy', 'left-message', 'wrong-number']);

export type CallState = z.infer<typeof CallState>;
export type CallOutcome = z.infer<typeof CallOutcome>;

/** Where a call was started: on the phone page, or in the phone's own dialler. */
export const CallOrigin = z.enum(['phone-page', 'phone']);

/**
 * What a phone reports. `callId` is the phone's own; events of one call share it. Without one, an event belongs to the
 * newest call with that number that has not ended. `number` is null when withheld.
 */
export const CallEvent = z.object({
  callId: z.string().min(1).max(120).optional(),
  event: CallState,
  direction: z.enum(['inbound', 'outbound']),
  number: z.string().max(100).nullable(),
  at: IsoTime,
  durationSeconds: z.number().int().min(0).max(86_400).optional(),
  via: CallOrigin.default('phone'),
});
export type CallEvent = z.infer<typeof CallEvent>;

/** What there is to do: its English title, and the parts from which another language says it. */
const Act = z.object({
  title: z.string(),
  /** `call-back`: somebody rang in vain. It is done by itself once they are spoken to. */
  kind: z.enum(['follow-up', 'call-back']),
  /** Whom to call back, as phones may name them: a person, who shares the number, or the number. */
  callBackTo: z.string().nullable(),
});

/** A follow-up of a call, as its row in the call log names it. */
export const CallTask = Act.extend({ id: Id, dueAt: IsoTime.nullable(), isDone: z.boolean() });
export type CallTask = z.infer<typeof CallTask>;

export const Call = z.object({
  id: Id,
  direction: z.enum(['inbound', 'outbound']),
  state: CallState,
  number: E164.nullable(),
  displayNumber: z.string(),
  isWithheld: z.boolean(),
  display: z.string(),
  /** The line that was shown when it rang, such as “ACME: Anna, Jan +3” for a number several share. */
  label: z.string().nullable(),
  /** How many people the number may have stood for when it rang; 0 when it was clear who it is, or nobody knew. */
  sharedBy: z.number().int(),
  matchKind: z.string().nullable(),
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  company: z.object({ id: Id, name: z.string() }).nullable(),
  agent: z.object({ id: Id, name: z.string() }).nullable(),
  startedAt: IsoTime,
  durationSeconds: z.number().int().nullable(),
  outcome: CallOutcome.nullable(),
  note: z.string().nullable(),
  via: CallOrigin,
  tasks: z.array(CallTask),
  /** The ticket it led to, or stands on. */
  ticket: z.object({ id: Id, number: z.number().int(), subject: z.string() }).nullable(),
  /** Whether the outcome screen should come up, by the device's switches. */
  asksForOutcome: z.boolean(),
});
export type Call = z.infer<typeof Call>;
export const CallQuery = PageQuery.extend({ missed: z.stringbool().optional() });
export type CallQuery = z.infer<typeof CallQuery>;
/** What the console narrows the log to. Each field that is there must fit. */
export const CallFilter = z.object({
  missed: z.stringbool().optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  outcome: CallOutcome.optional(),
  agentId: Id.optional(),
  contactId: Id.optional(),
  companyId: Id.optional(),
  /** What reported them: `device:ID` or `pbx:ID`. */
  source: z
    .string()
    .max(120)
    .regex(/^(device|pbx):/u, 'A source is device:ID or pbx:ID.')
    .optional(),
  /** `unknown`: a number nobody is known by. */
  who: z.enum(['unknown', 'withheld']).optional(),
  /** When they began: from this instant, until before that one. */
  from: IsoTime.optional(),
  to: IsoTime.optional(),
  /** A name, or a number in any form. */
  search: z.string().trim().max(200).optional(),
});
export type CallFilter = z.infer<typeof CallFilter>;
export const DeskCallQuery = PageQuery.extend(CallFilter.shape);
export type DeskCallQuery = z.infer<typeof DeskCallQuery>;
/** How many calls fit; counting stops where it would take long. */
export const CallCount = z.object({ count: z.number().int(), isMore: z.boolean() });
export type CallCount = z.infer<typeof CallCount>;
export const CallPage = pageOf(Call);

/** What open screens are told when a call rings, is taken, ends or is missed: enough to show it without asking. */
export const CallNews = z.object({
  callId: Id,
  state: CallState,
  direction: z.enum(['inbound', 'outbound']),
  number: E164.nullable(),
  displayNumber: z.string(),
  isWithheld: z.boolean(),
  /** Who it is; null when nobody is known. A phone gets the deal only when it wants it. */
  caller: CallerMatch.nullable(),
  agent: z.object({ id: Id, name: z.string() }).nullable(),
  startedAt: IsoTime,
});
export type CallNews = z.infer<typeof CallNews>;

/** What the desk is told besides. */
export const DeskCallNews = CallNews.extend({
  answeredAt: IsoTime.nullable(),
  /** Somebody said who it is, so that no number is matched any more. */
  isNamedByHand: z.boolean(),
  /** The ticket it led to, or stands on. */
  ticketId: Id.nullable(),
});
export type DeskCallNews = z.infer<typeof DeskCallNews>;

export const OutcomeInput = z.object({
  outcome: CallOutcome,
  /** Who it was, when several share the number or nobody was known. Null: none of those who are known. */
  contactId: Id.nullable().optional(),
  note: z.string().trim().max(20_000).default(''),
  tasks: z
    .array(z.object({ title: z.string().trim().min(1).max(200), dueAt: IsoTime.nullable().default(null) }))
    .max(10)
    .default([]),
});
export type OutcomeInput = z.infer<typeof OutcomeInput>;

export const Task = Act.extend({
  id: Id,
  dueAt: IsoTime.nullable(),
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  callId: Id.nullable(),
  isDone: z.boolean(),
  createdAt: IsoTime,
  /** The number to call back; null where the number can't be dialled from everywhere, such as an extension. */
  number: E164.nullable(),
  displayNumber: z.string().nullable(),
  /** How often they rang in vain. */
  missedCalls: z.number().int(),
});
export type Task = z.infer<typeof Task>;
export const TaskPage = pageOf(Task);
export const TaskQuery = PageQuery.extend({ state: z.enum(['open', 'done']).default('open') });
export type TaskQuery = z.infer<typeof TaskQuery>;
export const DeskTaskQuery = TaskQuery.extend({ agentId: Id.optional(), contactId: Id.optional() });
export type DeskTaskQuery = z.infer<typeof DeskTaskQuery>;

/** The calls that ring or go on now, the newest last. */
export const PresentCalls = z.object({ items: z.array(DeskCallNews) });
export type PresentCalls = z.infer<typeof PresentCalls>;

/** Who it was, as somebody on the desk says; null: nobody known. */
export const CallContactInput = z.object({ contactId: Id.nullable() });

/** An open ticket that the call is about. `note` is false for a ticket that was opened for it just now. */
export const CallLinkInput = z.object({ ticketId: Id, note: z.boolean().default(true) });
export type CallLinkInput = z.infer<typeof CallLinkInput>;

/** A ticket for a call: the caller is its contact, and it is found again from the call. */
export const CallTicketInput = z.object({
  subject: z.string().trim().min(1, 'Write what it is about.').max(200),
  text: z.string().trim().max(20_000).default(''),
});
export type CallTicketInput = z.infer<typeof CallTicketInput>;
export const CallTicket = z.object({ id: Id, number: z.number().int(), subject: z.string() });
export type CallTicket = z.infer<typeof CallTicket>;
