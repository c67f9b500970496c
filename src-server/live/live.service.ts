import { isoNow, type Context } from '../kernel/context.ts';
import type { LiveEvent } from './live.contract.ts';
import { deleteEventsBefore, eventsAfter, insertEvent, newestEvent } from './live.queries.ts';

/** Who is told: every agent's screen, one phone, or one portal member. */
export type Audience = 'agents' | `device:${string}` | `member:${string}`;

/** Tells open screens. Inside a transaction, so that nobody is told of what did not happen. */
export async function publish(
  ctx: Context,
  event: { readonly audience: Audience; readonly kind: LiveEvent['kind']; readonly payload: LiveEvent['payload'] },
): Promise<void> {
  await insertEvent(ctx.db, { audience: event.audience, kind: event.kind, payload: JSON.stringify(event.payload), at: isoNow(ctx) });
}

/** Forgets events older than a day; a screen that slept longer loads anew. */
export async function forgetOldEvents(ctx: Context): Promise<void> {
  await deleteEventsBefore(ctx.db, new Date(ctx.now().getTime() - 86_400_000).toISOString());
}

export interface Subscription {
  readonly audiences: ReadonlySet<string>;
  readonly after?: number;
  readonly onEvent: (event: LiveEvent) => void;
}

/** Hands events to whoever listens, from any process that wrote them. `close` ends the watching. */
export interface LiveFeed {
  subscribe(subscription: Subscription): Promise<() => void>;
  close(): void;
}

/**
 * One watcher for all open screens: it reads what was committed since it last looked, `everyMilliseconds`, and only
 * while somebody listens. Reading the table rather than memory is what makes events of the command line, and later of
 * other nodes, arrive too.
 */
export function watchLiveEvents(ctx: Context, everyMilliseconds = 250): LiveFeed {
  const subscribers = new Set<Subscription>();
  let lastSeq = 0;
  let timer: NodeJS.Timeout | undefined;

  async function deliverNew(): Promise<void> {
    const rows = await ctx.hot.all(eventsAfter, { seq: lastSeq });
    for (const row of rows) {
      lastSeq = row.seq;
      // Written by publish above.
      const event = { id: row.seq, kind: row.kind, payload: JSON.parse(row.payload) } as LiveEvent;
      for (const subscriber of subscribers) if (subscriber.audiences.has(row.audience)) subscriber.onEvent(event);
    }
  }

  function stopWhenAlone(): void {
    if (subscribers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    async subscribe(subscription) {
      if (timer === undefined) {
        lastSeq = (await ctx.hot.first(newestEvent, {}))?.seq ?? 0;
        timer = setInterval(
          () => void deliverNew().catch((error: unknown) => ctx.log.error({ err: error }, 'live events could not be read')),
          everyMilliseconds,
        );
        timer.unref();
      }
      if (subscription.after !== undefined) {
        const missed = await ctx.hot.all(eventsAfter, { seq: subscription.after });
        for (const row of missed) {
          const isNew = row.seq <= lastSeq && subscription.audiences.has(row.audience);
          if (isNew) subscription.onEvent({ id: row.seq, kind: row.kind, payload: JSON.parse(row.payload) } as LiveEvent);
        }
      }
      subscribers.add(subscription);
      return () => {
        subscribers.delete(subscription);
        stopWhenAlone();
      };
    },
    close() {
      subscribers.clear();
      stopWhenAlone();
    },
  };
}
