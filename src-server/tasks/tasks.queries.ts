import type { Insertable, Kysely } from 'kysely';
import type { TasksTable, Tables } from '../database/tables.ts';

function withNames(db: Kysely<Tables>) {
  return db
    .selectFrom('tasks')
    .leftJoin('contacts', 'contacts.id', 'tasks.contact_id')
    .selectAll('tasks')
    .select(['contacts.first_name', 'contacts.last_name', 'contacts.email', 'contacts.publish_to_phones']);
}
export type ShownTaskRow = NonNullable<Awaited<ReturnType<typeof findTask>>>;

export function findTask(db: Kysely<Tables>, id: string) {
  return withNames(db).where('tasks.id', '=', id).executeTakeFirst();
}

export interface TaskFilter {
  readonly isDone: boolean;
  readonly agentId?: string | undefined;
  readonly contactId?: string | undefined;
  readonly after?: readonly [string, string] | undefined;
  readonly limit: number;
}

/** Open tasks by when they are due; done ones in the same order, the latest first. */
export function taskRows(db: Kysely<Tables>, { isDone, agentId, contactId, after, limit }: TaskFilter) {
  const direction = isDone ? 'desc' : 'asc';
  return withNames(db)
    .where('tasks.is_done', '=', isDone ? 1 : 0)
    .$if(agentId !== undefined, (tasks) => tasks.where('tasks.agent_id', '=', agentId ?? ''))
    .$if(contactId !== undefined, (tasks) => tasks.where('tasks.contact_id', '=', contactId ?? ''))
    .$if(after !== undefined, (tasks) =>
      tasks.where((task) => task(task.refTuple('tasks.due_order', 'tasks.id'), isDone ? '<' : '>', task.tuple(after?.[0] ?? '', after?.[1] ?? ''))),
    )
    .orderBy('tasks.due_order', direction)
    .orderBy('tasks.id', direction)
    .limit(limit);
}

/** Open tasks of a call by their title, so that a request that comes again adds none twice. */
export function listTasksOfCalls(db: Kysely<Tables>, callIds: readonly string[]) {
  return db
    .selectFrom('tasks')
    .select(['id', 'call_id', 'title', 'due_at', 'is_done'])
    .where('call_id', 'in', callIds)
    .where('call_id', 'is not', null)
    .orderBy('due_order')
    .orderBy('id')
    .execute();
}

export async function insertTask(db: Kysely<Tables>, row: Insertable<TasksTable>): Promise<void> {
  await db.insertInto('tasks').values(row).execute();
}

/** Marks a task done, or not done again. Only of `agentId` when it is given. */
export function settleTask(
  db: Kysely<Tables>,
  id: string,
  settled: { readonly isDone: 0 | 1; readonly doneAt: string | null; readonly agentId?: string | undefined },
) {
  return db
    .updateTable('tasks')
    .set({ is_done: settled.isDone, done_at: settled.doneAt })
    .where('id', '=', id)
    .$if(settled.agentId !== undefined, (task) => task.where('agent_id', '=', settled.agentId ?? ''))
    .returning(['id', 'agent_id'])
    .executeTakeFirst();
}
