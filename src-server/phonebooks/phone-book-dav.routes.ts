import type { FastifyReply, FastifyRequest } from 'fastify';
import { largestReport, largestRequest, readAnyText, readDavRequest, sendDavAnswer } from '../carddav/dav-http.ts';
import { withRateLimit } from '../http/rate-limit.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { noteOf, sourceOf } from '../pbx/source-scope.ts';
import { answerBookDav, type ListedBooks } from './phone-book-dav.service.ts';

/** A system may ask for its entries one by one, each twice: with and without its password. */
const requestsAMinute = 6000;
const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PROPFIND', 'PROPPATCH', 'MKCOL'] as const;
const headers = { dav: '1, 3, addressbook', allow: 'OPTIONS, GET, HEAD, PROPFIND, REPORT' };

/** The phone book of a telephone system as an address book, under `/phonebook/dav`. */
export const phoneBookDavRoutes: Routes = (app) => {
  const listed: ListedBooks = new Map();
  readAnyText(app);
  withRateLimit(app, { most: requestsAMinute, windowSeconds: 60, keyOf: (request) => sourceOf(request).id }, (app) => {
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const { id, name, directory_id: directoryId, most_entries: mostEntries } = sourceOf(request);
      const source = { id, name, maker: 'fritzbox', directoryId, mostEntries } as const;
      const answer = await answerBookDav(contextOf(request), source, { request: readDavRequest(request), listed });
      if (answer.note !== undefined) noteOf(request, answer.note);
      return sendDavAnswer(request, reply.headers(headers), answer);
    };
    for (const url of ['', '/*']) {
      app.route({ method: [...methods], url, schema: { hide: true }, bodyLimit: largestRequest, handler });
      app.route({ method: 'REPORT', url, schema: { hide: true }, bodyLimit: largestReport, handler });
      app.options(url, { schema: { hide: true } }, (_request, reply) => reply.headers(headers).send(''));
    }
  });
};
