import type { Call, CallOutcome } from '#server/calls/calls.contract.ts';

export const outcomes: readonly { readonly value: CallOutcome; readonly label: string }[] = [
  { value: 'connected', label: 'Spoke' },
  { value: 'no-answer', label: 'No answer' },
  { value: 'busy', label: 'Busy' },
  { value: 'left-message', label: 'Left a message' },
  { value: 'wrong-number', label: 'Wrong number' },
];

export function outcomeInWords(outcome: CallOutcome): string {
  return outcomes.find((one) => one.value === outcome)?.label ?? outcome;
}

/** "Missed", "Incoming", "Outgoing"; "Ringing" and "On the phone" while it lasts. */
export function callInWords({ state, direction }: Pick<Call, 'state' | 'direction'>): string {
  if (state === 'ringing') return 'Ringing';
  if (state === 'answered') return 'On the phone';
  if (state === 'missed') return direction === 'inbound' ? 'Missed' : 'Not reached';
  return direction === 'inbound' ? 'Incoming' : 'Outgoing';
}

/** "4 min 05 s", "38 s". */
export function durationInWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const matches: Readonly<Record<string, string>> = {
  exact: 'Exact match',
  alias: 'Another way to write their number',
  ddi: 'Inside the company’s number range',
  maybe: 'Maybe: only the end of the number is the same',
  hand: 'Named by hand',
};

/** Why the call has its name. */
export function matchKindInWords(kind: string | null): string | null {
  return kind === null ? null : (matches[kind] ?? kind);
}
