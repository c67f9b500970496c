/** @jsxImportSource preact */
import type { Task } from '#server/calls/calls.contract.ts';
import { inWords } from '../device/problem.ts';
import { dueExactly } from '../parts/format.ts';
import { AsOf, Empty, Failed, ScreenTop, Waiting } from '../parts/parts.tsx';
import { taskTitle } from '../parts/task-title.ts';
import { useNow } from '../parts/use-now.ts';
import { usePages } from '../parts/use-pages.ts';
import { usePhone, usePhoneStore } from '../parts/use-phone.tsx';
import { linkTo } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

const groups = ['overdue', 'today', 'later', 'undated'] as const;

export function groupOf(task: Pick<Task, 'dueAt'>, now: Date = new Date()): (typeof groups)[number] {
  if (task.dueAt === null) return 'undated';
  const at = new Date(task.dueAt);
  if (at.toDateString() === now.toDateString()) return 'today';
  return at < now ? 'overdue' : 'later';
}

function TaskRow({ task, now, onDone }: { readonly task: Task; readonly now: Date; readonly onDone: () => void }) {
  const title = taskTitle(task);
  const isLate = !task.isDone && task.dueAt !== null && Date.parse(task.dueAt) < now.getTime();
  const details = (
    <>
      {task.contact !== null && <bdi>{task.contact.name === '' ? words.parts.noName : task.contact.name}</bdi>}
      {task.contact !== null && task.dueAt !== null && ' · '}
      {task.dueAt !== null && <span class={isLate ? 'late' : undefined}>{dueExactly(task.dueAt, now)}</span>}
    </>
  );
  return (
    <li class="row task">
      <input type="checkbox" checked={task.isDone} aria-label={words.tasks.markDone(title)} onChange={onDone} />
      <span class="row-text">
        <b>{title}</b>
        {task.contact === null ? <span>{details}</span> : <a href={linkTo('people', task.contact.id)}>{details}</a>}
      </span>
    </li>
  );
}

/** What is to be followed up, by when. */
export function TasksScreen() {
  const store = usePhoneStore();
  const now = useNow();
  const { tasksVersion, queue } = usePhone();
  const tasks = usePages<Task>('/tasks', {}, tasksVersion);

  /** As the person left it, also where the desk has not heard of it. */
  function asLeft(task: Task): Task {
    const waiting = queue.findLast(({ path, refusal }) => refusal === undefined && path.startsWith(`/tasks/${task.id}/`));
    return waiting === undefined ? task : { ...task, isDone: waiting.path.endsWith('/done') };
  }

  async function settle(task: Task, act: 'done' | 'reopen'): Promise<void> {
    try {
      const fate = await store.submit({ path: `/tasks/${task.id}/${act}`, label: taskTitle(task) });
      store.tasksChanged();
      if (fate.is === 'kept') store.say(words.problems.kept);
      else if (act === 'done') store.say(words.tasks.done, () => void settle(task, 'reopen'));
    } catch (error) {
      store.say(inWords(error));
    }
  }

  return (
    <>
      <ScreenTop title={words.tabs.tasks} />
      <AsOf at={tasks.keptAt} />
      {tasks.value === undefined && tasks.error !== undefined && <Failed error={tasks.error} onRetry={tasks.reload} />}
      {tasks.value === undefined && tasks.error === undefined && <Waiting />}
      {tasks.value?.length === 0 && (
        <Empty title={words.tasks.none}>
          <p>{words.tasks.noneHint}</p>
        </Empty>
      )}
      {groups.map((group) => {
        const own = (tasks.value ?? []).map(asLeft).filter((task) => groupOf(task, now) === group);
        if (own.length === 0) return null;
        return (
          <section key={group}>
            <h2 class={group === 'overdue' ? 'group late' : 'group'}>{words.tasks[group]}</h2>
            <ul class="rows" aria-label={words.tasks[group]}>
              {own.map((task) => (
                <TaskRow key={task.id} task={task} now={now} onDone={() => void settle(task, task.isDone ? 'reopen' : 'done')} />
              ))}
            </ul>
          </section>
        );
      })}
      {tasks.hasMore && (
        <button type="button" class="button more" onClick={tasks.more} disabled={tasks.isLoading}>
          {words.tasks.more}
        </button>
      )}
    </>
  );
}
