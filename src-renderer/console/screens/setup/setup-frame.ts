import type { SetupState, SetupStep } from '#server/setup/setup.contract.ts';
import type { WizardStep } from '../../../ui/wizard.tsx';

/** What every step gets: where it stands in the wizard, and how to move on. */
export interface SetupFrame {
  readonly title: string;
  readonly steps: readonly WizardStep[];
  readonly current: string;
  readonly onStep: (step: string) => void;
  readonly onBack: (() => void) | undefined;
  readonly onFinishLater: () => void;
}

export interface SetupStepProps {
  readonly frame: SetupFrame;
  /** To the next step; after the last, home. */
  readonly onNext: () => void;
}

const labels: Readonly<Record<SetupStep, string>> = {
  company: 'Company and country',
  address: 'Address and certificate',
  contacts: 'Import contacts',
  portal: 'Open the portal',
  customer: 'Invite a customer',
  phone: 'Pair a phone',
};

/** The server's view of the steps as the wizard's frame draws them. */
export function wizardSteps(state: SetupState): WizardStep[] {
  return state.steps.map(({ step, isDone, summary }) => ({ key: step, label: labels[step], isDone, summary: isDone ? summary : '' }));
}

export function isSetupStep(key: string): key is SetupStep {
  return Object.hasOwn(labels, key);
}

export function neighbour(state: SetupState, step: SetupStep, distance: 1 | -1): SetupStep | undefined {
  const index = state.steps.findIndex((one) => one.step === step);
  return state.steps[index + distance]?.step;
}
