import type { Context } from '../kernel/context.ts';
import type { ScopePreview, ScopePreviewQuery } from './devices.contract.ts';
import {
  activityAtRank,
  countEverybody,
  countInLists,
  countKeptOff,
  countKeptOffInLists,
  countPresentable,
  countPresentableInLists,
} from './directory-members.queries.ts';

// Counting is a walk, so it ends: after so many contacts, and after so many of them that phones may show, which takes
// a look at the numbers of each. Beyond that nobody decides by the exact figure, except by a cap they chose themselves.
const contactsLookedAt = 100_000;
const presentableCounted = 20_000;

type Count = ReturnType<typeof countEverybody>;

async function numberOf(count: Count): Promise<number> {
  return Number((await count.executeTakeFirstOrThrow()).count);
}

interface Presentable {
  readonly presentable: number;
  /** The rank of the last one under a cap that is full. */
  readonly rankAtCap: number | null;
}

/** Under a cap the walk to its end comes first: it also tells who is the last one inside. */
async function presentableOfEverybody(ctx: Context, { most, limit }: { readonly most: number | null; readonly limit: number }): Promise<Presentable> {
  const upTo = Math.min(most ?? limit, limit);
  const { count, lowestRank } = await countPresentable(ctx.db, { among: contactsLookedAt, limit: upTo }).executeTakeFirstOrThrow();
  if (Number(count) < upTo) return { presentable: Number(count), rankAtCap: null };
  const all = upTo === limit ? count : await numberOf(countPresentable(ctx.db, { among: contactsLookedAt, limit }));
  return { presentable: Number(all), rankAtCap: upTo === most ? lowestRank : null };
}

async function activeAt(ctx: Context, rank: number | null): Promise<string | null> {
  if (rank === null) return null;
  return (await activityAtRank(ctx.db, rank).executeTakeFirst())?.last_activity_at ?? null;
}

/** What a phone would hold under a scope that is being edited. */
export async function previewScope(ctx: Context, { everyone, listIds, most }: ScopePreviewQuery): Promise<ScopePreview> {
  const lists = everyone ? null : listIds;
  const isNobody = lists?.length === 0;
  // One more than is told, so that exactly so many are not called more.
  const found = isNobody
    ? 0
    : await numberOf(lists === null ? countEverybody(ctx.db, contactsLookedAt + 1) : countInLists(ctx.db, lists, contactsLookedAt + 1));
  const contacts = Math.min(found, contactsLookedAt);
  const areContactsAtLeast = found > contactsLookedAt;

  const limit = Math.min(contactsLookedAt, Math.max(presentableCounted, most ?? 0));
  const { presentable, rankAtCap } =
    lists === null
      ? await presentableOfEverybody(ctx, { most, limit })
      : { presentable: isNobody ? 0 : await numberOf(countPresentableInLists(ctx.db, lists, { among: contactsLookedAt, limit })), rankAtCap: null };
  const arePresentableAtLeast = areContactsAtLeast || (presentable === limit && presentable < contacts);

  return {
    contacts,
    areContactsAtLeast,
    presentable,
    arePresentableAtLeast,
    most,
    onPhone: Math.min(presentable, most ?? presentable),
    keptOff: arePresentableAtLeast ? null : await keptOffAmong(ctx, lists, contacts - presentable),
    leastActiveAt: await activeAt(ctx, rankAtCap),
  };
}

/** How many are kept off the phones by their switch, of those no phone can show. */
async function keptOffAmong(ctx: Context, lists: readonly string[] | null, unpresentable: number): Promise<number> {
  if (unpresentable === 0) return 0;
  return numberOf(lists === null ? countKeptOff(ctx.db, contactsLookedAt) : countKeptOffInLists(ctx.db, lists, contactsLookedAt));
}
