import { fullName } from '../caller-id/caller-label.ts';
import { shortText } from '../kernel/shown-text.ts';
import { formatForScreen } from '../phone-numbers/phone-number.ts';

/** What is known of somebody who rang in vain. */
export interface MissedCall {
  /** E.164, or the digits as they rang; null for a task of another kind. */
  readonly caller: string | null;
  readonly contact_id: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly publish_to_phones: number | null;
  /** What was shown when they rang. */
  readonly label: string | null;
}

/** A caller's number as it is read. */
export function numberOfCaller(caller: string, homeCountry: string): string {
  return caller.startsWith('+') ? formatForScreen(caller, homeCountry) : caller;
}

/**
 * Whom to call back: a name, what the number showed when it rang, or the number. Phones show it, so people who must not
 * be published stand by their number, whatever the number showed before.
 */
export function whomToCallBack(call: MissedCall, homeCountry: string): string | null {
  if (call.caller === null) return null;
  const number = numberOfCaller(call.caller, homeCountry);
  if (call.contact_id === null) return call.label ?? number;
  if (call.publish_to_phones !== 1) return number;
  const name = fullName({ firstName: call.first_name ?? '', lastName: call.last_name ?? '' });
  return name === '' ? (call.label ?? number) : name;
}

/** The same as something to do, “Call back Jonas Brandt”. */
export function callBackTitle(whom: string): string {
  return shortText(`Call back ${whom}`, 200);
}
