import type { FastifyRequest } from 'fastify';
import { AppError } from '../kernel/app-error.ts';
import { sameSecret } from '../kernel/secrets.ts';
import type { App } from './app-type.ts';

/** The request did not come from our own page on this PC. */
export class ForeignRequest extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'foreign-request';

  constructor() {
    super('This address answers only to Doorline on this PC. Open the console from its window or from the link that “npm start” prints.');
  }
}

/** No or a wrong bearer token. */
export class NotTheConsole extends AppError {
  readonly kind = 'unauthenticated';
  readonly code = 'not-the-console';

  constructor() {
    super('The console’s key is missing or from an earlier start. Reopen the console.');
  }
}

/** The origin of the console's page inside Electron. */
export const desktopOrigin = 'app://doorline';

/** True for the names under which this PC reaches itself at the plane's own port; anything else is DNS rebinding. */
function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

function isOwnOrigin(origin: string, port: number): boolean {
  return origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}` || origin === desktopOrigin;
}

/** Refuses, before routing, whatever a page of somebody else or a rebound name could send to this port. */
export function guardLoopback(app: App, port: () => number): void {
  app.addHook('onRequest', async (request, reply) => {
    const hosts = request.raw.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'host');
    if (hosts.length !== 1 || !isOwnHost(hosts[0], port())) throw new ForeignRequest();
    // A proxy's form of the address names a host of its own beside the Host header; no client of ours uses it.
    if (!(request.raw.url ?? '').startsWith('/')) throw new ForeignRequest();
    const origin = request.headers.origin;
    if (origin === undefined) {
      const site = request.headers['sec-fetch-site'];
      const isNavigation = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
      if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) throw new ForeignRequest();
      return;
    }
    if (!isOwnOrigin(origin, port())) throw new ForeignRequest();
    if (origin === desktopOrigin) {
      reply.headers({
        'access-control-allow-origin': desktopOrigin,
        'access-control-allow-headers': 'authorization, content-type, last-event-id',
        'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
        'cross-origin-resource-policy': 'cross-origin',
        vary: 'origin',
      });
      if (request.method === 'OPTIONS') await reply.status(204).send();
    }
  });
}

/** Checks the bearer token (RFC 6750, header only) of this start. */
export function requireAdminToken(request: FastifyRequest, token: string): void {
  const given = /^Bearer ([\w-]+)$/u.exec(request.headers.authorization ?? '')?.[1];
  if (given === undefined || !sameSecret(given, token)) throw new NotTheConsole();
}
