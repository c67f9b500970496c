import type { z } from 'zod';
import type { CallFilter as CallQuestion } from '#server/calls/calls.contract.ts';

/** What the call log shows; stands in the address, so that it survives reloads and can be linked to. */
export interface CallFilter {
  readonly missed?: true;
  readonly direction?: 'inbound' | 'outbound';
  readonly who?: 'unknown' | 'withheld';
  readonly outcome?: string;
  readonly agentId?: string;
  readonly source?: string;
  readonly contactId?: string;
  /** The contact's name, so that the filter can be named before the contact is read. */
  readonly contactName?: string;
  /** Days of the reader's own time, both included: 2026-12-31. */
  readonly from?: string;
  readonly to?: string;
  readonly search?: string;
}

const texts = ['outcome', 'agentId', 'source', 'contactId', 'contactName', 'from', 'to', 'search'] as const;

/** Reads the filter out of an address; what does not belong there is left out. */
export function readCallFilter(search: Readonly<Record<string, unknown>>): CallFilter {
  const { missed, direction, who } = search;
  const read = texts.flatMap((key) => {
    // A search for digits arrives as a number.
    const value = typeof search[key] === 'number' ? String(search[key]) : search[key];
    const isDay = key !== 'from' && key !== 'to' ? true : typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value);
    return typeof value === 'string' && value !== '' && isDay ? [[key, value] as const] : [];
  });
  return {
    ...(missed === true || missed === 'true' ? { missed: true } : {}),
    ...(direction === 'inbound' || direction === 'outbound' ? { direction } : {}),
    ...(who === 'unknown' || who === 'withheld' ? { who } : {}),
    ...Object.fromEntries(read),
  };
}

/** How many choices narrow the log, beside missed and the search. */
export function narrowingCount(filter: CallFilter): number {
  const { direction, who, outcome, agentId, source, contactId, from, to } = filter;
  return [direction, who, outcome, agentId, source, contactId, from ?? to].filter((value) => value !== undefined).length;
}

/** The filter with one choice changed; `undefined` takes the choice away. */
export function withChoice<Key extends keyof CallFilter>(filter: CallFilter, key: Key, value: CallFilter[Key] | undefined): CallFilter {
  const { [key]: _before, ...rest } = filter;
  return value === undefined ? rest : { ...rest, [key]: value };
}

/** A day's midnight here, as an instant; `after` days later. */
function midnight(day: string, after: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + after).toISOString();
}

/** What the server is asked. */
export function questionOf({ contactName: _name, missed, from, to, ...rest }: CallFilter): Record<string, string | boolean> & z.input<typeof CallQuestion> {
  return {
    // The values are checked where they are answered.
    ...(rest as Record<string, string>),
    ...(missed === true ? { missed: 'true' } : {}),
    ...(from === undefined ? {} : { from: midnight(from, 0) }),
    ...(to === undefined ? {} : { to: midnight(to, 1) }),
  };
}
