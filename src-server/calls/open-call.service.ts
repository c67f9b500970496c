import type { Context } from '../kernel/context.ts';
import type { CallEvent } from './calls.contract.ts';
import { findOpenLeg } from './call-legs.queries.ts';

/** No event of a call comes later than this after its start. */
const longestCall = 4 * 3_600_000;
/** A telephone rings no longer: what rings after that is another call. */
const longestRing = 120_000;
/** “Ended” and “missed” of one call come together. */
const justEnded = 10_000;

/** The id of the call that an event belongs to, of a source that gives its calls no ids; undefined when it begins one. */
export async function openCallOf(
  ctx: Context,
  { source, event, number }: { readonly source: string } & Pick<CallEvent, 'event' | 'number'>,
): Promise<string | undefined> {
  const before = (milliseconds: number) => new Date(ctx.now().getTime() - milliseconds).toISOString();
  const leg = await findOpenLeg(ctx.db, {
    source,
    number,
    states: event === 'ringing' ? ['ringing'] : ['ringing', 'answered'],
    startedSince: before(event === 'ringing' ? longestRing : longestCall),
    endedSince: event === 'ended' || event === 'missed' ? before(justEnded) : undefined,
  });
  return leg?.source_call_id;
}
