import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import forge from 'node-forge';

// A certificate authority of a company, as a customer's administrator would have one.

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) } as const;
const day = 86_400_000;

/** A certificate with its key, both as PEM. */
export interface MadeCertificate {
  readonly certificate: string;
  readonly privateKey: string;
  readonly keys: CryptoKeyPair;
}

export interface CertificateWish {
  readonly commonName: string;
  readonly names?: readonly string[];
  readonly issuer?: MadeCertificate;
  readonly isAuthority?: boolean;
  readonly from?: Date;
  readonly to?: Date;
  readonly purposes?: readonly string[];
  readonly keyKind?: 'ecdsa' | 'rsa' | 'weak-rsa';
}

async function pemOf(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString();
}

const algorithms = { ecdsa, rsa, 'weak-rsa': { ...rsa, modulusLength: 1024 } };

/** Makes what an administrator would get from their authority; without `issuer` it signs itself. */
export async function givenCertificate(wish: CertificateWish): Promise<MadeCertificate> {
  const keys = await crypto.subtle.generateKey(algorithms[wish.keyKind ?? 'ecdsa'], true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${wish.commonName}`,
    issuer: wish.issuer === undefined ? `CN=${wish.commonName}` : new X509Certificate(wish.issuer.certificate).subject,
    notBefore: wish.from ?? new Date(Date.now() - day),
    notAfter: wish.to ?? new Date(Date.now() + 90 * day),
    publicKey: keys.publicKey,
    signingKey: wish.issuer?.keys.privateKey ?? keys.privateKey,
    extensions: [
      new BasicConstraintsExtension(wish.isAuthority === true, undefined, true),
      ...(wish.purposes === undefined ? [] : [new ExtendedKeyUsageExtension([...wish.purposes])]),
      ...(wish.names === undefined
        ? []
        : [new SubjectAlternativeNameExtension(wish.names.map((value) => ({ type: /^[\d.]+$/u.test(value) ? ('ip' as const) : ('dns' as const), value })))]),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, privateKey: await pemOf(keys.privateKey), keys };
}

/** A company's root, an intermediate, and a server certificate for `names`. */
export async function givenCompanyCertificates(names: readonly string[], wish: Partial<CertificateWish> = {}) {
  const root = await givenCertificate({ commonName: 'Example Company Root', isAuthority: true });
  const intermediate = await givenCertificate({ commonName: 'Example Company Issuing', isAuthority: true, issuer: root });
  const leaf = await givenCertificate({ commonName: names[0] ?? 'nobody', names, issuer: intermediate, purposes: ['1.3.6.1.5.5.7.3.1'], ...wish });
  return { root, intermediate, leaf };
}

/** Packs an RSA certificate and its key into a PFX, the way Windows or older tools do. */
export function givenPfx(
  made: MadeCertificate,
  { chain, password, algorithm }: { readonly chain: readonly string[]; readonly password: string; readonly algorithm: '3des' | 'aes256' },
): Buffer {
  const key = forge.pki.privateKeyFromPem(createPrivateKey(made.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString());
  const certificates = [made.certificate, ...chain].map((pem) => forge.pki.certificateFromPem(pem));
  const container = forge.pkcs12.toPkcs12Asn1(key, certificates, password, { algorithm });
  return Buffer.from(forge.asn1.toDer(container).getBytes(), 'binary');
}

/** A form with files, as a browser sends it. */
export function formOf(parts: Readonly<Record<string, string | Buffer>>): { readonly payload: Buffer; readonly contentType: string } {
  const boundary = 'doorline-test-boundary';
  const pieces = Object.entries(parts).flatMap(([name, value]) => {
    const isFile = name !== 'password';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${isFile ? `; filename="${name}.pem"\r\nContent-Type: application/octet-stream` : ''}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')];
  });
  return { payload: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]), contentType: `multipart/form-data; boundary=${boundary}` };
}
