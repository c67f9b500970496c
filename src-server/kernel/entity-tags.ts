/** Whether a client that lists these tags in `If-None-Match` holds this very version (RFC 9110, 13.1.2: compared weakly). `etag` with its quotes. */
export function isHeld(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((held) => held.trim().replace(/^W\//u, '') === etag || held.trim() === '*');
}
