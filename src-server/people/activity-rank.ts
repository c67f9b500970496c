import { decodeCursor } from '../kernel/page.ts';

/** Above every activity rank: where the first page starts. */
const aboveAllRanks = Number.MAX_SAFE_INTEGER;

/** The rank a page of contacts or companies starts below. */
export function rankBefore(cursor: string | undefined): number {
  const rank = cursor === undefined ? undefined : decodeCursor(cursor, 1)?.[0];
  return typeof rank === 'number' ? rank : aboveAllRanks;
}
