import type { DeviceListState } from '#server/devices/devices.contract.ts';

/** Which phones show; stands in the address. */
export interface PhonesSearch {
  readonly search?: string;
  readonly state?: DeviceListState;
}

const states: readonly DeviceListState[] = ['in-use', 'attention', 'ended'];

export function readPhonesSearch({ search, state }: Readonly<Record<string, unknown>>): PhonesSearch {
  // A search for digits arrives as a number.
  const text = typeof search === 'number' ? String(search) : search;
  const known = states.find((one) => one === state);
  return { ...(typeof text === 'string' && text !== '' ? { search: text } : {}), ...(known === undefined ? {} : { state: known }) };
}
