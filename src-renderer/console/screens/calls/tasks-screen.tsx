import { Checkbox } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListTodo } from 'lucide-react';
import type { Task } from '#server/calls/calls.contract.ts';
import { finishTask, reopenTask, tasksQuery } from '../../../api/calls.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { PhoneNumberText } from '../../../ui/phone-number-text.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { clockTime, dayOf, exactTime } from '../../../ui/time.ts';
import { showProblemToast, showUndoToast } from '../../../ui/toasts.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { MoreButton } from '../people/more-button.tsx';
import { CallsFrame } from './calls-frame.tsx';
import styles from './tasks-screen.module.css';

/** What is still to be done after calls, the most urgent first. */
export function TasksScreen() {
  const query = useInfiniteQuery(tasksQuery());
  return (
    <CallsFrame>
      <div className={styles.scroller}>
        <Loaded
          query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
          failed="The tasks could not be read"
          skeleton={<ListSkeleton rows={6} />}
        >
          {(tasks) =>
            tasks.length === 0 ? (
              <EmptyState icon={ListTodo} title="Nothing to do">
                What you promise on the phone and whom nobody answered waits here until it is done.
              </EmptyState>
            ) : (
              <>
                <ul className={styles.tasks}>
                  {tasks.map((task) => (
                    <li key={task.id}>
                      <TaskRow task={task} />
                    </li>
                  ))}
                </ul>
                <MoreButton query={query} label="Show more" />
              </>
            )
          }
        </Loaded>
      </div>
    </CallsFrame>
  );
}

const aMinute = 60_000;

function TaskRow({ task }: { readonly task: Task }) {
  const queries = useQueryClient();
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['tasks'] }), queries.invalidateQueries({ queryKey: ['calls'] })]);
  const onError = (error: unknown) => showProblemToast(problemSentence(error));
  const reopen = useMutation({ mutationFn: () => reopenTask(task.id), onSuccess: refresh, onError });
  const finish = useMutation({
    mutationFn: () => finishTask(task.id),
    async onSuccess() {
      showUndoToast(`“${task.title}” is done`, () => reopen.mutate());
      await refresh();
    },
    onError,
  });
  const now = useNow(aMinute);
  const inWords = task.kind === 'call-back' ? clockTime : dayOf;
  const isLate = task.dueAt !== null && new Date(task.dueAt).getTime() < now;
  return (
    <div className={styles.task}>
      <Checkbox checked={finish.isPending || task.isDone} disabled={finish.isPending} label={<bdi>{task.title}</bdi>} onChange={() => finish.mutate()} />
      <span className={styles.aside}>
        {task.missedCalls > 1 ? <span>{task.missedCalls} missed calls</span> : null}
        {task.number === null ? null : (
          <a href={`tel:${task.number}`} className={styles.link} aria-label={`Call back ${task.displayNumber ?? task.number}`}>
            <PhoneNumberText display={task.displayNumber ?? task.number} e164={task.number} />
          </a>
        )}
        {task.number === null && task.displayNumber !== null ? <PhoneNumberText display={task.displayNumber} /> : null}
        {task.contact === null ? null : (
          <Link to="/people/$contactId" params={{ contactId: task.contact.id }} className={styles.link ?? ''}>
            <bdi>{task.contact.name}</bdi>
          </Link>
        )}
        {task.dueAt === null ? null : (
          <time dateTime={task.dueAt} title={exactTime(task.dueAt)} data-late={isLate || undefined}>
            {isLate ? `was due ${inWords(task.dueAt)}` : `by ${inWords(task.dueAt)}`}
          </time>
        )}
      </span>
    </div>
  );
}
