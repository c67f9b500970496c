import type { FastifyReply, FastifyRequest } from 'fastify';
import { noteForTrace, traceRequests } from '../devices/trace-requests.ts';
import type { RequestTrace } from '../devices/request-trace.service.ts';
import type { App } from '../http/app-type.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { answerDav } from './carddav.service.ts';
import { allowedMethods, davHeader } from './dav-answer.ts';
import { largestReport, largestRequest, newMethods, readAnyText, readDavRequest, sendDavAnswer, shortMethods } from './dav-http.ts';
import { largestCard } from './dav-properties.ts';

/** WebDAV's own methods are none of Fastify's unless they are added, once for a plane. */
export function addDavMethods(app: App): void {
  for (const method of newMethods) app.addHttpMethod(method, { hasBody: true });
}

/**
 * What is answered before a client says who it is: where address books are (RFC 6764, 5), whatever the method, and what
 * can be done with them.
 */
export const openDavRoutes: Routes = (app) => {
  // Bodies are of no interest here, and of any type.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: largestRequest }, (_request, _body, done) => done(null));
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', ...newMethods],
    url: '/.well-known/carddav',
    schema: { hide: true },
    handler: (_request: FastifyRequest, reply: FastifyReply) => reply.redirect('/dav/', 301),
  });
  for (const url of ['/dav', '/dav/*']) {
    app.options(url, { schema: { hide: true } }, (_request: FastifyRequest, reply: FastifyReply) =>
      reply.headers({ dav: davHeader, allow: allowedMethods }).send(''),
    );
  }
};

export interface DavParts {
  readonly trace: RequestTrace;
  /** Fingerprint of the certificate that is served now. */
  readonly certificate: () => string;
}

/** The address books of phones (CardDAV, RFC 6352). */
export function carddavRoutes({ trace, certificate }: DavParts): Routes {
  return (app) => {
    traceRequests(app, trace);
    readAnyText(app);
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const answer = await answerDav(contextOf(request), {
        ...readDavRequest(request),
        visitor: { ip: request.ip, userAgent: request.headers['user-agent'] ?? '', certificate: certificate() },
      });
      if (answer.note !== undefined) noteForTrace(request, { note: answer.note });
      return sendDavAnswer(request, reply.header('allow', allowedMethods), answer);
    };
    for (const url of ['/dav', '/dav/*']) {
      app.route({ method: ['GET', 'DELETE', 'POST', ...shortMethods], url, schema: { hide: true }, bodyLimit: largestRequest, handler });
      app.route({ method: 'REPORT', url, schema: { hide: true }, bodyLimit: largestReport, handler });
      // A photo may come with a card.
      app.route({ method: 'PUT', url, schema: { hide: true }, bodyLimit: largestCard, handler });
    }
  };
}
