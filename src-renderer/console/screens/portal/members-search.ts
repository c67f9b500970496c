import type { Member } from '#server/members/members.contract.ts';

/** Which members show; stands in the address. */
export interface MembersSearch {
  readonly search?: string;
  readonly state?: Member['state'];
}

const states: readonly Member['state'][] = ['invited', 'active', 'disabled'];

export function readMembersSearch({ search, state }: Readonly<Record<string, unknown>>): MembersSearch {
  const text = typeof search === 'number' ? String(search) : search;
  const known = states.find((one) => one === state);
  return { ...(typeof text === 'string' && text !== '' ? { search: text } : {}), ...(known === undefined ? {} : { state: known }) };
}
