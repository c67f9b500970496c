import type { Context } from '../kernel/context.ts';

/** Whether a source may ask once more in this minute. */
export type SearchLimit = (ctx: Context, sourceId: string) => boolean;

const minute = 60_000;

/** Counts the searches of each source. It protects this process from a telephone that asks without end. */
export function limitSearches(most: number): SearchLimit {
  let startedAt = 0;
  let counts = new Map<string, number>();
  return (ctx, sourceId) => {
    const now = ctx.now().getTime();
    if (now - startedAt >= minute) {
      startedAt = now;
      counts = new Map();
    }
    const count = (counts.get(sourceId) ?? 0) + 1;
    counts.set(sourceId, count);
    return count <= most;
  };
}
