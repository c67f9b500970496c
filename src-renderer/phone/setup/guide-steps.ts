import type { SetupState, SetupStep } from '#server/enrolment/enrolment.contract.ts';
import type { StepName } from './guide-words.ts';

/** A step as the guide shows it. */
export interface GuideStep {
  readonly name: StepName;
  readonly mark: 'done' | 'now' | 'open';
}

const names: Readonly<Record<SetupStep['step'], Readonly<Record<SetupState['way'], StepName>>>> = {
  certificate: { ios: 'certificate', android: 'certificate' },
  profile: { ios: 'profile', android: 'profile' },
  link: { ios: 'link', android: 'link' },
  account: { ios: 'accountIos', android: 'accountAndroid' },
  book: { ios: 'book', android: 'book' },
  contacts: { ios: 'contactsIos', android: 'contactsAndroid' },
  'test-call': { ios: 'testCall', android: 'testCall' },
};

/**
 * The steps of this phone in their order, the first that is not done marked as the one to do. What the desk can't see,
 * the battery settings, is done when its owner said so.
 */
export function guideSteps(state: SetupState, isBatterySet: boolean): GuideStep[] {
  const seen = state.steps.map(({ step, isDone }) => ({ name: names[step][state.way], isDone }));
  if (state.way === 'android') seen.splice(-1, 0, { name: 'battery', isDone: isBatterySet });
  const next = seen.findIndex(({ isDone }) => !isDone);
  return seen.map(({ name, isDone }, index) => {
    if (isDone) return { name, mark: 'done' };
    return { name, mark: index === next ? 'now' : 'open' };
  });
}
