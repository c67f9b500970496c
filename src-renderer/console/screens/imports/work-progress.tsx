import { Button, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ImportBatch } from '#server/imports/imports.contract.ts';
import { secondsLeft, timeLeftInWords, type Pace } from './import-progress.ts';
import styles from './import-steps.module.css';

interface WorkProgressProps {
  readonly batch: ImportBatch;
  readonly title: string;
  readonly isCancelling: boolean;
  /** Not given for work that can't be stopped half-way. */
  readonly onCancel?: (() => void) | undefined;
}

/** How far the work is, how long it takes, and the way to stop it. */
export function WorkProgress({ batch, title, isCancelling, onCancel }: WorkProgressProps) {
  const { rowsDone, rowsTotal } = batch.progress;
  const left = useTimeLeft(rowsDone, rowsTotal);
  return (
    <div className={styles.work}>
      <div className={styles.workHead}>
        <strong>{title}</strong>
        <span className={styles.quiet}>{timeLeftInWords(left)}</span>
      </div>
      <Progress value={rowsTotal === 0 ? 0 : (rowsDone / rowsTotal) * 100} size={8} aria-label={title} />
      <div className={styles.workHead}>
        <span className={styles.quiet}>
          {rowsDone.toLocaleString('en')} of {rowsTotal.toLocaleString('en')} rows
        </span>
        {onCancel === undefined ? null : (
          <Button size="xs" loading={isCancelling} onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      <p className={styles.quiet}>You can leave this page: the work goes on, and its result waits under Imports.</p>
    </div>
  );
}

const everySecond = 1000;

function useTimeLeft(rowsDone: number, rowsTotal: number): number | null {
  const [pace] = useState<Pace>(() => ({ sinceMilliseconds: Date.now(), rowsThen: rowsDone }));
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everySecond);
    return () => clearInterval(timer);
  }, []);
  return secondsLeft(pace, { atMilliseconds: now, rowsDone, rowsTotal });
}
