// The certificate library looks for this at import.
import 'reflect-metadata';
import { randomBytes, X509Certificate as ReadCertificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { nameConstraintsDer, permittedFor } from './name-constraints.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 86_400_000;
const authorityDays = 3650;
/** Browsers refuse longer than 398 days; one is spent on clocks that are behind. */
const serverDays = 396;
const idServerAuth = '1.3.6.1.5.5.7.3.1';
const idNameConstraints = '2.5.29.30';

/** A certificate and its key, as PEM. */
export interface Issued {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

async function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function toPem(key: CryptoKey): Promise<string> {
  const base64 = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/(.{64})(?=.)/gu, '$1\n')}\n-----END PRIVATE KEY-----\n`;
}

async function fromPem(pem: string): Promise<CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/gu, ''), 'base64');
  return crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

/** 126 random bits after a leading one: positive, never zero (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex');
}

function withNewline(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}

/** A new authority for this PC: ECDSA P-256, ten years, limited to `names` and what is local anyway. */
export async function issueAuthority({
  label,
  names,
  now,
}: {
  readonly label: string;
  readonly names: readonly string[];
  readonly now: Date;
}): Promise<Issued> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [label] }, { O: ['Doorline'] }],
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + authorityDays * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      new Extension(idNameConstraints, false, new Uint8Array(nameConstraintsDer(permittedFor(names)))),
    ],
  });
  return { certificatePem: withNewline(certificate.toString('pem')), privateKeyPem: await toPem(keys.privateKey) };
}

/** A server certificate for `names` (DNS names and addresses), signed by `authority`. */
export async function issueServerCertificate(authority: Issued, { names, now }: { readonly names: readonly string[]; readonly now: Date }): Promise<Issued> {
  const keys = await newKeys();
  const issuer = new X509Certificate(authority.certificatePem);
  const notAfter = Math.min(now.getTime() + serverDays * day, issuer.notAfter.getTime());
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [(names[0] ?? 'Doorline').slice(0, 64)] }],
    issuer: issuer.subject,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(notAfter),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await fromPem(authority.privateKeyPem),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([idServerAuth]),
      new SubjectAlternativeNameExtension(names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name }))),
      await AuthorityKeyIdentifierExtension.create(issuer),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: withNewline(certificate.toString('pem')), privateKeyPem: await toPem(keys.privateKey) };
}

/** SHA-256 of the DER in lower-case hex: how a certificate is told from others. */
export function fingerprintOf(certificatePem: string): string {
  return new ReadCertificate(certificatePem).fingerprint256.replaceAll(':', '').toLowerCase();
}
