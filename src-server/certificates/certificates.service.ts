import { createHash, X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { recordAct } from '../audit/audit.service.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { LostKey } from '../kernel/data-folder.ts';
import { newId } from '../kernel/ids.ts';
import { publish } from '../live/live.service.ts';
import { readSettings } from '../settings/settings.service.ts';
import { addressSettings } from './address-settings.ts';
import {
  activeCertificate,
  deleteCertificates,
  findActiveCertificate,
  insertCertificate,
  type CertificateKind,
  type CertificateRow,
} from './certificates.queries.ts';
import { fingerprintOf, issueAuthority, issueServerCertificate, type Issued } from './issue-certificate.ts';
import { mayVouchFor, permittedFor } from './name-constraints.ts';
import { ownAddresses } from './network-addresses.ts';
import type { UploadedCertificate } from './uploaded-certificate.ts';

/** What a TLS listener needs: the certificate with its chain, and the key, as PEM. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  readonly fingerprint: string;
}

const dnsName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/u;

/** Every name the local certificate should hold: the desk's, this PC's, and all its addresses. */
async function wantedNames(ctx: Context): Promise<string[]> {
  const { hostName } = await readSettings(ctx, addressSettings);
  const machine = hostname().toLowerCase();
  const names = [hostName, machine, machine === '' || machine.includes('.') ? '' : `${machine}.local`, 'localhost'].filter((name) => dnsName.test(name));
  return [...new Set([...names, ...ownAddresses().map(({ address }) => address), '127.0.0.1', '::1'])];
}

function openSealed(ctx: Context, row: CertificateRow): Issued | undefined {
  try {
    return { certificatePem: row.certificate_pem, privateKeyPem: ctx.folder.vault.open(row.private_key_sealed) };
  } catch {
    // The folder's key is not the one this was sealed with.
    ctx.log.warn({ kind: row.kind }, 'a certificate’s private key could not be opened');
    return undefined;
  }
}

/**
 * Sees that the folder's key is the one the certificates were sealed with, before anything is made anew because it can't
 * be opened: with the right key put back, everything would be as it was.
 * @throws LostKey
 */
export async function requireFittingKey(ctx: Context): Promise<void> {
  for (const kind of ['server', 'authority'] as const) {
    const row = await findActiveCertificate(ctx.db, kind);
    if (row !== undefined && openSealed(ctx, row) === undefined) throw new LostKey(`secret.key in “${ctx.folder.root}” is not the key of this desk`);
  }
}

async function keep(
  ctx: Context,
  issued: Issued,
  about: { readonly kind: CertificateKind; readonly origin: 'local' | 'uploaded'; readonly names: readonly string[]; readonly chainPem?: string },
): Promise<void> {
  const read = new X509Certificate(issued.certificatePem);
  await deleteCertificates(ctx.db, about.kind);
  await insertCertificate(ctx.db, {
    id: newId(),
    kind: about.kind,
    origin: about.origin,
    certificate_pem: issued.certificatePem,
    chain_pem: about.chainPem ?? '',
    private_key_sealed: ctx.folder.vault.seal(issued.privateKeyPem),
    fingerprint: fingerprintOf(issued.certificatePem),
    names: JSON.stringify(about.names),
    not_before: new Date(read.validFrom).toISOString(),
    not_after: new Date(read.validTo).toISOString(),
    is_active: 1,
    created_at: isoNow(ctx),
  });
}

function namesOf(row: CertificateRow): string[] {
  return JSON.parse(row.names) as string[]; // Written by keep above.
}

/** The authority, made anew when there is none that may vouch for all `names`. */
async function ensureAuthority(ctx: Context, names: readonly string[]): Promise<Issued> {
  const row = await findActiveCertificate(ctx.db, 'authority');
  const opened = row === undefined ? undefined : openSealed(ctx, row);
  if (row !== undefined && opened !== undefined && Date.parse(row.not_after) - ctx.now().getTime() > 400 * 86_400_000) {
    const permitted = permittedFor(namesOf(row));
    if (names.every((name) => mayVouchFor(permitted, name))) return opened;
  }
  const authority = await issueAuthority({ label: `Doorline on ${hostname().slice(0, 40)}`, names, now: ctx.now() });
  await keep(ctx, authority, { kind: 'authority', origin: 'local', names });
  await recordAct(ctx, { action: 'authority.made', detail: { fingerprint: fingerprintOf(authority.certificatePem) } });
  return authority;
}

/** Makes a server certificate of our own for every name of this PC, and puts it in use. */
async function issueLocal(ctx: Context): Promise<void> {
  const names = await wantedNames(ctx);
  await inTransaction(ctx, async (ctx) => {
    const authority = await ensureAuthority(ctx, names);
    const issued = await issueServerCertificate(authority, { names, now: ctx.now() });
    await keep(ctx, issued, { kind: 'server', origin: 'local', names });
    await recordAct(ctx, { action: 'certificate.issued', detail: { names, fingerprint: fingerprintOf(issued.certificatePem) } });
    await publish(ctx, { audience: 'agents', kind: 'settings', payload: { feature: 'address' } });
  });
}

/** Two thirds of its life are over, or it lacks a name this PC goes by now. Uploaded ones are renewed by whoever made them. */
async function isDue(ctx: Context, row: CertificateRow): Promise<boolean> {
  if (row.origin !== 'local') return false;
  const from = Date.parse(row.not_before);
  const renewAt = from + ((Date.parse(row.not_after) - from) * 2) / 3;
  if (ctx.now().getTime() >= renewAt || ctx.now().getTime() < from) return true;
  const covered = new Set(namesOf(row));
  return (await wantedNames(ctx)).some((name) => !covered.has(name));
}

/** The certificate to serve with; made, or renewed when it is due, by the authority phones already trust. */
export async function ensureServerCertificate(ctx: Context): Promise<TlsMaterial> {
  const row = await findActiveCertificate(ctx.db, 'server');
  const opened = row === undefined ? undefined : openSealed(ctx, row);
  if (row === undefined || opened === undefined || (await isDue(ctx, row))) {
    await issueLocal(ctx);
    return servingCertificate(ctx);
  }
  return toMaterial(row, opened);
}

function toMaterial(row: CertificateRow, opened: Issued): TlsMaterial {
  return { cert: row.certificate_pem + row.chain_pem, key: opened.privateKeyPem, fingerprint: row.fingerprint };
}

/** The certificate in use, as it is. */
async function servingCertificate(ctx: Context): Promise<TlsMaterial> {
  const row = await findActiveCertificate(ctx.db, 'server');
  const opened = row === undefined ? undefined : openSealed(ctx, row);
  if (row === undefined || opened === undefined) throw new Error('There is no server certificate to serve with.');
  return toMaterial(row, opened);
}

/** What the active server certificate says of itself. */
export function activeServerCertificate(ctx: Context): Promise<CertificateRow | undefined> {
  return ctx.hot.first(activeCertificate, { kind: 'server' });
}

/** Issues a new local certificate at once; also the way back from an uploaded one. */
export function renewCertificate(ctx: Context): Promise<void> {
  return issueLocal(ctx);
}

/** Puts an uploaded certificate, already checked, in use. */
export function useUploadedCertificate(ctx: Context, uploaded: UploadedCertificate): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await keep(ctx, uploaded, { kind: 'server', origin: 'uploaded', names: uploaded.names, chainPem: uploaded.chainPem });
    await recordAct(ctx, { action: 'certificate.uploaded', detail: { names: uploaded.names, fingerprint: fingerprintOf(uploaded.certificatePem) } });
    await publish(ctx, { audience: 'agents', kind: 'settings', payload: { feature: 'address' } });
  });
}

