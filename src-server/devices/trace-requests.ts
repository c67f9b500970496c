import type { FastifyRequest } from 'fastify';
import type { App } from '../http/app-type.ts';
import { contextOf } from '../http/scopes.ts';
import type { RequestTrace } from './request-trace.service.ts';

/** What a route says about a request for the trace. */
interface TraceNote {
  readonly note?: string;
  /** Whose request it was, when it was not let in. */
  readonly deviceId?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    traceNote: TraceNote | undefined;
  }
}

/** Says in words what a request was about. */
export function noteForTrace(request: FastifyRequest, note: TraceNote): void {
  request.traceNote = { ...request.traceNote, ...note };
}

/** Traces the requests of every phone in this scope. */
export function traceRequests(app: App, trace: RequestTrace): void {
  app.decorateRequest('traceNote', undefined);
  app.addHook('onResponse', async (request, reply) => {
    const { actor } = contextOf(request);
    const said = request.traceNote;
    const deviceId = actor.kind === 'device' ? actor.id : said?.deviceId;
    if (deviceId === undefined) return;
    trace.traceRequest(contextOf(request), {
      deviceId,
      method: request.method,
      path: request.url.split('?')[0] ?? '',
      status: reply.statusCode,
      note: said?.note,
      milliseconds: reply.elapsedTime,
      userAgent: request.headers['user-agent'] ?? '',
      ip: request.ip,
    });
  });
}
