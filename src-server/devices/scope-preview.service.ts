import type { Context } from '../kernel/context.ts';
import type { ScopePreview, ScopePreviewQuery } from './devices.contract.ts';
import { countEverybody, countInLists, countPresentable, countPresentableInLists } from './directory-members.queries.ts';

/** Nobody decides by the exact figure above this, and counting on would cost a walk over everybody. */
const countLimit = 20_000;

type Count = ReturnType<typeof countEverybody>;

async function numberOf(count: Count): Promise<number> {
  return Number((await count.executeTakeFirstOrThrow()).count);
}

/** What a phone would hold under a scope that is being edited. */
export async function previewScope(ctx: Context, { everyone, listIds, most }: ScopePreviewQuery): Promise<ScopePreview> {
  if (!everyone && listIds.length === 0) return { contacts: 0, presentable: 0, onPhone: 0, isAtLeast: false };
  const [contacts, presentable] = everyone
    ? [await numberOf(countEverybody(ctx.db, countLimit)), await numberOf(countPresentable(ctx.db, countLimit))]
    : [await numberOf(countInLists(ctx.db, listIds, countLimit)), await numberOf(countPresentableInLists(ctx.db, listIds, countLimit))];
  return { contacts, presentable, onPhone: Math.min(presentable, most ?? presentable), isAtLeast: contacts >= countLimit };
}
