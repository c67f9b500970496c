import type { ReactNode } from 'react';
import type { WizardNext } from '../../../ui/wizard.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { fieldProblems } from '../../../api/problem.ts';
import { ArriveStep, hasArrived } from './arrive-step.tsx';
import { LeaseField } from './lease-field.tsx';
import { PairingPreview } from './pairing-preview.tsx';
import { ScanStep } from './scan-step.tsx';
import { CompanyField } from './company-field.tsx';
import { ScopeFields } from './scope-fields.tsx';
import { StartProblem } from './start-problem.tsx';
import { TestCallPreview, TestCallStep } from './test-call-step.tsx';
import type { PairingModel, PairingStepKey } from './use-pairing.ts';
import { WhoseStep } from './whose-step.tsx';

/** One step of pairing as a wizard's frame takes it: the pairing wizard and the first-run wizard draw the same steps. */
export interface PairingView {
  readonly heading: string;
  readonly lead: string;
  readonly body: ReactNode;
  readonly preview: ReactNode;
  readonly next: WizardNext | undefined;
  readonly onBack: (() => void) | undefined;
}

/** What to draw for the step a pairing stands at. `onDone` ends the wizard after the test call. */
export function pairingView(model: PairingModel, onDone: () => void): PairingView {
  if (!model.isReady) return { heading: 'Pair a phone', lead: '', body: <FormSkeleton fields={2} />, preview: null, next: undefined, onBack: undefined };
  return views[model.step](model, onDone);
}

const views: Readonly<Record<PairingStepKey, (model: PairingModel, onDone: () => void) => PairingView>> = {
  whose: (model) => ({
    heading: 'Whose phone is it?',
    lead: 'It will show who is calling, by name, without an account or an app from a shop.',
    body: <WhoseStep model={model} />,
    preview: <PairingPreview model={model} />,
    next: { label: 'Continue', isDisabled: model.deviceName === '', onClick: () => model.edit({ step: 'contacts' }) },
    onBack: undefined,
  }),
  contacts: (model) => ({
    heading: 'Which contacts does it get?',
    lead: 'They lie on the phone, so that names show without the network too.',
    body: (
      <>
        <StartProblem model={model} />
        <ScopeFields
          scope={{ everyone: model.draft.everyone, listIds: model.draft.listIds, most: model.draft.most }}
          problem={fieldProblems(model.start.error)['scope.listIds']}
          mostProblem={fieldProblems(model.start.error)['scope.most']}
          onChange={model.edit}
        >
          <CompanyField showsCompany={model.draft.showsCompany} onChange={(showsCompany) => model.edit({ showsCompany })} />
        </ScopeFields>
        <LeaseField
          label="The contacts leave the phone by themselves"
          hint="Unless its owner renews them on the phone. It is for phones that get lost: an iPhone drops them wherever it is, others when they next reach this PC."
          days={model.draft.leaseDays}
          problem={fieldProblems(model.start.error)['leaseDays']}
          onChange={(leaseDays) => model.edit({ leaseDays })}
        />
      </>
    ),
    preview: <PairingPreview model={model} />,
    next: {
      label: 'Show the code',
      isBusy: model.start.isPending,
      isDisabled: !model.draft.everyone && model.draft.listIds.length === 0,
      onClick: () => model.start.mutate(),
    },
    onBack: () => model.edit({ step: 'whose' }),
  }),
  scan: (model) => ({
    heading: `Scan this with ${model.deviceName}`,
    lead: 'Open the camera and point it here. The code works once and for five minutes.',
    body: <ScanStep model={model} />,
    preview: <PairingPreview model={model} />,
    next: undefined,
    onBack: () => model.edit({ step: 'contacts' }),
  }),
  arrive: (model) => ({
    heading: hasArrived(model) ? 'The contacts are on the phone' : 'The contacts are on their way',
    lead: `${model.deviceName} is paired.`,
    body: <ArriveStep model={model} />,
    preview: <PairingPreview model={model} />,
    next: { label: hasArrived(model) ? 'Continue' : 'Go on meanwhile', onClick: () => model.edit({ step: 'test' }) },
    onBack: undefined,
  }),
  test: (model, onDone) => ({
    heading: 'Try a call',
    lead: 'Type a number of one of your contacts: this is what the phone shows when it rings.',
    body: <TestCallStep model={model} />,
    preview: <TestCallPreview model={model} />,
    next: { label: 'Done', onClick: onDone },
    onBack: undefined,
  }),
};
