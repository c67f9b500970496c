import type { InvitationResult } from '#server/members/members.contract.ts';

/** Few enough that each request ends soon and the bar moves; the server takes up to 1,000. */
const batchSize = 100;

export function inBatches<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) => items.slice(index * batchSize, (index + 1) * batchSize));
}

export function joinResults(results: readonly InvitationResult[]): InvitationResult {
  return { invited: results.flatMap((result) => result.invited), skipped: results.flatMap((result) => result.skipped) };
}
