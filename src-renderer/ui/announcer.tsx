/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an output is for results of a form. */
import { useSyncExternalStore } from 'react';

// One polite live region for the whole console: what changed without the reader having asked for it.

let text = '';
const listeners = new Set<() => void>();

/** Tells screen readers. Saying the same thing twice is heard twice. */
export function announce(message: string): void {
  text = message === text ? `${message}\u00A0` : message;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stands once, in the shell. */
export function Announcer() {
  const message = useSyncExternalStore(subscribe, () => text);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {message}
    </div>
  );
}
