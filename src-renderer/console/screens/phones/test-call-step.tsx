import { useState } from 'react';
import { SimulateCall } from '../people/simulate-call.tsx';

/** A call that is only simulated: nothing rings, nothing is logged. */
export function TestCallStep() {
  const [number, setNumber] = useState('');
  return <SimulateCall number={number} onNumber={setNumber} />;
}
