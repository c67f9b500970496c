import { Wizard } from '../../../ui/wizard.tsx';
import { pairingView } from '../phones/pairing-steps.tsx';
import { usePairing } from '../phones/use-pairing.ts';
import type { SetupStepProps } from './setup-frame.ts';

/** Pairing's own steps inside this wizard. The last of them ends the set-up. */
export function PhoneStep({ frame, onNext }: SetupStepProps) {
  const model = usePairing('setup.pairing');
  const view = pairingView(model, () => {
    model.finish();
    onNext();
  });
  const isTest = model.step === 'test';
  return (
    <Wizard
      {...frame}
      heading={view.heading}
      lead={view.lead}
      preview={view.preview ?? undefined}
      onBack={view.onBack ?? frame.onBack}
      next={isTest && view.next !== undefined ? { ...view.next, label: 'Finish' } : view.next}
      skip={isTest ? undefined : { label: 'Finish without a phone', onClick: onNext }}
    >
      {view.body}
    </Wizard>
  );
}
