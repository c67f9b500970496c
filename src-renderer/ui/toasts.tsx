import { CloseButton } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import styles from './toasts.module.css';

// Short messages at the bottom of the screen. "Undo" beats "are you sure?".

interface Toast {
  readonly id: number;
  readonly message: string;
  readonly tone: 'plain' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly milliseconds: number;
}

const plainMilliseconds = 4000;
const undoMilliseconds = 10_000;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function add(toast: Omit<Toast, 'id'>): void {
  const id = nextId;
  nextId += 1;
  set([...toasts.slice(-2), { ...toast, id }]);
}

function close(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Says that something was done. */
export function showToast(message: string): void {
  add({ message, tone: 'plain', milliseconds: plainMilliseconds });
}

/** Says that something was done, and how to take it back. */
export function showUndoToast(message: string, undo: () => void): void {
  add({ message, tone: 'plain', action: { label: 'Undo', run: undo }, milliseconds: undoMilliseconds });
}

/** Says that something was not done. */
export function showProblemToast(message: string): void {
  add({ message, tone: 'bad', milliseconds: undoMilliseconds });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stands once, in the shell. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section className={styles.toaster} aria-label="Messages">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output holds no blocks. */}
      <div role="status" aria-live="polite">
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
    </section>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => close(toast.id), toast.milliseconds);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id, toast.milliseconds]);

  const { action } = toast;
  return (
    <div
      className={styles.toast}
      data-tone={toast.tone}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.message}>{toast.message}</span>
      {action === undefined ? null : (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            action.run();
            close(toast.id);
          }}
        >
          {action.label}
        </button>
      )}
      <CloseButton size="sm" aria-label="Close this message" className={styles.close ?? ''} onClick={() => close(toast.id)} />
    </div>
  );
}
