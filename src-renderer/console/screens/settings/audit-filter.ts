/** What of the audit log shows; stands in the address, so that it can be linked to. */
export interface AuditFilter {
  readonly action?: string;
  /** What was acted on: `device:ID`. */
  readonly target?: string;
  /** Its name, so that the filter can be named before there are entries. */
  readonly targetName?: string;
}

/** Reads the filter out of an address; what does not belong there is left out. */
export function readAuditFilter(search: Readonly<Record<string, unknown>>): AuditFilter {
  const read = (['action', 'target', 'targetName'] as const).flatMap((key) => {
    // A name of digits arrives as a number.
    const value = typeof search[key] === 'number' ? String(search[key]) : search[key];
    return typeof value === 'string' && value !== '' ? [[key, value] as const] : [];
  });
  return Object.fromEntries(read);
}
