// What some clients need that others do not, by what they call themselves (RFC 9110, 10.1.5). Only what was seen or is
// documented of them; whoever is not known here is answered as the standards say.

/** Contacts and the account services behind it, on iPhones, iPads and Macs. */
function isApples(userAgent: string): boolean {
  return /^(?:iOS|iPadOS|macOS|Mac OS X)\/|\b(?:dataaccessd|accountsd|AddressBookCore|AddressBookSourceSync|CardDAVPlugin)\b/u.test(userAgent);
}

function isThunderbird(userAgent: string): boolean {
  return /\bThunderbird\/\d/u.test(userAgent);
}

/** Whether it goes on showing an edit that was refused, or stops syncing over it, so that ours must win without a refusal. */
export function keepsWhatIsRefused(userAgent: string): boolean {
  return isApples(userAgent) || isThunderbird(userAgent);
}

/**
 * The status that goes with `valid-sync-token`: 403 (RFC 6578, 3.2, by RFC 4918, 16). Thunderbird reads everything anew
 * after a 400 only, and takes anything else for a fault that is there at every sync from then on.
 */
export function statusOfSpentToken(userAgent: string): 400 | 403 {
  return isThunderbird(userAgent) ? 400 : 403;
}
