import type { CallTask } from '#server/calls/calls.contract.ts';
import { words } from '../words/words.ts';

/** What there is to do. Follow-ups stand as they were written, a call-back in the reader's language. */
export function taskTitle({ title, callBackTo }: Pick<CallTask, 'title' | 'callBackTo'>): string {
  // An answer that was kept from an older desk has none at all.
  return callBackTo ? words.parts.callBackTo(callBackTo) : title;
}