/** True while phones must trust our own authority first, so that they need the plain-HTTP door. */
export async function usesLocalAuthority(ctx: Context): Promise<boolean> {
  return (await activeServerCertificate(ctx))?.origin === 'local';
}

/** The local authority's certificate as PEM, for download; undefined while an uploaded certificate is in use. */
export async function authorityCertificate(ctx: Context): Promise<string | undefined> {
  if (!(await usesLocalAuthority(ctx))) return undefined;
  return (await ctx.hot.first(activeCertificate, { kind: 'authority' }))?.certificate_pem;
}

/** `AB:CD:…` of SHA-256 over the authority's DER, as phones show it; null while an uploaded certificate is in use. */
export async function authorityFingerprint(ctx: Context): Promise<string | null> {
  const pem = await authorityCertificate(ctx);
  return pem === undefined ? null : new X509Certificate(pem).fingerprint256;
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

function toBase32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/gu) ?? []).map((group) => base32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/**
 * What a pairing link pins: the first 128 bits of SHA-256 over the public key (SPKI) phones must trust, in lower-case
 * base32 (RFC 4648, no padding). The authority's key while the local authority is in use, so that it outlives renewals;
 * the server's own otherwise.
 */
export async function publicKeyPin(ctx: Context): Promise<string> {
  const pem = (await authorityCertificate(ctx)) ?? (await activeServerCertificate(ctx))?.certificate_pem;
  if (pem === undefined) throw new Error('There is no certificate yet.');
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return toBase32(createHash('sha256').update(spki).digest().subarray(0, 16));
}
