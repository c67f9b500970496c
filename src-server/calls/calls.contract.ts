import { z } from 'zod';
import { E164, Id, IsoTime, pageOf, PageQuery } from '../kernel/primitives.contract.ts';

export const CallState = z.enum(['ringing', 'answered', 'ended', 'missed']);
export const CallOutcome = z.enum(['connected', 'no-answer', 'busy', 'left-message', 'wrong-number']);

/** What a phone reports. `callId` is the phone's own; events of one call share it. `number` is null when withheld. */
export const CallEvent = z.object({
  callId: z.string().max(120).optional(),
  event: CallState,
  direction: z.enum(['inbound', 'outbound']),
  number: z.string().max(100).nullable(),
  at: IsoTime,
  durationSeconds: z.number().int().min(0).max(86_400).optional(),
});
export type CallEvent = z.infer<typeof CallEvent>;

export const Call = z.object({
  id: Id,
  direction: z.enum(['inbound', 'outbound']),
  state: CallState,
  number: E164.nullable(),
  displayNumber: z.string(),
  isWithheld: z.boolean(),
  display: z.string(),
  matchKind: z.string().nullable(),
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  company: z.object({ id: Id, name: z.string() }).nullable(),
  agent: z.object({ id: Id, name: z.string() }).nullable(),
  startedAt: IsoTime,
  durationSeconds: z.number().int().nullable(),
  outcome: CallOutcome.nullable(),
  note: z.string().nullable(),
  /** Whether the outcome screen should come up, by the device's switches. */
  asksForOutcome: z.boolean(),
});
export type Call = z.infer<typeof Call>;
export const CallQuery = PageQuery.extend({ missed: z.stringbool().optional() });
export const CallPage = pageOf(Call);

export const OutcomeInput = z.object({
  outcome: CallOutcome,
  note: z.string().trim().max(20_000).default(''),
  tasks: z
    .array(z.object({ title: z.string().trim().min(1).max(200), dueAt: IsoTime.nullable().default(null) }))
    .max(10)
    .default([]),
});
export type OutcomeInput = z.infer<typeof OutcomeInput>;

export const Task = z.object({
  id: Id,
  title: z.string(),
  dueAt: IsoTime.nullable(),
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  callId: Id.nullable(),
  isDone: z.boolean(),
  createdAt: IsoTime,
});
export type Task = z.infer<typeof Task>;
export const TaskPage = pageOf(Task);
