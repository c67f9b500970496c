import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { noteForTrace, traceRequests } from '../devices/trace-requests.ts';
import type { RequestTrace } from '../devices/request-trace.service.ts';
import type { App } from '../http/app-type.ts';
import { takesGzip } from '../http/compressed.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { answerDav } from './carddav.service.ts';
import { allowedMethods, davHeader, type DavAnswer } from './dav-answer.ts';
import { largestCard } from './dav-properties.ts';

const newMethods = ['PROPFIND', 'REPORT', 'PROPPATCH', 'MKCOL', 'MOVE', 'COPY', 'LOCK', 'UNLOCK', 'ACL'] as const;
const shortMethods = newMethods.filter((method) => method !== 'REPORT');
const largestRequest = 262_144;
/** Some clients name every card of a book at once: forty thousand. */
const largestReport = 4_194_304;

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

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The client wants to hear only of what is there: Apple's header, or RFC 8144. */
function isMinimal(request: FastifyRequest): boolean {
  return header(request, 'brief')?.toLowerCase() === 't' || /\breturn=minimal\b/iu.test(header(request, 'prefer') ?? '');
}

const leastCompressed = 8192;

/** Sends long answers compressed to clients that like it, at the level that costs least: a first sync is megabytes of text. */
function sendBody(request: FastifyRequest, reply: FastifyReply, body: DavAnswer['body']): FastifyReply {
  const isLong = typeof body === 'object' || (body ?? '').length > leastCompressed;
  if (body === undefined || !isLong || !takesGzip(header(request, 'accept-encoding'))) {
    return reply.send(typeof body === 'object' ? Readable.from(body) : (body ?? null));
  }
  reply.headers({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  const packed = createGzip({ level: 1 });
  // A client that goes away ends both; what went wrong in ours is passed on and ends the answer.
  pipeline(Readable.from(typeof body === 'object' ? body : [body]), packed, () => undefined);
  return reply.send(packed);
}

export interface DavParts {
  readonly trace: RequestTrace;
  /** Fingerprint of the certificate that is served now. */
  readonly certificate: () => string;
}

/** The address books of phones (CardDAV, RFC 6352). */
export function carddavRoutes({ trace, certificate }: DavParts): Routes {
  return (app) => {
    traceRequests(app, trace);
    app.removeAllContentTypeParsers();
    // Clients send XML and cards under many names, or none.
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const answer = await answerDav(contextOf(request), {
        method: request.method,
        path: request.url,
        body: typeof request.body === 'string' ? request.body : '',
        depth: header(request, 'depth'),
        isMinimal: isMinimal(request),
        ifMatch: header(request, 'if-match'),
        ifNoneMatch: header(request, 'if-none-match'),
        visitor: { ip: request.ip, userAgent: header(request, 'user-agent') ?? '', certificate: certificate() },
      });
      if (answer.note !== undefined) noteForTrace(request, { note: answer.note });
      reply.status(answer.status).headers({ allow: allowedMethods, ...answer.headers });
      if (answer.type !== undefined) reply.type(answer.type);
      return sendBody(request, reply, answer.body);
    };
    for (const url of ['/dav', '/dav/*']) {
      app.route({ method: ['GET', 'DELETE', 'POST', ...shortMethods], url, schema: { hide: true }, bodyLimit: largestRequest, handler });
      app.route({ method: 'REPORT', url, schema: { hide: true }, bodyLimit: largestReport, handler });
      // A photo may come with a card.
      app.route({ method: 'PUT', url, schema: { hide: true }, bodyLimit: largestCard, handler });
    }
  };
}
