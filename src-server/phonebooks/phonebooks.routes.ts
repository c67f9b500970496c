import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../http/app-type.ts';
import { sendCompressed } from '../http/compressed.ts';
import { withRateLimit } from '../http/rate-limit.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { isHeld } from '../kernel/entity-tags.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { NumberInAddress } from '../pbx/pbx.contract.ts';
import { noteOf, sourceOf } from '../pbx/source-scope.ts';
import { makers, type Maker } from './makers.ts';
import { exportPhoneBook, readCallerBook, readPhoneBook } from './phonebooks.service.ts';

const Params = z.object({ token: z.string() });
/** `n`: the number that calls, whose name a Cisco telephone wants (Cisco, “Reverse Name Lookup”). */
const Query = z.object({ page: z.coerce.number().int().min(1).max(1000).optional(), n: NumberInAddress.optional() });

/** A whole floor of telephones may share a key and ask at the same minute; more is a loop. */
const requestsAMinute = 600;
const largestBody = 16_384;

function callerNote(entries: number): string {
  return entries === 0 ? 'Nobody is known by this number' : 'A name was given';
}

function bookRoute(app: App, maker: Maker, options: { readonly file: string; readonly isPlain: boolean }): void {
  const schema = { tags: ['Telephone systems'], params: Params, querystring: Query };
  // Typed by hand, because a route of several methods does not pass its schema on.
  async function answer(request: FastifyRequest<{ Querystring: z.infer<typeof Query>; Params: z.infer<typeof Params> }>, reply: FastifyReply) {
    const { directory_id, most_entries } = sourceOf(request);
    const { page, n } = request.query;
    const book =
      maker === 'cisco' && n !== undefined
        ? await readCallerBook(contextOf(request), n)
        : await readPhoneBook(contextOf(request), {
            maker,
            directoryId: directory_id,
            mostEntries: most_entries,
            path: `/phonebook/${request.params.token}/${options.file}`,
            isPlain: options.isPlain,
            page,
          });
    reply.header('etag', book.etag).header('cache-control', 'private, no-cache');
    if (isHeld(request.headers['if-none-match'], book.etag)) {
      noteOf(request, 'The phone book is unchanged');
      return reply.status(304).send();
    }
    noteOf(
      request,
      maker === 'cisco' && n !== undefined ? callerNote(book.entries) : `A phone book of ${book.entries} ${book.entries === 1 ? 'entry' : 'entries'}`,
    );
    return sendCompressed(request, reply, { type: 'text/xml; charset=utf-8', text: book.text });
  }
  app.get(`/:token/${options.file}`, { schema }, answer);
  // Snom's telephones fetch by POST; what they send says nothing we need.
  app.post(`/:token/${options.file}`, { schema, bodyLimit: largestBody }, answer);
}

/** Phone books under `/phonebook`. `isPlain`: on the door without encryption. */
export function phoneBookRoutes({ isPlain }: { readonly isPlain: boolean }): Routes {
  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, _body, done) => done(null, undefined));
    withRateLimit(app, { most: requestsAMinute, windowSeconds: 60, keyOf: (request) => sourceOf(request).id }, (app) => {
      for (const maker of makers) bookRoute(app, maker, { file: `${maker}.xml`, isPlain });
      // A Grandstream puts its own file name behind the path it is given.
      bookRoute(app, 'grandstream', { file: 'grandstream/phonebook.xml', isPlain });
    });
  };
}

/** The phone book of a connected maker as a file, for telephones that can't fetch it themselves: it is restored there by hand. */
export const phoneBookAdminRoutes: Routes = (app) => {
  app.get('/pbx/sources/:id/phone-book', { schema: { params: ById } }, async (request, reply) => {
    const { maker, text } = await exportPhoneBook(contextOf(request), request.params.id);
    return reply.type('text/xml; charset=utf-8').header('content-disposition', `attachment; filename="doorline-${maker}.xml"`).send(text);
  });
};
