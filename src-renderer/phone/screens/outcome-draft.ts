import type { Call, CallOutcome } from '#server/calls/calls.contract.ts';
import { keep, kept } from '../device/keys.ts';
import type { DueDraft } from './task-due.ts';

/** A follow-up as it is being written. */
export interface TaskDraft extends DueDraft {
  readonly title: string;
}

export interface OutcomeDraft {
  /** Which call it is, so that the form can be shown without the desk. */
  readonly heading?: Pick<Call, 'direction' | 'display'>;
  readonly outcome: CallOutcome | undefined;
  readonly note: string;
  /** Who it was, once that is said; null: none of those who are known. */
  readonly contactId: string | null | undefined;
  readonly tasks: readonly TaskDraft[];
}

const noDraft: OutcomeDraft = { outcome: undefined, note: '', contactId: undefined, tasks: [] };

function nameOf(callId: string): string {
  return `outcome.${callId}`;
}

/** What was typed for a call and not saved yet: it outlives the dialler, a reload and a restart of the phone. */
export function readDraft(callId: string): OutcomeDraft {
  const draft = { ...noDraft, ...(kept(nameOf(callId)) as Partial<OutcomeDraft> | null) };
  // What was kept by an older page has a day only.
  return { ...draft, tasks: draft.tasks.map((task) => ({ ...task, dueTime: task.dueTime ?? '' })) };
}

export function keepDraft(callId: string, draft: OutcomeDraft | undefined): void {
  keep(nameOf(callId), draft);
}
