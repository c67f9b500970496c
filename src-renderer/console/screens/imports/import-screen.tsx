import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Wizard, type WizardStep } from '../../../ui/wizard.tsx';
import type { ImportStep } from './import-progress.ts';
import { importView } from './import-steps.tsx';
import { useImport } from './use-import.ts';

const order: readonly { readonly key: ImportStep; readonly label: string }[] = [
  { key: 'file', label: 'File' },
  { key: 'columns', label: 'Columns' },
  { key: 'check', label: 'Check' },
  { key: 'import', label: 'Import' },
];

const route = getRouteApi('/imports/$importId');

/** An import that was begun: it is found again here, whatever it is doing. */
export function ImportScreen() {
  const { importId } = route.useParams();
  return <ImportWizard key={importId} batchId={importId} />;
}

/** A new import: begins with the file. */
export function NewImportScreen() {
  return <ImportWizard batchId={undefined} />;
}

function ImportWizard({ batchId }: { readonly batchId: string | undefined }) {
  const navigate = useNavigate();
  const model = useImport({ batchId, onBatch: (importId) => void navigate({ to: '/imports/$importId', params: { importId }, replace: true }) });
  const view = importView(model);
  const at = order.findIndex((step) => step.key === model.step);
  const steps = order.map(({ key, label }, index): WizardStep => ({
    key,
    label,
    isDone: index < at || (key === 'import' && view.isDone),
    isOpen: index === at || (key === 'columns' && model.step === 'check' && view.onBack !== undefined),
    ...(key === 'file' && model.batch.data !== undefined ? { summary: model.batch.data.fileName } : {}),
  }));
  const leave = () => void navigate({ to: '/imports' });
  return (
    <Wizard
      title="Import"
      steps={steps}
      current={model.step}
      onStep={(key) => {
        if (key === 'columns') model.goBack();
      }}
      heading={view.heading}
      lead={view.lead}
      onBack={view.onBack}
      onFinishLater={model.step === 'import' ? undefined : leave}
      next={view.next ?? (model.step === 'import' && model.batch.data?.state !== 'running' ? { label: 'Done', onClick: leave } : undefined)}
    >
      {view.body}
    </Wizard>
  );
}
