import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import styles from './search-field.module.css';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onSearch: (search: string) => void;
  readonly autoFocus?: boolean;
}

const settleMilliseconds = 120;

/** Search as one types. The arrow keys go on into the table below. */
export function SearchField({ label, value, onSearch, autoFocus = false }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  // What this field asked for last. Another value comes from outside, such as a cleared filter, and is taken over.
  const [known, setKnown] = useState(value);
  const settle = useDebouncedCallback((search: string) => {
    setKnown(search);
    onSearch(search);
  }, settleMilliseconds);
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }

  function take(next: string): void {
    setTyped(next);
    settle(next.trim());
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Escape' && typed !== '') {
      event.stopPropagation();
      take('');
    }
    // It searches as one types; inside a form Enter would send that.
    if (event.key === 'Enter') event.preventDefault();
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    event.currentTarget.closest('[data-search-scope]')?.querySelector<HTMLElement>('[role=grid]')?.focus();
  }

  return (
    <TextInput
      type="search"
      className={styles.field ?? ''}
      aria-label={label}
      placeholder={label}
      value={typed}
      autoComplete="off"
      autoFocus={autoFocus}
      leftSection={<Search size={15} aria-hidden="true" />}
      rightSection={typed === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => take('')} />}
      onChange={(event) => take(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
