import { Loader, TextInput, UnstyledButton } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { fieldProblems, problemSentence } from '../api/problem.ts';
import styles from './inline-text.module.css';

interface InlineTextProps {
  readonly label: string;
  readonly value: string;
  /** Rejects with what is wrong; the field stays open and says so. */
  readonly onSave: (value: string) => Promise<unknown>;
  /** The field's path in the server's answer, such as `email`. */
  readonly path: string;
  /** Shown while there is no value: "Add an e-mail address". */
  readonly placeholder: string;
  readonly type?: 'text' | 'email' | 'tel' | 'date' | 'number';
  readonly maxLength?: number;
  /** How the value reads when it is not being edited, where that differs from its text. */
  readonly children?: ReactNode;
}

/** A text that is edited where it stands: click or press Enter on it, Enter or leaving it saves, Esc takes the change back. */
export function InlineText({ label, value, onSave, path, placeholder, type = 'text', maxLength, children }: InlineTextProps) {
  const [typed, setTyped] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const returnsFocus = useRef(false);
  const isEditing = typed !== undefined;

  useEffect(() => {
    if (isEditing || !returnsFocus.current) return;
    returnsFocus.current = false;
    button.current?.focus();
  }, [isEditing]);

  async function save(): Promise<void> {
    if (typed === undefined || isBusy) return;
    if (typed.trim() === value) {
      cancel();
      return;
    }
    setBusy(true);
    try {
      await onSave(typed.trim());
      setTyped(undefined);
      setProblem(undefined);
    } catch (error) {
      const problems = fieldProblems(error);
      setProblem(problems[path] ?? Object.values(problems)[0] ?? problemSentence(error));
    } finally {
      setBusy(false);
    }
  }

  function cancel(): void {
    setTyped(undefined);
    setProblem(undefined);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    returnsFocus.current = true;
    if (event.key === 'Enter') void save();
    else cancel();
  }

  if (!isEditing) {
    return (
      <UnstyledButton
        ref={button}
        className={styles.value ?? ''}
        data-empty={value === '' || undefined}
        aria-label={value === '' ? `${label}: ${placeholder}` : `${label}: ${value}. Edit`}
        onClick={() => setTyped(value)}
      >
        <span className={styles.text}>{value === '' ? placeholder : (children ?? <bdi>{value}</bdi>)}</span>
        <Pencil className={styles.pencil} size={13} aria-hidden="true" />
      </UnstyledButton>
    );
  }
  return (
    <TextInput
      aria-label={label}
      size="xs"
      type={type}
      value={typed}
      autoFocus
      autoComplete="off"
      error={problem}
      disabled={isBusy}
      rightSection={isBusy ? <Loader size={12} aria-label="Saving" /> : null}
      {...(maxLength === undefined ? {} : { maxLength })}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={onKeyDown}
    />
  );
}
