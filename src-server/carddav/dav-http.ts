import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../http/app-type.ts';
import { takesGzip } from '../http/compressed.ts';
import type { DavAnswer } from './dav-answer.ts';

// What is the same for every address book over HTTP, whoever asks.

export const newMethods = ['PROPFIND', 'REPORT', 'PROPPATCH', 'MKCOL', 'MOVE', 'COPY', 'LOCK', 'UNLOCK', 'ACL'] as const;
export const shortMethods = newMethods.filter((method) => method !== 'REPORT');
export const largestRequest = 262_144;
/** Some clients name every card of a book at once: forty thousand. */
export const largestReport = 4_194_304;

/** Clients send XML and cards under many names, or none. */
export function readAnyText(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The client wants to hear only of what is there: Apple's header, or RFC 8144. */
function isMinimal(request: FastifyRequest): boolean {
  return header(request, 'brief')?.toLowerCase() === 't' || /\breturn=minimal\b/iu.test(header(request, 'prefer') ?? '');
}

/** A request as address books read it. */
export function readDavRequest(request: FastifyRequest) {
  return {
    method: request.method,
    path: request.url,
    body: typeof request.body === 'string' ? request.body : '',
    depth: header(request, 'depth'),
    isMinimal: isMinimal(request),
    ifMatch: header(request, 'if-match'),
    ifNoneMatch: header(request, 'if-none-match'),
  };
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

export function sendDavAnswer(request: FastifyRequest, reply: FastifyReply, answer: DavAnswer): FastifyReply {
  reply.status(answer.status).headers(answer.headers ?? {});
  if (answer.type !== undefined) reply.type(answer.type);
  return sendBody(request, reply, answer.body);
}
