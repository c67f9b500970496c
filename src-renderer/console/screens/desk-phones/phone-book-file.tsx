import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { savePhoneBook } from '../../../api/pbx.ts';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import styles from './system-parts.module.css';

/** The phone book as a file, for a FRITZ!Box that can't read it by itself. */
export function PhoneBookFile({ sourceId }: { readonly sourceId: string }) {
  const save = useMutation({ mutationFn: () => savePhoneBook(sourceId) });
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>
        For a box that refuses the online phone book, or has an older FRITZ!OS: save the phone book and restore it there, under Telefonie → Telefonbuch →
        Wiederherstellen (Restore). Make a phone book for it first, because restoring replaces what is in it. A file does not follow changes; restore a new one
        now and then.
      </p>
      <Button leftSection={<Download size={14} aria-hidden="true" />} loading={save.isPending} onClick={() => save.mutate()}>
        Save the phone book
      </Button>
      <ProblemSummary error={save.error} title="The phone book could not be saved" />
    </div>
  );
}
