import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { announceTask, createTask } from './tasks.service.ts';
import { closeCallBacksOf, findCallBack, hasManyCallBacks, updateTask } from './tasks.queries.ts';

/** So many callers wait at most: whoever rings with ever other numbers does not bury the rest. */
const mostCallers = 500;

/** Phones that ring together report the same call within so long. */
const sameRing = 15_000;

export interface MissedCaller {
  /** E.164, or the digits as they rang. */
  readonly caller: string;
  readonly missedAt: string;
  readonly dueAt: string;
  readonly agentId: string | null;
  readonly contactId: string | null;
  readonly companyId: string | null;
  readonly callId: string;
}

function isSameRing(one: string, other: string): boolean {
  return Math.abs(Date.parse(one) - Date.parse(other)) <= sameRing;
}

/** Asks for a missed caller to be called back: one task for each, however often they rang. */
export function askForCallBack(ctx: Context, missed: MissedCaller): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { caller, missedAt, ...task } = missed;
    const open = await findCallBack(ctx.db, caller);
    if (open === undefined) {
      if (await hasManyCallBacks(ctx.db, mostCallers)) return;
      await createTask(ctx, { ...task, callBack: { caller, missedAt } });
      return;
    }
    const lastMissed = open.missed_at ?? '';
    if (isSameRing(lastMissed, missedAt)) return;
    await updateTask(ctx.db, open.id, { missed_calls: open.missed_calls + 1, missed_at: missedAt > lastMissed ? missedAt : lastMissed });
    await announceTask(ctx, { id: open.id, agentId: open.agent_id, isDone: false });
  });
}

/** Closes the tasks to call somebody back who was spoken to at `at`. */
export function closeCallBacks(ctx: Context, { caller, at }: { readonly caller: string; readonly at: string }): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const closed = await closeCallBacksOf(ctx.db, { caller, missedUntil: at, doneAt: isoNow(ctx) });
    for (const task of closed) await announceTask(ctx, { id: task.id, agentId: task.agent_id, isDone: true });
  });
}

/** Says who a missed caller is, now that somebody knows. */
export async function nameMissedCaller(ctx: Context, caller: string, named: Pick<MissedCaller, 'contactId' | 'companyId'>): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const open = await findCallBack(ctx.db, caller);
    if (open === undefined) return;
    await updateTask(ctx.db, open.id, { contact_id: named.contactId, company_id: named.companyId });
    await announceTask(ctx, { id: open.id, agentId: open.agent_id, isDone: false });
  });
}
