import { onceByKey } from '../database/idempotency.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { publish } from '../live/live.service.ts';
import { createTask, tasksOfCalls } from '../tasks/tasks.service.ts';
import { keepCallBacks } from './call-backs.service.ts';
import { chosenContact, nameTask } from './call-contact.service.ts';
import { endLegs } from './call-legs.queries.ts';
import { engage } from './call-events.service.ts';
import { nextState, summaryOf } from './call.ts';
import type { Call, OutcomeInput } from './calls.contract.ts';
import { endSilentCalls, updateCall, type ShownCallRow } from './calls.queries.ts';
import { getCall, requireCall } from './calls.service.ts';

async function addTasks(ctx: Context, call: ShownCallRow, tasks: OutcomeInput['tasks']): Promise<void> {
  const known = (await tasksOfCalls(ctx, [call.id])).get(call.id) ?? [];
  for (const task of tasks) {
    // The same follow-up twice is a report that came again, not another follow-up.
    if (known.some((present) => present.title === task.title && present.dueAt === task.dueAt)) continue;
    await createTask(ctx, {
      title: task.title,
      dueAt: task.dueAt,
      agentId: call.agent_id,
      contactId: call.contact_id,
      companyId: call.company_id,
      callId: call.id,
    });
  }
}

function isSame(call: ShownCallRow, input: OutcomeInput): boolean {
  return call.outcome === input.outcome && (call.note ?? '') === input.note && (input.contactId === undefined || input.contactId === call.contact_id);
}

/**
 * Keeps how a call went: on the call, on the timelines of its contact and company, and as follow-ups. A call that
 * nothing was heard of since counts as ended.
 */
export function saveOutcome(ctx: Context, id: string, { input, key }: { readonly input: OutcomeInput; readonly key: string | undefined }): Promise<Call> {
  return onceByKey(ctx, { scope: `${ctx.actor.kind}:${ctx.actor.id}`, key, content: { outcomeOf: id, ...input } }, (ctx) =>
    inTransaction(ctx, async (ctx) => {
      const before = await requireCall(ctx, id);
      const state = nextState(before.state as Call['state'], 'ended'); // Written by call-events only.
      const isNamed = input.contactId !== undefined && input.contactId !== before.contact_id;
      await updateCall(ctx.db, id, {
        state,
        ended_at: before.ended_at ?? isoNow(ctx),
        outcome: input.outcome,
        note: input.note === '' ? null : input.note,
        outcome_at: isoNow(ctx),
        ...(isNamed ? await chosenContact(ctx, input.contactId ?? null) : {}),
      });
      if (isNamed) await nameTask(ctx, id);
      await addTasks(ctx, await requireCall(ctx, id), input.tasks);
      const call = await getCall(ctx, id);
      await keepCallBacks(ctx, id);
      if (!isSame(before, input)) await engage(ctx, id, summaryOf({ ...call, state: 'ended', note: input.note }));
      await publish(ctx, { audience: 'agents', kind: 'call', payload: { callId: id, outcome: input.outcome } });
      return call;
    }),
  );
}

const silence = { ringing: 10 * 60_000, answered: 12 * 3_600_000 } as const;

/** Ends calls of which nothing was heard for long, so that nobody rings for ever on a screen. */
export function endForgottenCalls(ctx: Context): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    for (const [state, milliseconds] of Object.entries(silence)) {
      const before = new Date(ctx.now().getTime() - milliseconds).toISOString();
      const ended = await endSilentCalls(ctx.db, { state, before, at: isoNow(ctx) });
      for (const call of ended) {
        await endLegs(ctx.db, call.id, isoNow(ctx));
        await publish(ctx, { audience: 'agents', kind: 'call', payload: { callId: call.id, state: 'ended' } });
      }
    }
  });
}
