import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { recordAct } from '../audit/audit.service.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { changeSettings, readSettings } from '../settings/settings.service.ts';
import { checkNameCovered, checkNameResolves, checkNotExpired, checkPortAnswers } from './address-checks.ts';
import { addressSettings } from './address-settings.ts';
import type { AddressSettings, AddressState, ServerCertificate } from './certificates.contract.ts';
import { activeServerCertificate, authorityFingerprint, ensureServerCertificate, type TlsMaterial } from './certificates.service.ts';
import { readListeners, rememberListeners, type Listeners } from './listener-settings.ts';
import { inUrl, ownAddresses, reachableAddresses } from './network-addresses.ts';

/** Where customers and phones find the desk. */
export interface PortalAddress {
  /** `https://help.example.com`, with the port unless it is 443; no slash at the end. */
  readonly origin: string;
  /** A DNS name, or an address when the desk has no name. */
  readonly hostName: string;
  readonly port: number;
}

/** `https://HOST:PORT`, without the port when it is the usual one. */
export function httpsOrigin(host: string, port: number): string {
  return `https://${inUrl(host)}${port === 443 ? '' : `:${port}`}`;
}

function likeliestAddress(listeners: Listeners): string {
  if (listeners.primaryAddress !== '') return listeners.primaryAddress;
  return reachableAddresses(ownAddresses(), listeners.lanHost)[0]?.address ?? '127.0.0.1';
}

/** The one canonical address for every link the desk hands out. Two indexed reads, fit for every request. */
export async function portalAddress(ctx: Context): Promise<PortalAddress> {
  const [{ hostName }, listeners] = await Promise.all([readSettings(ctx, addressSettings), readListeners(ctx)]);
  const host = hostName === '' ? likeliestAddress(listeners) : hostName;
  return { origin: httpsOrigin(host, listeners.lanPort), hostName: host, port: listeners.lanPort };
}

/**
 * The plain-HTTP door where a phone first learns to trust the desk, such as `http://192.168.1.10:8480`; null when the
 * certificate is trusted anyway and `portalAddress` is the first door too.
 */
export async function bootstrapOrigin(ctx: Context): Promise<string | null> {
  const { bootstrapPort } = await readListeners(ctx);
  if (bootstrapPort === 0) return null;
  const { hostName } = await portalAddress(ctx);
  return `http://${inUrl(hostName)}${bootstrapPort === 80 ? '' : `:${bootstrapPort}`}`;
}

/** Looks where this PC is now, remembers it for links, and returns the certificate that fits: renewed when it must be. */
export async function refreshAddress(ctx: Context): Promise<TlsMaterial> {
  const listeners = await readListeners(ctx);
  const primary = reachableAddresses(ownAddresses(), listeners.lanHost)[0]?.address ?? '127.0.0.1';
  await rememberListeners(ctx, { primaryAddress: primary });
  return ensureServerCertificate(ctx);
}

/** Gives the desk another name. The certificate follows by `refreshAddress`. */
export async function changeAddress(ctx: Context, input: AddressSettings): Promise<void> {
  const hostName = isIP(input.hostName) === 0 ? domainToASCII(input.hostName) : input.hostName;
  if (hostName === '' && input.hostName !== '') {
    throw new InvalidInput([{ path: 'hostName', message: 'This is not a host name: use letters, digits, hyphens and dots, such as help.example.com.' }]);
  }
  await inTransaction(ctx, async (ctx) => {
    await changeSettings(ctx, addressSettings, { hostName });
    await recordAct(ctx, { action: 'address.changed', detail: { hostName } });
  });
}

function covers(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? certificate.checkHost(host, { subject: 'never' }) : certificate.checkIP(host)) !== undefined;
}

/** Every way in, the certificate, and live checks of all that must hold before a phone or customer gets through. */
export async function getAddress(ctx: Context): Promise<AddressState> {
  const [{ hostName }, listeners, portal, row, bootstrap] = await Promise.all([
    readSettings(ctx, addressSettings),
    readListeners(ctx),
    portalAddress(ctx),
    activeServerCertificate(ctx),
    bootstrapOrigin(ctx),
  ]);
  if (row === undefined) throw new Error('There is no server certificate, though every start makes one.');
  const read = new X509Certificate(row.certificate_pem);
  const origin = row.origin as ServerCertificate['origin']; // Written by the service from these two values.
  const certificate: ServerCertificate = {
    origin,
    names: JSON.parse(row.names) as string[],
    notBefore: row.not_before,
    notAfter: row.not_after,
    daysLeft: Math.floor((Date.parse(row.not_after) - ctx.now().getTime()) / 86_400_000),
    fingerprint: read.fingerprint256,
    coversHostName: covers(read, portal.hostName),
  };
  const own = ownAddresses();
  const reachable = reachableAddresses(own, listeners.lanHost).map(({ address }) => address);
  const byName = hostName !== '' && isIP(hostName) === 0 ? [hostName] : [];
  const dialled = reachable[0] ?? (listeners.lanHost === '::1' ? '::1' : '127.0.0.1');
  return {
    hostName,
    port: listeners.lanPort,
    portalUrl: `${portal.origin}/`,
    addresses: [
      ...byName.map((name) => ({ url: `${httpsOrigin(name, listeners.lanPort)}/`, kind: 'name' as const, isCovered: covers(read, name) })),
      ...reachable.map((address) => ({ url: `${httpsOrigin(address, listeners.lanPort)}/`, kind: 'ip' as const, isCovered: covers(read, address) })),
    ],
    certificate,
    authorityFingerprint: await authorityFingerprint(ctx),
    bootstrapUrl: bootstrap === null ? null : `${bootstrap}/s`,
    checks: [
      ...(await Promise.all([
        checkNameResolves(portal.hostName, [...own.map(({ address }) => address), '127.0.0.1', '::1']),
        checkPortAnswers(dialled, listeners.lanPort, row.fingerprint),
      ])),
      checkNameCovered(portal.hostName, certificate.coversHostName, origin),
      checkNotExpired(certificate, ctx.now()),
    ],
  };
}
