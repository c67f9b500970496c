import type { ReactNode } from 'react';
import type { ImportBatch } from '#server/imports/imports.contract.ts';
import type { WizardNext } from '../../../ui/wizard.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { FileStep } from './file-step.tsx';
import type { ImportStep } from './import-progress.ts';
import { doubledTargets, rowsInWords } from './import-words.ts';
import { ResultStep } from './result-step.tsx';
import type { Import } from './use-import.ts';

/** One step of an import as a wizard's frame takes it: the import screen and the first-run wizard draw the same steps. */
export interface ImportView {
  readonly heading: string;
  readonly lead: string;
  readonly body: ReactNode;
  /** The way on; undefined where the step ends by itself, and once the import is done. */
  readonly next: WizardNext | undefined;
  readonly onBack: (() => void) | undefined;
  /** True when the import has run. */
  readonly isDone: boolean;
}

/** What to draw for the step an import stands at. */
export function importView(model: Import): ImportView {
  const { data: batch, error } = model.batch;
  if (batch === undefined) {
    const isFailed = error !== undefined && error !== null;
    return { ...plain, ...words.file, body: isFailed ? failed(model) : <FileStep model={model} /> };
  }
  return views[model.step](model, batch);
}

const plain = { next: undefined, onBack: undefined, isDone: false } as const;

const views: Readonly<Record<ImportStep, (model: Import, batch: ImportBatch) => ImportView>> = {
  file: (model) => ({ ...plain, ...words.file, body: <FileStep model={model} /> }),
  columns: (model, batch) => ({
    ...plain,
    ...words.columns,
    body: model.options === undefined ? <FormSkeleton /> : <ColumnsStep model={model} batch={batch} options={model.options} />,
    next: {
      label: 'Check every row',
      isBusy: model.check.isPending,
      isDisabled: model.options === undefined || doubledTargets(model.options.mapping).size > 0,
      onClick: () => model.check.mutate(),
    },
  }),
  check: (model, batch) => ({
    ...plain,
    ...(batch.state === 'dry-running' ? words.checking : words.check),
    body: <CheckStep model={model} batch={batch} />,
    onBack: batch.state === 'dry-running' ? undefined : model.goBack,
    next: batch.state === 'checked' ? runButton(model, batch) : undefined,
  }),
  import: (model, batch) => ({
    ...plain,
    ...(batch.state === 'running' || batch.state === 'undoing' ? words.running : words.result),
    body: <ResultStep model={model} batch={batch} />,
    isDone: batch.state === 'done',
  }),
};

function runButton(model: Import, batch: ImportBatch): WizardNext {
  const count = batch.progress.created + batch.progress.updated;
  const label = count === 0 ? 'Nothing to import' : `Import ${rowsInWords(count)}`;
  return { label, isBusy: model.run.isPending, isDisabled: count === 0, onClick: () => model.run.mutate() };
}

const words = {
  file: { heading: 'Bring your people', lead: 'Export your contacts, companies, tickets or deals from where they are now, and drop the file here.' },
  columns: {
    heading: 'Is this what it is?',
    lead: 'Each column was matched with what Doorline keeps. Change what is wrong; columns you leave out are not imported.',
  },
  check: { heading: 'What would happen', lead: 'Every row was gone through without changing anything.' },
  checking: { heading: 'What would happen', lead: 'Every row is gone through without changing anything.' },
  running: { heading: 'On its way', lead: 'Everything in the file is read row by row.' },
  result: { heading: 'What happened', lead: 'The import and its file stay under Imports.' },
} as const;

function failed(model: Import): ReactNode {
  return (
    <Loaded query={model.batch} failed="The import could not be read" skeleton={<FormSkeleton />}>
      {() => null}
    </Loaded>
  );
}
