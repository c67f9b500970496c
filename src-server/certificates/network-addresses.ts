import { isIP } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** An address under which other devices may reach this PC. */
export interface NetworkAddress {
  readonly address: string;
  readonly family: 4 | 6;
  readonly interfaceName: string;
}

// Adapters of virtual machines, containers and tunnels: their addresses are listed last, since phones seldom reach them.
const virtualAdapter = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|utun|wg|zt|tailscale|awdl|llw|vethernet)/iu;

/** The ranges of RFC 1918, RFC 6598 and RFC 3927: addresses of a network of one's own. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) !== 4) return /^(?:f[cd]|fe[89ab])/iu.test(address);
  return /^(?:10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/u.test(address);
}

function rank(address: NetworkAddress): number {
  const isSelfAssigned = address.address.startsWith('169.254.');
  return (
    (virtualAdapter.test(address.interfaceName) ? 8 : 0) +
    (isSelfAssigned ? 4 : 0) +
    (address.family === 6 ? 2 : 0) +
    (isPrivateAddress(address.address) ? 0 : 1)
  );
}

/**
 * This PC's addresses, the one most likely to be reached first. Loopback is left out, and so is IPv6 link-local, which
 * no browser can be pointed at.
 */
export function ownAddresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): NetworkAddress[] {
  return Object.entries(interfaces)
    .flatMap(([interfaceName, infos]) => (infos ?? []).map((info) => ({ info, interfaceName })))
    .filter(({ info }) => !info.internal && !info.address.toLowerCase().startsWith('fe80:'))
    .map(({ info, interfaceName }): NetworkAddress => ({ address: info.address, family: info.family === 'IPv6' ? 6 : 4, interfaceName }))
    .sort((left, right) => rank(left) - rank(right) || left.address.localeCompare(right.address));
}

/** Those of the addresses on which a listener bound to `host` answers. */
export function reachableAddresses(addresses: readonly NetworkAddress[], host: string): NetworkAddress[] {
  if (host === '::' || host === '') return [...addresses];
  if (host === '0.0.0.0') return addresses.filter((address) => address.family === 4);
  return addresses.filter((address) => address.address === host);
}

/** An address as it stands in a URL: IPv6 in brackets (RFC 3986). */
export function inUrl(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
