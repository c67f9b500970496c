import type { FastifyReply, FastifyRequest } from 'fastify';
import { openEventStream, type EventStream } from '../http/event-stream.ts';
import type { Routes } from '../http/scopes.ts';
import type { LiveEvent } from './live.contract.ts';
import type { Audience, LiveFeed } from './live.service.ts';

/** What `Last-Event-ID` says: the last event this listener knows. */
function lastEventId({ headers }: FastifyRequest): { readonly after?: number } {
  const id = Number(headers['last-event-id']);
  return Number.isSafeInteger(id) && id > 0 ? { after: id } : {};
}

/** Streams the events of an audience to a reply until either side ends it. */
export async function streamEvents(
  feed: LiveFeed,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  options: { readonly audience: Audience; readonly onEvent?: (event: LiveEvent, close: () => void) => void },
): Promise<EventStream> {
  let unsubscribe = (): void => undefined;
  const stream = openEventStream(request, reply, () => unsubscribe());
  unsubscribe = await feed.subscribe({
    audience: options.audience,
    ...lastEventId(request),
    onEvent(event) {
      stream.send({ id: event.id, event: event.kind, data: event.payload });
      options.onEvent?.(event, () => stream.close());
    },
  });
  // The reader may have left while the subscription was being made.
  if (request.raw.socket.destroyed) unsubscribe();
  return stream;
}

/** What the console and the desk listen to. */
export function agentEventRoutes(feed: LiveFeed): Routes {
  return (app) => {
    app.get('/events', { schema: { hide: true } }, async (request, reply) => {
      await streamEvents(feed, { request, reply }, { audience: 'agents' });
    });
  };
}
