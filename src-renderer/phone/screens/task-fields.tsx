/** @jsxImportSource preact */
import { useId } from 'preact/hooks';
import { exact } from '../parts/format.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { words } from '../words/words.ts';
import { useNow } from '../parts/use-now.ts';
import type { TaskDraft } from './outcome-draft.ts';
import { dayIn, dueAt, isPast, timeOn } from './task-due.ts';

const days: readonly (readonly [string, number])[] = [
  [words.task.today, 0],
  [words.task.tomorrow, 1],
  [words.task.inThreeDays, 3],
  [words.task.inAWeek, 7],
];

/** Four digits for the year, however long one types. */
const lastDay = '9999-12-31';

/** When that is, in words, so that nobody mistakes a day; and that it is past, if it is. */
function describeDue(task: TaskDraft, now: Date): string {
  const at = dueAt(task, now);
  if (at === null) return words.task.undated;
  return isPast(task, now) ? words.task.past(exact(at)) : words.task.due(exact(at));
}

function TaskField({
  task,
  number,
  onChange,
  onRemove,
}: {
  readonly task: TaskDraft;
  readonly number: number;
  readonly onChange: (task: TaskDraft) => void;
  readonly onRemove: () => void;
}) {
  const now = useNow();
  const nameId = useId();
  const hintId = useId();

  /** Another day is due at its own usual time, unless a time was chosen. */
  function choose(dueOn: string): void {
    const isUsual = task.dueTime === '' || task.dueTime === timeOn(task.dueOn, now);
    onChange({ ...task, dueOn, dueTime: isUsual ? timeOn(dueOn, now) : task.dueTime });
  }

  return (
    <fieldset class="task-field" aria-labelledby={nameId}>
      <b id={nameId}>{words.task.name(number)}</b>
      <button type="button" class="round plain" onClick={onRemove}>
        <CloseIcon />
        <span class="visually-hidden">{words.task.remove(number)}</span>
      </button>
      <label class="field">
        <span>{words.task.what}</span>
        <input value={task.title} maxLength={200} autocomplete="off" onInput={(event) => onChange({ ...task, title: event.currentTarget.value })} />
      </label>
      <fieldset class="chips" aria-label={words.task.when(number)}>
        {days.map(([label, inDays]) => (
          <button key={label} type="button" aria-pressed={task.dueOn === dayIn(inDays, now)} onClick={() => choose(dayIn(inDays, now))}>
            {label}
          </button>
        ))}
        <div class="due-fields">
          <input
            type="date"
            aria-label={words.task.date(number)}
            aria-describedby={hintId}
            min={dayIn(0, now)}
            max={lastDay}
            value={task.dueOn}
            onInput={(event) => choose(event.currentTarget.value)}
          />
          <input
            type="time"
            aria-label={words.task.time(number)}
            aria-describedby={hintId}
            disabled={task.dueOn === ''}
            value={task.dueOn === '' ? '' : task.dueTime}
            onInput={(event) => onChange({ ...task, dueTime: event.currentTarget.value })}
          />
        </div>
      </fieldset>
      <output id={hintId} class={isPast(task, now) ? 'due-hint late' : 'due-hint'}>
        {describeDue(task, now)}
      </output>
    </fieldset>
  );
}

/** The follow-ups of a call as they are written. */
export function TaskFields({ tasks, onChange }: { readonly tasks: readonly TaskDraft[]; readonly onChange: (tasks: readonly TaskDraft[]) => void }) {
  return (
    <>
      {tasks.map((task, index) => (
        <TaskField
          // A follow-up has nothing that stays the same but its place.
          key={index}
          task={task}
          number={index + 1}
          onChange={(changed) => onChange(tasks.map((present, at) => (at === index ? changed : present)))}
          onRemove={() => onChange(tasks.filter((_, at) => at !== index))}
        />
      ))}
    </>
  );
}
