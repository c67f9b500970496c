import { useQuery } from '@tanstack/react-query';
import { PhoneFrame } from '../../../ui/device-frame.tsx';
import { RingingScreen } from '../people/call-explanation.tsx';
import { explanationQuery, SimulateCall } from '../people/simulate-call.tsx';
import styles from './test-call-step.module.css';
import type { PairingModel } from './use-pairing.ts';

/** A call that is only simulated: nothing rings, nothing is logged. */
export function TestCallStep({ model }: { readonly model: PairingModel }) {
  return <SimulateCall number={model.testNumber} onNumber={model.setTestNumber} hasPhone={false} />;
}

/** The phone while the simulated call rings. */
export function TestCallPreview({ model }: { readonly model: PairingModel }) {
  const explained = useQuery(explanationQuery(model.testNumber));
  return (
    <PhoneFrame label="What the phone shows">
      {explained.data === undefined ? <p className={styles.quiet}>Nobody is calling</p> : <RingingScreen explanation={explained.data} />}
    </PhoneFrame>
  );
}
