/** @jsxImportSource preact */
import { CloseIcon } from '../parts/icons.tsx';
import { words } from '../words/words.ts';
import { dayIn, type TaskDraft } from './outcome-draft.ts';

const days: readonly (readonly [string, number])[] = [
  [words.task.today, 0],
  [words.task.tomorrow, 1],
  [words.task.inThreeDays, 3],
  [words.task.inAWeek, 7],
];

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
  return (
    <fieldset class="task-field">
      <legend>{words.task.name(number)}</legend>
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
          <button key={label} type="button" aria-pressed={task.dueOn === dayIn(inDays)} onClick={() => onChange({ ...task, dueOn: dayIn(inDays) })}>
            {label}
          </button>
        ))}
        <input
          type="date"
          aria-label={words.task.date(number)}
          value={task.dueOn}
          onInput={(event) => onChange({ ...task, dueOn: event.currentTarget.value })}
        />
      </fieldset>
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
