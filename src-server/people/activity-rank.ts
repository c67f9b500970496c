import { decodeCursor } from '../kernel/page.ts';

// A contact's or company's rank is its place by last activity: the minute, and within it the order of arrival. Lists are
// read along it, and it is the row's key in the search index, so that both come with the most recently active first
// without sorting anything.

/** So many may be last active in one minute before they spill into the next. Small, because search lists grow with it. */
export const placesAMinute = 4096;

/** The first rank of the minute a time lies in. */
export function firstRankOf(at: string): number {
  return Math.floor(Date.parse(at) / 60_000) * placesAMinute;
}

/** The rank of something that is more recent than everything with a rank up to `last`. */
export function rankAfter(last: number, at: string): number {
  return Math.max(last + 1, firstRankOf(at));
}

/** Above every rank: where the first page starts. */
const aboveAllRanks = Number.MAX_SAFE_INTEGER;

/** The rank a page of contacts or companies starts below. */
export function rankBefore(cursor: string | undefined): number {
  const rank = cursor === undefined ? undefined : decodeCursor(cursor, 1)?.[0];
  return typeof rank === 'number' ? rank : aboveAllRanks;
}
