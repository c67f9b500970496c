import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CallerMatch } from '../caller-id/caller-id.contract.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { streamEvents } from '../live/live.routes.ts';
import type { LiveFeed } from '../live/live.service.ts';
import { sendCompressedJson } from '../http/compressed.ts';
import { confirmWiped } from './device-end.service.ts';
import { DeviceMe, DirectoryAnswer, DirectoryQuery, LookupQuery, MePatch, PlainDirectoryAnswer } from './devices.contract.ts';
import { changeMe, readMe, readOwnDevice } from './device-self.service.ts';
import { readDirectory } from './directory.service.ts';
import { lookUp } from './lookup.service.ts';

const DirectoryHeaders = z.looseObject({ 'if-none-match': z.string().optional().describe('The ETag of an earlier answer to the same call.') });
const EventHeaders = z.looseObject({
  'last-event-id': z.string().optional().describe('The last event that arrived: what came since then, within a day, comes first.'),
});

/** Answers without a body. */
const unchanged = z.null().describe('Nothing changed since the answer with this ETag.');
const nobody = z.null().describe('Nobody is known by this number.');
const removed = z.null().describe('Noted. From now on every request is refused.');

/** What a phone may do while it is active, and also while it is being wiped. */
export function deviceSelfRoutes(feed: LiveFeed): Routes {
  return (app) => {
    app.get(
      '/me',
      { schema: { tags: ['Device'], summary: 'The phone’s switches, scope and state; whether to remove everything.', response: { 200: DeviceMe } } },
      (request) => readMe(contextOf(request)),
    );

    app.get(
      '/directory',
      {
        schema: {
          tags: ['Directory'],
          summary: 'The numbers the phone is to hold and what to show for each: all of them, or with `cursor` what changed. The ETag is for If-None-Match.',
          querystring: DirectoryQuery,
          headers: DirectoryHeaders,
          response: { 200: z.union([DirectoryAnswer, PlainDirectoryAnswer]), 304: unchanged },
          'x-refusals': {
            410: 'The cursor is unknown or too old: read everything again, without a cursor.',
            429: 'Everything was read too often within an hour.',
          },
        },
      },
      async (request, reply) => {
        const { etag, answer } = await readDirectory(contextOf(request), request.query, request.headers['if-none-match']);
        reply.header('etag', etag);
        if (answer === undefined) return (reply as FastifyReply).status(304).send();
        const add = request.query.contactIds ? answer.add : answer.add.map(([digits, label]) => [digits, label]);
        return sendCompressedJson(request, reply, { ...answer, add });
      },
    );

    app.get(
      '/events',
      {
        schema: {
          tags: ['Device'],
          summary: 'Server-sent events `call`, `settings`, `task` and `wipe`, as long as the connection holds.',
          headers: EventHeaders,
          response: { 200: { description: 'The stream (WHATWG HTML, 9.2).', content: { 'text/event-stream': { schema: z.string() } } } },
        },
      },
      async (request, reply) => {
        const ctx = contextOf(request);
        const stream = await streamEvents(
          feed,
          { request, reply },
          {
            audience: `device:${ctx.actor.id}`,
            onEvent(event, close) {
              // Revoked, or wiped for good: this phone has nothing more to hear.
              if (event.kind === 'wipe' && event.payload['reason'] !== 'wipe') close();
            },
          },
        );
        // It may have been revoked between being let in and listening.
        const { state } = await readOwnDevice(ctx);
        if (state === 'wiping') stream.send({ event: 'wipe', data: { reason: 'wipe' } });
        if (state === 'revoked' || state === 'wiped') stream.close();
      },
    );

    app.post(
      '/wiped',
      {
        schema: { tags: ['Device'], summary: 'The phone removed everything: asked to, or because its owner took it off the desk.', response: { 204: removed } },
      },
      async (request, reply) => {
        await confirmWiped(contextOf(request));
        return (reply as FastifyReply).status(204).send();
      },
    );
  };
}

const wiping = { 403: 'The phone is being wiped: remove everything and confirm it with POST /api/device/v1/wiped.' };

/** What a phone may do only while it is active. */
export const deviceRoutesWhileActive: Routes = (app) => {
  app.patch(
    '/me',
    { schema: { tags: ['Device'], summary: 'Turns the phone’s own switches.', body: MePatch, response: { 200: DeviceMe }, 'x-refusals': wiping } },
    (request) => changeMe(contextOf(request), request.body),
  );
  app.get(
    '/lookup',
    {
      schema: {
        tags: ['Directory'],
        summary: 'Who calls from this number, whether the phone holds it or not. Show `maybe` as a question.',
        querystring: LookupQuery,
        response: { 200: CallerMatch, 204: nobody },
        'x-refusals': wiping,
      },
    },
    async (request, reply) => {
      const match = await lookUp(contextOf(request), request.query.number);
      // Nobody is no error.
      return match ?? (reply as FastifyReply).status(204).send();
    },
  );
};
