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
 * Whether it must be answered an empty token where its own holds no more, instead of an error (RFC 6578, 3.2). Thunderbird
 * takes 403 for a fault, at every sync from then on. After 400 it would read everything anew, but fails where something
 * must go from a book it holds for read-only. Without a token it compares the whole list at each sync, and drops what went.
 */
export function needsEmptyToken(userAgent: string): boolean {
  return isThunderbird(userAgent);
}
