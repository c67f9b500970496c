import { Button } from '@mantine/core';
import { CircleCheck, CircleX, Undo2 } from 'lucide-react';
import type { ImportBatch, ImportObject } from '#server/imports/imports.contract.ts';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { ImportCounts, ImportNotes, RefusedRows } from './import-counts.tsx';
import styles from './import-steps.module.css';
import { counted } from './import-words.ts';
import type { Import } from './use-import.ts';
import { WorkProgress } from './work-progress.tsx';

/** The running import, then what it did, with the way to take it back. */
export function ResultStep({ model, batch }: { readonly model: Import; readonly batch: ImportBatch }) {
  if (batch.state === 'running') {
    return (
      <WorkProgress
        key="run"
        batch={batch}
        title={`Importing ${batch.fileName}`}
        isCancelling={model.cancel.isPending}
        onCancel={() => model.cancel.mutate()}
      />
    );
  }
  if (batch.state === 'undoing') return <WorkProgress key="undo" batch={batch} title="Taking the import back" isCancelling={false} />;
  const { progress } = batch;
  const object = batch.options?.object ?? batch.object;
  const didSomething = progress.created + progress.updated > 0;
  return (
    <div className={styles.stack}>
      <ProblemSummary error={model.undo.error ?? model.release.error} title="That did not work" />
      <Outcome batch={batch} />
      {batch.problem === null || batch.problem === undefined ? null : <p className={styles.problem}>{batch.problem}</p>}
      {batch.state === 'undone' ? null : (
        <>
          <ImportCounts batch={batch} tense="past" />
          <ImportNotes batch={batch} />
          <RefusedRows batch={batch} />
          {object === 'tickets' && progress.created > (progress.released ?? 0) ? (
            <ReleaseTickets model={model} count={progress.created - (progress.released ?? 0)} />
          ) : null}
          {progress.unreadableNumbers > 0 ? (
            <p>
              <ButtonLink to="/people/numbers">Mend the numbers that can’t be read</ButtonLink>
            </p>
          ) : null}
        </>
      )}
      {batch.state !== 'undone' && didSomething ? (
        <div className={styles.undo}>
          <Button leftSection={<Undo2 size={15} aria-hidden="true" />} loading={model.undo.isPending} onClick={() => model.undo.mutate()}>
            Take the import back
          </Button>
          <p className={styles.quiet}>Removes what was added and restores what was changed, except where somebody has worked on it since.</p>
        </div>
      ) : null}
    </div>
  );
}

function Outcome({ batch }: { readonly batch: ImportBatch }) {
  const object = batch.options?.object ?? batch.object;
  const isGood = batch.state === 'done' || batch.state === 'undone';
  const Icon = isGood ? CircleCheck : CircleX;
  return (
    <p className={styles.outcome} data-good={isGood || undefined} aria-live="polite">
      <Icon size={20} aria-hidden="true" />
      {outcomeInWords(batch, object)}
    </p>
  );
}

function outcomeInWords({ state, progress }: ImportBatch, object: ImportObject): string {
  if (state === 'undone') return 'The import was taken back. Everything is as it was before.';
  const taken = `${counted(progress.created, object)} added, ${progress.updated.toLocaleString('en')} changed`;
  if (state === 'cancelled') return `Cancelled half-way: ${taken} until then.`;
  if (state === 'failed') return `The import stopped half-way: ${taken} until then. Import the file again to go on; nobody is made twice.`;
  if (progress.created > 0) return `${counted(progress.created, object)} ${progress.created === 1 ? 'is' : 'are'} in.`;
  return progress.updated > 0 ? `Nobody was new; ${counted(progress.updated, object)} changed.` : 'Everything in the file was here already.';
}

function ReleaseTickets({ model, count }: { readonly model: Import; readonly count: number }) {
  return (
    <div className={styles.release}>
      <div>
        <strong>Customers don’t see these tickets yet</strong>
        <p className={styles.quiet}>
          Look through them on the desk first, then show all {counted(count, 'tickets')} on the portal at once. Nobody gets a mail.
        </p>
      </div>
      <Button
        loading={model.release.isPending}
        onClick={() => model.release.mutate(undefined, { onSuccess: () => showToast('The tickets are on the portal') })}
      >
        Show them on the portal
      </Button>
    </div>
  );
}
