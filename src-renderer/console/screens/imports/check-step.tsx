import type { ImportBatch } from '#server/imports/imports.contract.ts';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { ImportCounts, ImportNotes, RefusedRows } from './import-counts.tsx';
import styles from './import-steps.module.css';
import type { Import } from './use-import.ts';
import { WorkProgress } from './work-progress.tsx';

/** What the import would do, counted row by row before anything is changed. */
export function CheckStep({ model, batch }: { readonly model: Import; readonly batch: ImportBatch }) {
  if (batch.state === 'dry-running') {
    return <WorkProgress batch={batch} title="Checking every row" isCancelling={model.cancel.isPending} onCancel={() => model.cancel.mutate()} />;
  }
  return (
    <div className={styles.stack}>
      <ProblemSummary error={model.run.error} title="The import did not begin" />
      {batch.state === 'checked' ? null : (
        <p className={styles.warning}>
          {batch.state === 'cancelled' ? 'The check was cancelled. What was counted so far:' : 'The check stopped before its end. What was counted so far:'}
        </p>
      )}
      {batch.problem === null || batch.problem === undefined ? null : <p className={styles.problem}>{batch.problem}</p>}
      <ImportCounts batch={batch} tense="future" />
      <ImportNotes batch={batch} />
      <RefusedRows batch={batch} />
    </div>
  );
}
