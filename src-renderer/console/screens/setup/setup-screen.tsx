import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { SetupState, SetupStep } from '#server/setup/setup.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { finishSetup, goToStep, setupQuery } from '../../../api/setup.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { AddressStep } from './address-step.tsx';
import { CompanyStep } from './company-step.tsx';
import { CustomerStep } from './customer-step.tsx';
import { PortalStep } from './portal-step.tsx';
import { leaveFirstRun } from './first-run.ts';
import { isSetupStep, neighbour, wizardSteps, type SetupFrame } from './setup-frame.ts';
import styles from './setup.module.css';

// The two largest steps belong to screens of their own.
const ContactsStep = lazy(async () => ({ default: (await import('./contacts-step.tsx')).ContactsStep }));
const PhoneStep = lazy(async () => ({ default: (await import('./phone-step.tsx')).PhoneStep }));

const stepScreens = {
  company: CompanyStep,
  address: AddressStep,
  contacts: ContactsStep,
  portal: PortalStep,
  customer: CustomerStep,
  phone: PhoneStep,
} as const;

/** From nothing to a working portal and a paired phone. It can be left at any time and goes on where it was. */
export function SetupScreen() {
  const setup = useQuery(setupQuery);
  return (
    <>
      {setup.data === undefined ? <h1 className="visually-hidden">Set up Doorline</h1> : null}
      <Loaded query={setup} failed="The set-up could not be read" skeleton={<SetupSkeleton />}>
        {(state) => <SetupWizard state={state} />}
      </Loaded>
    </>
  );
}

function SetupWizard({ state }: { readonly state: SetupState }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<SetupStep>();
  const current = chosen ?? state.currentStep;

  function take(next: SetupState): void {
    queries.setQueryData(setupQuery.queryKey, next);
  }
  const remember = useMutation({ mutationFn: goToStep, onSuccess: take });
  const finish = useMutation({
    mutationFn: finishSetup,
    onSuccess: (next) => {
      take(next);
      void queries.invalidateQueries({ queryKey: ['status'] });
      showToast('Doorline is set up. Everything can be changed in settings.');
      void navigate({ to: '/' });
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });

  function go(step: SetupStep): void {
    setChosen(step);
    remember.mutate(step);
  }

  const back = neighbour(state, current, -1);
  const next = neighbour(state, current, 1);
  const frame: SetupFrame = {
    title: 'Set up Doorline',
    steps: wizardSteps(state),
    current,
    onStep: (key) => {
      if (isSetupStep(key)) go(key);
    },
    onBack: back === undefined ? undefined : () => go(back),
    onFinishLater: () => {
      leaveFirstRun();
      void navigate({ to: '/' });
    },
  };
  const Step = stepScreens[current];
  return (
    <Suspense fallback={<SetupSkeleton />}>
      <Step key={current} frame={frame} onNext={() => (next === undefined ? finish.mutate() : go(next))} />
    </Suspense>
  );
}

function SetupSkeleton() {
  return (
    <div className={styles.skeleton}>
      <FormSkeleton />
    </div>
  );
}
