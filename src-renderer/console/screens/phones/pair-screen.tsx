import { useNavigate } from '@tanstack/react-router';
import { Wizard, type WizardStep } from '../../../ui/wizard.tsx';
import { pairingView } from './pairing-steps.tsx';
import { pairingStepKeys, usePairing, type PairingModel, type PairingStepKey } from './use-pairing.ts';

const labels: Readonly<Record<PairingStepKey, string>> = {
  whose: 'Whose phone',
  contacts: 'Which contacts',
  scan: 'Scan and compare',
  arrive: 'Contacts arrive',
  test: 'Test call',
};

/** Pairing a phone, step by step. It can be left at any time and goes on where it was. */
export function PairScreen() {
  const navigate = useNavigate();
  const model = usePairing('pairing');
  const leave = () => void navigate({ to: '/phones' });
  const view = pairingView(model, () => {
    model.finish();
    leave();
  });
  return (
    <Wizard
      title="Pair a phone"
      steps={pairingWizardSteps(model)}
      current={model.step}
      onStep={(step) => {
        const key = pairingStepKeys.find((one) => one === step);
        if (key !== undefined) model.edit({ step: key });
      }}
      heading={view.heading}
      lead={view.lead}
      preview={view.preview}
      onBack={view.onBack}
      onFinishLater={model.step === 'test' ? undefined : leave}
      next={view.next}
    >
      {view.body}
    </Wizard>
  );
}

/** A step is done when its result is there; the first two can be gone back to until the phone is paired. */
function pairingWizardSteps({ step, pairing, device }: PairingModel): readonly WizardStep[] {
  const at = pairingStepKeys.indexOf(step);
  const isPaired = pairing?.state === 'completed';
  return pairingStepKeys.map((key, index) => ({
    key,
    label: labels[key],
    isDone: index < at,
    isOpen: index <= at && (isPaired ? index >= 3 : index < 3 || device !== undefined),
  }));
}
