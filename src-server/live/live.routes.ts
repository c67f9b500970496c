import type { FastifyReply, FastifyRequest } from 'fastify';
import { openEventStream } from '../http/event-stream.ts';
import type { Routes } from '../http/scopes.ts';
import type { LiveEvent } from './live.contract.ts';
import type { Audience, LiveFeed } from './live.service.ts';

/** Streams events of the audiences to a reply until either side ends it. */
export async function streamEvents(
  feed: LiveFeed,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  options: { readonly audiences: readonly Audience[]; readonly onEvent?: (event: LiveEvent, close: () => void) => void },
): Promise<void> {
  const lastId = Number(request.headers['last-event-id']);
  let unsubscribe = (): void => undefined;
  const stream = openEventStream(request, reply, () => unsubscribe());
  unsubscribe = await feed.subscribe({
    audiences: new Set(options.audiences),
    ...(Number.isSafeInteger(lastId) ? { after: lastId } : {}),
    onEvent(event) {
      stream.send({ id: event.id, event: event.kind, data: event.payload });
      options.onEvent?.(event, () => stream.close());
    },
  });
  // The reader may have left while the subscription was being made.
  if (request.raw.socket.destroyed) unsubscribe();
}

/** What the console and the desk listen to. */
export function agentEventRoutes(feed: LiveFeed): Routes {
  return (app) => {
    app.get('/events', { schema: { hide: true } }, (request, reply) => streamEvents(feed, { request, reply }, { audiences: ['agents'] }));
  };
}
