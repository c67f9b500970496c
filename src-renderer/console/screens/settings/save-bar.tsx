import { Button } from '@mantine/core';
import { Check } from 'lucide-react';
import styles from './settings.module.css';

interface SaveBarProps {
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  readonly wasSaved: boolean;
  readonly onDiscard: () => void;
}

/** Stands under a settings form. What is not saved is kept as a draft, and says so. */
export function SaveBar({ isChanged, isSaving, wasSaved, onDiscard }: SaveBarProps) {
  return (
    <div className={styles.saveBar}>
      <Button type="submit" variant="filled" disabled={!isChanged} loading={isSaving}>
        Save
      </Button>
      {isChanged ? (
        <>
          <Button variant="subtle" color="gray" onClick={onDiscard}>
            Discard
          </Button>
          <span className={styles.saveNote}>Not saved yet, kept as a draft</span>
        </>
      ) : null}
      {wasSaved && !isChanged ? (
        <span className={styles.saveNote}>
          <Check size={14} aria-hidden="true" /> Saved
        </span>
      ) : null}
    </div>
  );
}
