import type { SetupStepProps } from './setup-frame.ts';
import { Wizard } from '../../../ui/wizard.tsx';
export function ContactsStep({ frame, onNext }: SetupStepProps) {
  return (
    <Wizard {...frame} heading="x" lead="y" next={{ label: 'Continue', onClick: onNext }}>
      {null}
    </Wizard>
  );
}
