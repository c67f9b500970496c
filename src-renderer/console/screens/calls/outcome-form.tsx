import { Button, Chip, CloseButton, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { CallOutcome, type Call } from '#server/calls/calls.contract.ts';
import { recordOutcome } from '../../../api/calls.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { TextAreaField } from '../../../ui/fields.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { dayOf } from '../../../ui/time.ts';
import { outcomes } from './call-words.ts';
import styles from './call-drawer.module.css';

interface NewTask {
  readonly title: string;
  /** A day as the field gives it: 2026-12-31, or nothing. */
  readonly day: string;
}

const labels = { outcome: 'How it went', note: 'Note' };

/** How the call went, what was said, what is to be done. */
export function OutcomeForm({ call, onSaved }: { readonly call: Call; readonly onSaved: () => void }) {
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<CallOutcome | null>(call.outcome ?? (call.state === 'missed' ? 'no-answer' : null));
  const [note, setNote] = useState(call.note ?? '');
  const [tasks, setTasks] = useState<readonly NewTask[]>([]);
  const save = useMutation({
    mutationFn: (chosen: CallOutcome) =>
      recordOutcome(call.id, {
        outcome: chosen,
        note,
        tasks: tasks.filter((task) => task.title.trim() !== '').map(({ title, day }) => ({ title, dueAt: day === '' ? null : endOfDay(day) })),
      }),
    async onSuccess() {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['calls'] }),
        queries.invalidateQueries({ queryKey: ['tasks'] }),
        queries.invalidateQueries({ queryKey: ['timeline'] }),
      ]);
      showToast('The call is noted');
      onSaved();
    },
  });
  const problems = fieldProblems(save.error);

  function edit(at: number, patch: Partial<NewTask>): void {
    setTasks(tasks.map((task, index) => (index === at ? { ...task, ...patch } : task)));
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome !== null) save.mutate(outcome);
      }}
    >
      <ProblemSummary error={save.error} title="The call was not noted" labels={labels} />
      <div>
        <h3 className={styles.heading} id="outcome-heading">
          How it went
        </h3>
        <Chip.Group value={outcome} onChange={(value) => setOutcome(CallOutcome.parse(value))}>
          <div className={styles.outcomes} role="radiogroup" aria-labelledby="outcome-heading">
            {outcomes.map(({ value, label }) => (
              <Chip key={value} value={value} size="sm">
                {label}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      </div>
      <TextAreaField
        label="Note"
        hint="Only the team sees it. It goes on the contact’s timeline."
        value={note}
        maxLength={20_000}
        problem={problems['note']}
        onChange={setNote}
      />
      <div className={styles.tasks}>
        <h3 className={styles.heading}>To do</h3>
        {call.tasks.length === 0 ? null : (
          <ul className={styles.done}>
            {call.tasks.map((task) => (
              <li key={task.id}>
                <bdi>{task.title}</bdi> <span className={styles.quiet}>{task.isDone ? 'done' : task.dueAt !== null && `by ${dayOf(task.dueAt)}`}</span>
              </li>
            ))}
          </ul>
        )}
        {tasks.map((task, index) => (
          <div key={index} className={styles.task}>
            <TextInput
              aria-label="What is to be done"
              value={task.title}
              maxLength={200}
              autoFocus
              error={problems[`tasks.${index}.title`]}
              onChange={(event) => edit(index, { title: event.currentTarget.value })}
            />
            <TextInput aria-label="Until when" type="date" value={task.day} onChange={(event) => edit(index, { day: event.currentTarget.value })} />
            <CloseButton aria-label="Remove this" onClick={() => setTasks(tasks.filter((_, at) => at !== index))} />
          </div>
        ))}
        <div>
          <Button
            size="xs"
            leftSection={<Plus size={13} aria-hidden="true" />}
            disabled={tasks.length >= 10}
            onClick={() => setTasks([...tasks, { title: '', day: '' }])}
          >
            Add something to do
          </Button>
        </div>
      </div>
      <div>
        <Button type="submit" variant="filled" loading={save.isPending} disabled={outcome === null}>
          Save
        </Button>
      </div>
    </form>
  );
}

/** A day's end here, as an instant. */
function endOfDay(day: string): string {
  return new Date(`${day}T23:59:00`).toISOString();
}
