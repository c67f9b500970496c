import { isIP } from 'node:net';
import { der } from './der.ts';
import { isPrivateAddress } from './network-addresses.ts';

// What the local authority may vouch for (RFC 5280, 4.2.1.10), so that its stolen key can't be used against the bank.
// The extension is not marked critical: desk phones with small TLS libraries refuse an authority with a critical
// extension they don't know, while everything that does know it (OpenSSL, Chrome, Apple, Android) obeys it either way.

/** Suffixes that name no site on the internet. */
const localSuffixes = ['localhost', 'local', 'lan', 'home', 'home.arpa', 'internal', 'intranet', 'corp', 'private', 'office'];

/** Networks of one's own, as base address and mask; every IPv6 address, because those of one PC change daily. */
const addressRanges: readonly (readonly [string, string])[] = [
  ['0a000000', 'ff000000'],
  ['7f000000', 'ff000000'],
  ['64400000', 'ffc00000'],
  ['a9fe0000', 'ffff0000'],
  ['ac100000', 'fff00000'],
  ['c0a80000', 'ffff0000'],
  ['0'.repeat(32), '0'.repeat(32)],
];

/** The names and addresses an authority is limited to. */
export interface PermittedNames {
  /** Each stands for itself and whatever ends in `.suffix`. */
  readonly suffixes: readonly string[];
  /** Public IPv4 addresses; private ones are always permitted. */
  readonly publicAddresses: readonly string[];
}

/** What an authority made today is limited to: local names, this PC's own names, the zone of the desk's host name. */
export function permittedFor(names: readonly string[]): PermittedNames {
  const hostNames = names.filter((name) => isIP(name) === 0);
  const suffixes = new Set([...localSuffixes, ...hostNames.filter((name) => !isUnderLocalSuffix(name)).map(zoneOf)]);
  return { suffixes: [...suffixes], publicAddresses: names.filter((name) => isIP(name) === 4 && !isPrivateAddress(name)) };
}

function isUnder(name: string, suffix: string): boolean {
  return name === suffix || name.endsWith(`.${suffix}`);
}

function isUnderLocalSuffix(name: string): boolean {
  return localSuffixes.some((suffix) => isUnder(name, suffix));
}

/** `help.example.com` → `example.com`, so that another name in the company's zone needs no new authority. Never a zone of one label or of two letters' domains such as `co.uk`. */
function zoneOf(name: string): string {
  const labels = name.split('.');
  if (labels.length < 3) return name;
  const zone = labels.slice(1).join('.');
  const [first, second] = labels.slice(-2);
  const isRegistrySuffix = labels.length === 3 && (second ?? '').length === 2 && (first ?? '').length <= 3;
  return isRegistrySuffix ? name : zone;
}

/** Whether an authority with these limits may sign for `name`. */
export function mayVouchFor(permitted: PermittedNames, name: string): boolean {
  const family = isIP(name);
  if (family === 6) return true;
  if (family === 4) return isPrivateAddress(name) || permitted.publicAddresses.includes(name);
  return permitted.suffixes.some((suffix) => isUnder(name, suffix));
}

function subtree(generalName: Buffer): Buffer {
  return der(0x30, generalName);
}

/** The extension's value in DER: `NameConstraints ::= SEQUENCE { permittedSubtrees [0] … }`. */
export function nameConstraintsDer(permitted: PermittedNames): Buffer {
  const dnsNames = permitted.suffixes.map((suffix) => subtree(der(0x82, Buffer.from(suffix, 'ascii'))));
  const ranges = addressRanges.map(([base, mask]) => subtree(der(0x87, Buffer.from(base + mask, 'hex'))));
  const single = permitted.publicAddresses.map((address) => subtree(der(0x87, Buffer.from([...address.split('.').map(Number), 255, 255, 255, 255]))));
  return der(0x30, der(0xa0, Buffer.concat([...dnsNames, ...ranges, ...single])));
}
