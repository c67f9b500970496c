import type { Call, CallOutcome } from '#server/calls/calls.contract.ts';
import { keep, kept } from '../device/keys.ts';

/** A follow-up as it is being written. `dueOn` is a day, `2026-03-05`, or empty. */
export interface TaskDraft {
  readonly title: string;
  readonly dueOn: string;
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
  return { ...noDraft, ...(kept(nameOf(callId)) as Partial<OutcomeDraft> | null) };
}

export function keepDraft(callId: string, draft: OutcomeDraft | undefined): void {
  keep(nameOf(callId), draft);
}

/** The end of working hours of a day in the phone's own zone, as an instant. */
export function dueAt(day: string): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || Number.isNaN(year + month + date)) return null;
  return new Date(year, month - 1, date, 17, 0).toISOString();
}

/** A day from now as `2026-03-05`, in the phone's own zone. */
export function dayIn(days: number, now: Date = new Date()): string {
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}
