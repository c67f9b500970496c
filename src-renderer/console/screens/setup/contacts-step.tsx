import { z } from 'zod';
import { useDraft } from '../../../api/use-draft.ts';
import { FormSkeleton } from '../../../ui/states.tsx';
import { Wizard } from '../../../ui/wizard.tsx';
import { importView } from '../imports/import-steps.tsx';
import { useImport } from '../imports/use-import.ts';
import { ContactsPreview } from './contacts-preview.tsx';
import type { SetupStepProps } from './setup-frame.ts';

const Begun = z.object({ batchId: z.string().nullable() });
type Begun = z.infer<typeof Begun>;

/** The import wizard's own steps inside this one. Which import was begun is remembered, so leaving loses nothing. */
export function ContactsStep(props: SetupStepProps) {
  const begun = useDraft<Begun>({ place: 'setup.contacts', schema: Begun, empty: { batchId: null }, isEmpty: ({ batchId }) => batchId === null });
  if (!begun.isReady) {
    return (
      <Wizard {...props.frame} heading="Bring your people" lead="">
        <FormSkeleton fields={2} />
      </Wizard>
    );
  }
  return <ImportInside {...props} batchId={begun.body.batchId ?? undefined} onBatch={(batchId) => begun.edit({ batchId })} onAnother={() => begun.clear()} />;
}

interface ImportInsideProps extends SetupStepProps {
  readonly batchId: string | undefined;
  readonly onBatch: (id: string) => void;
  readonly onAnother: () => void;
}

function ImportInside({ frame, onNext, batchId, onBatch, onAnother }: ImportInsideProps) {
  const model = useImport({ batchId, onBatch });
  const view = importView(model);
  const isAtResult = model.step === 'import';
  return (
    <Wizard
      {...frame}
      heading={view.heading}
      lead={view.lead}
      preview={<ContactsPreview />}
      onBack={view.onBack ?? frame.onBack}
      next={view.next ?? (isAtResult ? { label: 'Continue', onClick: onNext } : undefined)}
      skip={isAtResult ? { label: 'Import another file', onClick: onAnother } : { label: 'Skip for now', onClick: onNext }}
    >
      {view.body}
    </Wizard>
  );
}
