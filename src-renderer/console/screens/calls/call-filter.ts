/** What the call log shows; stands in the address. */
export interface CallFilter {
  readonly missed?: true;
}

export function readCallFilter({ missed }: Readonly<Record<string, unknown>>): CallFilter {
  return missed === true || missed === 'true' ? { missed: true } : {};
}
