import type { Authenticate } from '../http/scopes.ts';
import { contextOf } from '../http/scopes.ts';
import { deviceOfToken } from './device-auth.service.ts';

/** Lets phones in by their bearer token (RFC 6750, header only). A phone that must empty itself may only do that. */
export function authenticateDevice(options: { readonly mayBeWiping: boolean }): Authenticate {
  return async (request, reply) => {
    reply.header('www-authenticate', 'Bearer realm="Doorline phones"');
    const actor = await deviceOfToken(contextOf(request), request.headers.authorization, {
      ip: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
      mayBeWiping: options.mayBeWiping,
    });
    reply.removeHeader('www-authenticate');
    return actor;
  };
}
