import { BlockList, isIP, isIPv4 } from 'node:net';
import { plainAddress } from '../kernel/client-address.ts';

/** What the operating system says of one of its addresses; `os.networkInterfaces()` gives these. */
export interface OwnAddress {
  readonly address: string;
  readonly cidr: string | null;
  readonly family: string;
}

/** Whether a client sits on a network this PC is part of, so that no router stands between them. */
export function isSameNetwork(clientIp: string, ownAddresses: readonly OwnAddress[]): boolean {
  const ip = plainAddress(clientIp);
  if (isIP(ip) === 0) return false;
  const family = isIPv4(ip) ? 'ipv4' : 'ipv6';
  const networks = new BlockList();
  for (const own of ownAddresses) {
    const [network, prefix] = (own.cidr ?? '').split('/');
    if (network === undefined || prefix === undefined || own.family.toLowerCase() !== family) continue;
    networks.addSubnet(network, Number(prefix), family);
  }
  return networks.check(ip, family);
}
