import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import styles from './check-list.module.css';

export interface CheckLine {
  readonly key: string;
  readonly state: 'ok' | 'failed' | 'running';
  /** In words: what holds, or what is wrong and how to mend it. */
  readonly message: string;
}

/** Checks that run by themselves, one below the other. Changes are told to screen readers. */
export function CheckList({ label, lines }: { readonly label: string; readonly lines: readonly CheckLine[] }) {
  return (
    <ul className={styles.list} aria-label={label} aria-live="polite">
      {lines.map(({ key, state, message }) => (
        <li key={key} data-state={state}>
          <Mark state={state} />
          <span>
            <span className="visually-hidden">{{ ok: 'Good: ', failed: 'Not yet: ', running: 'Checking: ' }[state]}</span>
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Mark({ state }: { readonly state: CheckLine['state'] }) {
  const Icon = { ok: CircleCheck, failed: CircleX, running: LoaderCircle }[state];
  return <Icon size={18} strokeWidth={1.75} aria-hidden="true" />;
}
