import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import type { ImportBatch } from '#server/imports/imports.contract.ts';
import { saveImportErrors } from '../../../api/imports.ts';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast } from '../../../ui/toasts.tsx';
import styles from './import-steps.module.css';
import { rowsInWords } from './import-words.ts';

const words = {
  future: {
    created: 'would be added',
    updated: 'would be changed',
    unchanged: 'are the same already',
    failed: 'can’t be taken',
    numbers: 'numbers can’t be read',
  },
  past: { created: 'added', updated: 'changed', unchanged: 'were the same already', failed: 'not taken', numbers: 'numbers can’t be read' },
} as const;

/** The figures of a check or an import, large enough to be taken in at once. */
export function ImportCounts({ batch, tense }: { readonly batch: ImportBatch; readonly tense: keyof typeof words }) {
  const { created, updated, unchanged, failed, unreadableNumbers } = batch.progress;
  const say = words[tense];
  const figures = [
    { key: 'created', count: created, label: say.created, tone: 'on' },
    { key: 'updated', count: updated, label: say.updated, tone: 'plain' },
    { key: 'unchanged', count: unchanged, label: say.unchanged, tone: 'plain' },
    { key: 'failed', count: failed, label: say.failed, tone: failed > 0 ? 'bad' : 'plain' },
    { key: 'numbers', count: unreadableNumbers, label: say.numbers, tone: unreadableNumbers > 0 ? 'warn' : 'plain' },
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(({ key, count, label, tone }) => (
        <div key={key} className={styles.figure} data-tone={tone}>
          <dt>{label}</dt>
          <dd>{count.toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What else is worth knowing, such as stages that were added. */
export function ImportNotes({ batch }: { readonly batch: ImportBatch }) {
  const notes = batch.progress.notes ?? [];
  if (notes.length === 0) return null;
  return (
    <ul className={styles.promises}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** The first rows that can't be taken and why; all of them as a file to mend and import again. */
export function RefusedRows({ batch }: { readonly batch: ImportBatch }) {
  const { errors, failed } = batch.progress;
  if (failed === 0) return null;
  return (
    <section className={styles.refused}>
      <div className={styles.workHead}>
        <h3 className={styles.refusedTitle}>{rowsInWords(failed)} can’t be taken</h3>
        <Button
          size="xs"
          leftSection={<Download size={14} aria-hidden="true" />}
          onClick={() => void saveImportErrors(batch).catch((error: unknown) => showProblemToast(problemSentence(error)))}
        >
          Save them as a file
        </Button>
      </div>
      <ul className={styles.errors}>
        {errors.slice(0, 5).map(({ row, column, message }) => (
          <li key={`${row} ${column}`}>
            <span className={styles.quiet}>Row {row.toLocaleString('en')}</span>
            <bdi>{column}</bdi>
            <span>{message}</span>
          </li>
        ))}
      </ul>
      {failed > 5 ? <p className={styles.quiet}>The file says for every row what is wrong. Mend it there and import it again.</p> : null}
    </section>
  );
}
