import { BlockList, isIP, isIPv4 } from 'node:net';
import { plainAddress } from '../kernel/client-address.ts';

function partsOf(address: string) {
  const [network = '', prefix, ...rest] = address.split('/');
  const most = isIPv4(network) ? 32 : 128;
  const length = prefix === undefined ? most : Number(prefix);
  const isWellFormed = isIP(network) !== 0 && rest.length === 0 && /^\d{1,3}$/u.test(prefix ?? '0') && length <= most;
  return isWellFormed ? ({ network, length, family: isIPv4(network) ? 'ipv4' : 'ipv6' } as const) : undefined;
}

/** Whether this is an address or a network (RFC 4632) that a system may be bound to. */
export function isAddressOrNetwork(address: string): boolean {
  return partsOf(address) !== undefined;
}

/** Whether a client is at one of the addresses; at any when there are none. */
export function isAllowedFrom(clientIp: string, addresses: readonly string[]): boolean {
  if (addresses.length === 0) return true;
  const ip = plainAddress(clientIp);
  if (isIP(ip) === 0) return false;
  const allowed = new BlockList();
  for (const address of addresses) {
    const parts = partsOf(address);
    if (parts !== undefined) allowed.addSubnet(parts.network, parts.length, parts.family);
  }
  return allowed.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6');
}
