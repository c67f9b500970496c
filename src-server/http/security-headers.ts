import type { FastifyReply } from 'fastify';
import { fewRandomBytes } from '../kernel/random-bytes.ts';
import type { App } from './app-type.ts';
import type { ScopeName } from './scopes.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Lets a page run its own inline style or script: `<script nonce={reply.cspNonce}>`. */
    cspNonce: string;
  }
}

/** The strictest policy under which our pages work. Anything from outside, framing and `javascript:` are refused. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

export function setSecurityHeaders(reply: FastifyReply): void {
  reply.cspNonce = fewRandomBytes(16).toString('base64url');
  reply.headers({
    'content-security-policy': contentSecurityPolicy(reply.cspNonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
  });
}

/** What programs fetch and no browser ever shows: there is nothing such an answer may run, load or be framed by. */
const programScopes: ReadonlySet<ScopeName | undefined> = new Set<ScopeName>(['device', 'integration']);

const headersForPrograms = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Sets the security headers on every answer, errors and redirects included. A route may replace what does not fit it. */
export function addSecurityHeaders(app: App): void {
  app.decorateReply('cspNonce', '');
  // A callback, not a promise: this runs at every ring of every phone.
  app.addHook('onRequest', (request, reply, done) => {
    if (programScopes.has(request.server.scopeName)) reply.headers(headersForPrograms);
    else setSecurityHeaders(reply);
    done();
  });
}
