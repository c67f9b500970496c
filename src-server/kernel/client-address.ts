import { isIP } from 'node:net';

/** An IPv4 address that came in over an IPv6 socket, in its own notation. */
export function plainAddress(ip: string): string {
  return ip.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/iu, '').replace(/%.*$/u, '');
}

/** Whom a rate limit counts: one IPv4 address, or an IPv6 /64, within which a single device may take any address. */
export function rateKeyOf(clientIp: string): string {
  const ip = plainAddress(clientIp);
  if (isIP(ip) !== 6) return ip;
  const [head = '', tail] = ip.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
