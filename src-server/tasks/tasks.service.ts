import type { CallTask, DeskTaskQuery, Task } from '../calls/calls.contract.ts';
import { fullName } from '../caller-id/caller-label.ts';
import { tellDevicesOf } from '../devices/agent-devices.service.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import { publish } from '../live/live.service.ts';
import { displayName } from '../people/person-name.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { callBackTitle, numberOfCaller, whomToCallBack } from './call-back.ts';
import { findTask, insertTask, listTasksOfCalls, moveTasksOfCall, settleTask, taskRows, type ShownTaskRow } from './tasks.queries.ts';

/** After every time a task may be due: where tasks without one stand. */
const someDay = '9999-12-31T23:59:59.999Z';

/** Phones are not told of people who must not be published. */
function mayName(ctx: Context, row: ShownTaskRow): boolean {
  return ctx.actor.kind !== 'device' || row.publish_to_phones === 1;
}

/** The number to call, where the caller rang with one that can be dialled from anywhere. */
function numberOf(row: ShownTaskRow): string | null {
  return row.caller?.startsWith('+') === true ? row.caller : null;
}

/** What there is to do, in English, and the parts that a phone puts into its own words. */
function actOf(row: ShownTaskRow, homeCountry: string): Pick<Task, 'title' | 'kind' | 'callBackTo'> {
  const callBackTo = row.kind === 'call-back' ? whomToCallBack(row, homeCountry) : null;
  return callBackTo === null ? { title: row.title, kind: 'follow-up', callBackTo } : { title: callBackTitle(callBackTo), kind: 'call-back', callBackTo };
}

function toTask(ctx: Context, row: ShownTaskRow, homeCountry: string): Task {
  const person = { firstName: row.first_name ?? '', lastName: row.last_name ?? '' };
  // Phones get names, never addresses: empty for somebody who is known by an address only.
  const name = ctx.actor.kind === 'device' ? fullName(person) : displayName({ ...person, email: row.email });
  return {
    id: row.id,
    ...actOf(row, homeCountry),
    dueAt: row.due_at,
    contact: row.contact_id === null || !mayName(ctx, row) ? null : { id: row.contact_id, name },
    callId: row.call_id,
    isDone: row.is_done === 1,
    createdAt: row.created_at,
    number: numberOf(row),
    displayNumber: row.caller === null ? null : numberOfCaller(row.caller, homeCountry),
    missedCalls: row.missed_calls,
  };
}

async function countryOf(ctx: Context): Promise<string> {
  return (await readSettings(ctx, companySettings)).country;
}

export interface NewTask {
  /** Left out for a call-back, which is named after whoever is to be called by then. */
  readonly title?: string;
  readonly dueAt: string | null;
  readonly agentId: string | null;
  readonly contactId?: string | null;
  readonly companyId?: string | null;
  readonly ticketId?: string | null;
  readonly callId?: string | null;
  /** Who is to be called back, and since when. */
  readonly callBack?: { readonly caller: string; readonly missedAt: string };
}

/** Tells the desk and the agent’s phones that a task came, changed or was done. */
export async function announceTask(ctx: Context, task: { readonly id: string; readonly agentId: string | null; readonly isDone: boolean }): Promise<void> {
  const payload = { id: task.id, isDone: task.isDone };
  await publish(ctx, { audience: 'agents', kind: 'task', payload });
  await tellDevicesOf(ctx, task.agentId, { kind: 'task', payload });
}

/** Adds a follow-up. Call it inside the transaction of what it follows from. */
export function createTask(ctx: Context, task: NewTask): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const id = newId();
    await insertTask(ctx.db, {
      id,
      title: task.title ?? '',
      due_at: task.dueAt,
      due_order: task.dueAt ?? someDay,
      agent_id: task.agentId,
      contact_id: task.contactId ?? null,
      company_id: task.companyId ?? null,
      ticket_id: task.ticketId ?? null,
      call_id: task.callId ?? null,
      done_at: null,
      created_at: isoNow(ctx),
      kind: task.callBack === undefined ? 'follow-up' : 'call-back',
      caller: task.callBack?.caller ?? null,
      missed_at: task.callBack?.missedAt ?? null,
      missed_calls: task.callBack === undefined ? 0 : 1,
    });
    await announceTask(ctx, { id, agentId: task.agentId, isDone: false });
    return id;
  });
}

/** Hands the tasks of one call over to another. */
export function moveTasks(ctx: Context, calls: { readonly from: string; readonly to: string }): Promise<void> {
  return inTransaction(ctx, (ctx) => moveTasksOfCall(ctx.db, calls));
}

/** A page of tasks: open ones by when they are due, those without a date last. */
export async function listTasks(ctx: Context, query: DeskTaskQuery): Promise<Page<Task>> {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 2)?.map(String);
  if (query.cursor !== undefined && after === undefined)
    throw new InvalidInput([{ path: 'cursor', message: 'This page is not there. Start from the first one.' }]);
  const isDone = query.state === 'done';
  // A phone also shows what nobody in particular has to do. Two short reads, since no index has both in one order.
  const whose = ctx.actor.kind === 'device' ? [ctx.actor.agentId, null] : [query.agentId];
  const filter = {
    isDone,
    contactId: query.contactId,
    after: after === undefined ? undefined : ([after[0] ?? '', after[1] ?? ''] as const),
    limit: query.limit + 1,
  };
  const found = await Promise.all(whose.map((agentId) => taskRows(ctx.db, { ...filter, agentId }).execute()));
  const country = await countryOf(ctx);
  return toPage(inOrder(found.flat(), isDone), query.limit, { item: (row) => toTask(ctx, row, country), key: (row) => [row.due_order, row.id] });
}

function inOrder(rows: readonly ShownTaskRow[], isDone: boolean): ShownTaskRow[] {
  const keyOf = (row: ShownTaskRow) => `${row.due_order} ${row.id}`;
  return rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1) * (isDone ? -1 : 1));
}

/** The follow-ups of calls, by call. */
export async function tasksOfCalls(ctx: Context, callIds: readonly string[]): Promise<Map<string, CallTask[]>> {
  const rows = callIds.length === 0 ? [] : await listTasksOfCalls(ctx.db, callIds);
  if (rows.length === 0) return new Map();
  const country = await countryOf(ctx);
  return new Map(
    [...Map.groupBy(rows, (row) => row.call_id ?? '')].map(([callId, tasks]) => [
      callId,
      tasks.map((task) => ({ id: task.id, ...actOf(task, country), dueAt: task.due_at, isDone: task.is_done === 1 })),
    ]),
  );
}

async function settle(ctx: Context, id: string, isDone: boolean): Promise<Task> {
  return inTransaction(ctx, async (ctx) => {
    const agentId = ctx.actor.kind === 'device' ? ctx.actor.agentId : undefined;
    const settled = await settleTask(ctx.db, id, { isDone: isDone ? 1 : 0, doneAt: isDone ? isoNow(ctx) : null, agentId });
    const row = settled === undefined ? undefined : await findTask(ctx.db, id);
    if (row === undefined) throw new NotFound('This task');
    await announceTask(ctx, { id, agentId: row.agent_id, isDone });
    return toTask(ctx, row, await countryOf(ctx));
  });
}

/** Marks a task done. A phone may do so for its own agent's, and for those of nobody in particular. */
export function finishTask(ctx: Context, id: string): Promise<Task> {
  return settle(ctx, id, true);
}

/** Takes “done” back. */
export function reopenTask(ctx: Context, id: string): Promise<Task> {
  return settle(ctx, id, false);
}
