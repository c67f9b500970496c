import type { FastifyReply } from 'fastify';
import { CallerMatch } from '../caller-id/caller-id.contract.ts';
import { openEventStream } from '../http/event-stream.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import type { LiveFeed } from '../live/live.service.ts';
import { sendCompressedJson } from '../http/compressed.ts';
import { confirmWiped } from './device-end.service.ts';
import { DeviceMe, DirectoryAnswer, DirectoryQuery, LookupQuery, MePatch } from './devices.contract.ts';
import { changeMe, readMe, readOwnDevice } from './device-self.service.ts';
import { readDirectory } from './directory.service.ts';
import { lookUp } from './lookup.service.ts';

/** What a phone may do while it is active, and also while it is being wiped. */
export function deviceSelfRoutes(feed: LiveFeed): Routes {
  return (app) => {
    app.get('/me', { schema: { tags: ['Device'], response: { 200: DeviceMe } } }, (request) => readMe(contextOf(request)));

    app.get('/directory', { schema: { tags: ['Directory'], querystring: DirectoryQuery, response: { 200: DirectoryAnswer } } }, async (request, reply) => {
      const { etag, answer } = await readDirectory(contextOf(request), request.query, request.headers['if-none-match']);
      reply.header('etag', etag);
      // The one answer without a body, and so without a schema.
      if (answer === undefined) return (reply as FastifyReply).status(304).send();
      return sendCompressedJson(request, reply, answer);
    });

    app.get('/events', { schema: { tags: ['Device'], hide: true } }, async (request, reply) => {
      const ctx = contextOf(request);
      const lastId = Number(request.headers['last-event-id']);
      let unsubscribe = (): void => undefined;
      const stream = openEventStream(request, reply, () => unsubscribe());
      unsubscribe = await feed.subscribe({
        audiences: new Set([`device:${ctx.actor.id}`]),
        ...(Number.isSafeInteger(lastId) && lastId > 0 ? { after: lastId } : {}),
        onEvent(event) {
          stream.send({ id: event.id, event: event.kind, data: event.payload });
          // Revoked, or wiped for good: this phone has nothing more to hear.
          if (event.kind === 'wipe' && event.payload['reason'] !== 'wipe') stream.close();
        },
      });
      if (request.raw.socket.destroyed) unsubscribe();
      // It may have been revoked between being let in and listening.
      const { state } = await readOwnDevice(ctx);
      if (state === 'wiping') stream.send({ event: 'wipe', data: { reason: 'wipe' } });
      if (state === 'revoked' || state === 'wiped') stream.close();
    });

    app.post('/wiped', { schema: { tags: ['Device'] } }, async (request, reply) => {
      await confirmWiped(contextOf(request));
      return reply.status(204).send();
    });
  };
}

/** What a phone may do only while it is active. */
export const deviceRoutesWhileActive: Routes = (app) => {
  app.patch('/me', { schema: { tags: ['Device'], body: MePatch, response: { 200: DeviceMe } } }, (request) => changeMe(contextOf(request), request.body));
  app.get('/lookup', { schema: { tags: ['Directory'], querystring: LookupQuery, response: { 200: CallerMatch } } }, async (request, reply) => {
    const match = await lookUp(contextOf(request), request.query.number);
    // Nobody is no error, and has no body.
    return match ?? (reply as FastifyReply).status(204).send();
  });
};
