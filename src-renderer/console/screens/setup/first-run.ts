import type { SetupState } from '#server/setup/setup.contract.ts';

const left = 'doorline.setup-left';

/** The wizard was put off: it does not open by itself again in this window. */
export function leaveFirstRun(): void {
  sessionStorage.setItem(left, 'yes');
}

/** Whether the wizard should open by itself: nothing was set up yet, and nobody put it off. */
export function isFirstRun(state: SetupState): boolean {
  const hasBegun = state.steps.some(({ step, isDone }) => step === 'company' && isDone);
  return state.finishedAt === null && !hasBegun && sessionStorage.getItem(left) === null;
}
