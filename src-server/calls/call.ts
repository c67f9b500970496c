import type { Call, CallOutcome, CallState } from './calls.contract.ts';

const order: Readonly<Record<CallState, number>> = { ringing: 0, answered: 1, ended: 2, missed: 2 };

/** The state after an event. A late or repeated event never takes a call back, and an ended one stays as it ended. */
export function nextState(present: CallState, event: CallState): CallState {
  return order[event] > order[present] ? event : present;
}

export interface LoggingSwitches {
  readonly logsCalls: boolean;
  readonly hasOutcomeScreen: boolean;
}

/**
 * Whether the outcome screen should come up for a call: always after one made from the phone page, after others only
 * when the phone logs calls, and after one that came in only when the caller is a known contact, or one of several who
 * share the number.
 */
export function asksForOutcome(
  call: Pick<Call, 'state' | 'direction' | 'outcome' | 'via'> & { readonly isKnownContact: boolean },
  switches: LoggingSwitches,
): boolean {
  if (!switches.hasOutcomeScreen || call.outcome !== null || call.state === 'missed') return false;
  if (call.via === 'phone-page') return true;
  return switches.logsCalls && call.state === 'ended' && (call.direction === 'outbound' || call.isKnownContact);
}

/** Whether somebody was spoken to: a call with any talk in it, whatever was reported of its end. */
export function wasSpoken(call: {
  readonly state: string;
  readonly answered_at: string | null;
  readonly duration_seconds: number | null;
  readonly outcome: string | null;
}): boolean {
  return call.state === 'answered' || call.answered_at !== null || (call.duration_seconds ?? 0) > 0 || call.outcome === 'connected';
}

const outcomeWords: Readonly<Record<CallOutcome, string>> = {
  connected: 'connected',
  'no-answer': 'no answer',
  busy: 'busy',
  'left-message': 'left a message',
  'wrong-number': 'wrong number',
};

function minutes(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** A call as one line of a timeline. */
export function summaryOf(call: {
  readonly direction: Call['direction'];
  readonly state: CallState;
  readonly outcome: CallOutcome | null;
  readonly durationSeconds: number | null;
  readonly note: string;
}): string {
  if (call.state === 'missed') return 'Missed call';
  const parts = [
    call.direction === 'outbound' ? 'Call made' : 'Call taken',
    ...(call.outcome === null ? [] : [outcomeWords[call.outcome]]),
    ...(call.durationSeconds === null ? [] : [minutes(call.durationSeconds)]),
  ];
  return `${parts.join(', ')}${call.note === '' ? '' : `: ${call.note}`}`;
}
