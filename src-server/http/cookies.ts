import type { FastifyReply, FastifyRequest } from 'fastify';

/** The value of a cookie the browser sent (RFC 6265, 5.4). */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/**
 * Sets a cookie that only this host's own pages over TLS get back, that no script reads and that no other site can have
 * sent along with a post (`__Host-`: RFC 6265bis, 4.1.3.2). Without `maxAgeSeconds` it ends with the browser's session.
 */
export function setHostCookie(
  reply: FastifyReply,
  cookie: { readonly name: `__Host-${string}`; readonly value: string; readonly maxAgeSeconds?: number },
): void {
  const age = cookie.maxAgeSeconds === undefined ? '' : `; Max-Age=${Math.floor(cookie.maxAgeSeconds)}`;
  addSetCookie(reply, `${cookie.name}=${cookie.value}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`);
}

export function clearHostCookie(reply: FastifyReply, name: `__Host-${string}`): void {
  addSetCookie(reply, `${name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`);
}

// A later cookie of a name replaces an earlier one of the same answer: browsers would keep either.
function addSetCookie(reply: FastifyReply, cookie: string): void {
  const name = cookie.slice(0, cookie.indexOf('=') + 1);
  const earlier = [reply.getHeader('set-cookie') ?? []].flat().map(String);
  reply.removeHeader('set-cookie');
  for (const other of earlier) if (!other.startsWith(name)) void reply.header('set-cookie', other);
  void reply.header('set-cookie', cookie);
}
