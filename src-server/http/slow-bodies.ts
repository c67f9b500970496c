import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file: it may take as long as it likes, as long as some of it keeps coming. */
    isUpload?: boolean;
  }
}

export interface Patience {
  /** How long a TLS handshake, and then a request's head, may take: milliseconds. Node sees to these. */
  readonly head: number;
  /** How long a whole body may take: milliseconds. */
  readonly whole: number;
  /** How long a file may stand still: milliseconds. */
  readonly pause: number;
}

/** Node's own limit knows one time for all requests, which would cut a large file on a slow network. */
export const usualPatience: Patience = { head: 10_000, whole: 30_000, pause: 30_000 };

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** Ends connections whose bodies come too slowly: a whole body has so long, a file only must not stand still. */
export function endSlowBodies(app: App, patience: Patience): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    // A request that is put in without a connection has no body that could come slowly.
    if (hasBody(request) && !raw.complete && raw.socket instanceof Socket) watch(request, patience);
    done();
  });
}

function watch({ raw, routeOptions }: FastifyRequest, { whole, pause }: Patience): void {
  const isUpload = routeOptions.config.isUpload === true;
  let read = raw.socket.bytesRead;
  let since = performance.now();
  const look = setInterval(
    () => {
      if (isUpload && raw.socket.bytesRead !== read) {
        read = raw.socket.bytesRead;
        since = performance.now();
      }
      if (raw.complete || raw.destroyed) clearInterval(look);
      else if (performance.now() - since >= (isUpload ? pause : whole)) raw.socket.destroy();
    },
    Math.min(whole, pause) / 10,
  );
  look.unref();
  raw.once('close', () => clearInterval(look));
}
