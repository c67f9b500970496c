import { isoNow, type Context } from '../kernel/context.ts';
import type { LiveEvent } from './live.contract.ts';
import { deleteEventsBefore, eventsAfter, eventsOfAudienceAfter, insertEvent, newestEvent, type EventRow } from './live.queries.ts';

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
  readonly audience: Audience;
  /** The last event this listener knows: it is told first what came since. */
  readonly after?: number;
  readonly onEvent: (event: LiveEvent) => void;
}

/** Hands events to whoever listens, from any process that wrote them. `close` ends the watching. */
export interface LiveFeed {
  subscribe(subscription: Subscription): Promise<() => void>;
  close(): void;
}

interface Listener extends Pick<Subscription, 'audience' | 'onEvent'> {
  /** The last event it was told. */
  seq: number;
  /** What came while it was still told what it had missed. */
  waiting: EventRow[] | undefined;
}

function tell(listener: Listener, row: EventRow): void {
  if (row.seq <= listener.seq) return;
  listener.seq = row.seq;
  // Written by publish above.
  listener.onEvent({ id: row.seq, kind: row.kind, payload: JSON.parse(row.payload) } as LiveEvent);
}

/**
 * One watcher for all open screens: it reads what was committed since it last looked, `everyMilliseconds`, and only
 * while somebody listens. Reading the table rather than memory is what makes events of the command line, and later of
 * other nodes, arrive too.
 */
export function watchLiveEvents(ctx: Context, everyMilliseconds = 250): LiveFeed {
  const listeners = new Set<Listener>();
  let lastSeq = 0;
  let timer: NodeJS.Timeout | undefined;

  async function findNewest(): Promise<number> {
    return (await ctx.hot.first(newestEvent, {}))?.seq ?? 0;
  }

  async function deliverNew(): Promise<void> {
    for (const row of await ctx.hot.all(eventsAfter, { seq: lastSeq })) {
      lastSeq = Math.max(lastSeq, row.seq);
      for (const listener of listeners) {
        if (listener.audience !== row.audience) continue;
        if (listener.waiting === undefined) tell(listener, row);
        else listener.waiting.push(row);
      }
    }
  }

  function watch(): void {
    timer ??= setInterval(
      () => void deliverNew().catch((error: unknown) => ctx.log.error({ err: error }, 'live events could not be read')),
      everyMilliseconds,
    ).unref();
  }

  function stopWhenAlone(): void {
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  /** Tells a listener what it missed, however much that is, and then what came meanwhile. */
  async function catchUp(listener: Listener): Promise<void> {
    for (let isMore = true; isMore && listeners.has(listener);) {
      const missed = await ctx.hot.all(eventsOfAudienceAfter, { audience: listener.audience, seq: listener.seq });
      for (const row of missed) tell(listener, row);
      isMore = missed.length > 0;
    }
    for (const row of listener.waiting ?? []) tell(listener, row);
    listener.waiting = undefined;
  }

  return {
    async subscribe({ audience, after, onEvent }) {
      const newest = await findNewest();
      if (timer === undefined) lastSeq = newest;
      // A desk that was restored may be behind what the listener knows from before.
      const listener: Listener = { audience, onEvent, seq: Math.min(after ?? newest, newest), waiting: [] };
      listeners.add(listener);
      watch();
      await catchUp(listener);
      return () => {
        listeners.delete(listener);
        stopWhenAlone();
      };
    },
    close() {
      listeners.clear();
      stopWhenAlone();
    },
  };
}
