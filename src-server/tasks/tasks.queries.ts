import type { Insertable, Kysely, Updateable } from 'kysely';
import type { TasksTable, Tables } from '../database/tables.ts';

function withNames(db: Kysely<Tables>) {
  return db
    .selectFrom('tasks')
    .leftJoin('contacts', 'contacts.id', 'tasks.contact_id')
    .leftJoin('calls', 'calls.id', 'tasks.call_id')
    .selectAll('tasks')
    .select(['contacts.first_name', 'contacts.last_name', 'contacts.email', 'contacts.publish_to_phones', 'calls.label']);
}
export type ShownTaskRow = NonNullable<Awaited<ReturnType<typeof findTask>>>;

export function findTask(db: Kysely<Tables>, id: string) {
  return withNames(db).where('tasks.id', '=', id).executeTakeFirst();
}

export interface TaskFilter {
  readonly isDone: boolean;
  /** null: tasks of nobody in particular. */
  readonly agentId?: string | null | undefined;
  readonly contactId?: string | undefined;
  readonly after?: readonly [string, string] | undefined;
  readonly limit: number;
}

/** Open tasks by when they are due; done ones in the same order, the latest first. */
export function taskRows(db: Kysely<Tables>, { isDone, agentId, contactId, after, limit }: TaskFilter) {
  const direction = isDone ? 'desc' : 'asc';
  return withNames(db)
    .where('tasks.is_done', '=', isDone ? 1 : 0)
    .$if(agentId !== undefined && agentId !== null, (tasks) => tasks.where('tasks.agent_id', '=', agentId ?? ''))
    .$if(agentId === null, (tasks) => tasks.where('tasks.agent_id', 'is', null))
    .$if(contactId !== undefined, (tasks) => tasks.where('tasks.contact_id', '=', contactId ?? ''))
    .$if(after !== undefined, (tasks) =>
      tasks.where((task) => task(task.refTuple('tasks.due_order', 'tasks.id'), isDone ? '<' : '>', task.tuple(after?.[0] ?? '', after?.[1] ?? ''))),
    )
    .orderBy('tasks.due_order', direction)
    .orderBy('tasks.id', direction)
    .limit(limit);
}

/** The tasks of calls by when they are due. */
export function listTasksOfCalls(db: Kysely<Tables>, callIds: readonly string[]) {
  return withNames(db).where('tasks.call_id', 'in', callIds).where('tasks.call_id', 'is not', null).orderBy('tasks.due_order').orderBy('tasks.id').execute();
}

export async function insertTask(db: Kysely<Tables>, row: Insertable<TasksTable>): Promise<void> {
  await db.insertInto('tasks').values(row).execute();
}

/** Marks a task done, or not done again. Only of `agentId`, or of nobody in particular, when it is given. */
export function settleTask(
  db: Kysely<Tables>,
  id: string,
  settled: { readonly isDone: 0 | 1; readonly doneAt: string | null; readonly agentId?: string | undefined },
) {
  return db
    .updateTable('tasks')
    .set({ is_done: settled.isDone, done_at: settled.doneAt })
    .where('id', '=', id)
    .$if(settled.agentId !== undefined, (task) => task.where((is) => is.or([is('agent_id', '=', settled.agentId ?? ''), is('agent_id', 'is', null)])))
    .returning(['id', 'agent_id'])
    .executeTakeFirst();
}

export async function updateTask(db: Kysely<Tables>, id: string, set: Updateable<TasksTable>): Promise<void> {
  await db.updateTable('tasks').set(set).where('id', '=', id).execute();
}

/** The open task to call somebody back. */
export function findCallBack(db: Kysely<Tables>, caller: string) {
  return db
    .selectFrom('tasks')
    .select(['id', 'agent_id', 'missed_calls', 'missed_at'])
    .where('caller', '=', caller)
    .where('is_done', '=', 0)
    .orderBy('missed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Whether so many callers wait to be called back. */
export async function hasManyCallBacks(db: Kysely<Tables>, many: number): Promise<boolean> {
  const rows = await db.selectFrom('tasks').select('id').where('caller', 'is not', null).where('is_done', '=', 0).limit(many).execute();
  return rows.length === many;
}

export async function moveTasksOfCall(db: Kysely<Tables>, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  await db.updateTable('tasks').set({ call_id: to }).where('call_id', '=', from).execute();
}

/** Marks the calls back to somebody done whom nobody missed since. */
export function closeCallBacksOf(db: Kysely<Tables>, spoken: { readonly caller: string; readonly missedUntil: string; readonly doneAt: string }) {
  return db
    .updateTable('tasks')
    .set({ is_done: 1, done_at: spoken.doneAt })
    .where('caller', '=', spoken.caller)
    .where('is_done', '=', 0)
    .where('missed_at', '<=', spoken.missedUntil)
    .returning(['id', 'agent_id'])
    .execute();
}
