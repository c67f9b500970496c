/** What may be handed to the system to open. Everything else could start a program. */
const openable = new Set(['https:', 'mailto:', 'tel:']);

/**
 * The address to hand to the system, or undefined to refuse. Addresses with user names are refused, because they are
 * made to look like another host; so is plain http, except for this office's own pages, which the caller names.
 */
export function externalAddress(address: string, allowedHttpOrigins: readonly string[] = []): string | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what must not get through.
  if (/[\u0000-\u001f\u007f\\]/u.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return undefined;
  if (openable.has(url.protocol)) return url.protocol === 'https:' && url.hostname === '' ? undefined : url.href;
  return url.protocol === 'http:' && allowedHttpOrigins.includes(url.origin) ? url.href : undefined;
}
