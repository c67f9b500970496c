// The certificate library looks for this at import.
import 'reflect-metadata';
import { createHash, createPrivateKey, sign, X509Certificate as ReadCertificate, type KeyObject } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
import { der } from './der.ts';

// Cryptographic Message Syntax (RFC 5652), SignedData with the content inside: what S/MIME, and so a configuration
// profile, is signed with. Written here because libraries at hand sign with RSA keys only, and the desk's own key is
// an elliptic one.

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const version1 = der(0x02, Buffer.from([1]));
const nothing = der(0x05);

const ids = {
  data: objectId('2a864886f70d010701'), // 1.2.840.113549.1.7.1
  signedData: objectId('2a864886f70d010702'), // 1.2.840.113549.1.7.2
  contentType: objectId('2a864886f70d010903'), // 1.2.840.113549.1.9.3
  messageDigest: objectId('2a864886f70d010904'), // 1.2.840.113549.1.9.4
  signingTime: objectId('2a864886f70d010905'), // 1.2.840.113549.1.9.5
  sha256: objectId('608648016503040201'), // 2.16.840.1.101.3.4.2.1
  rsa: objectId('2a864886f70d010101'), // 1.2.840.113549.1.1.1
  ecdsaWithSha256: objectId('2a8648ce3d040302'), // 1.2.840.10045.4.3.2
} as const;

const digestAlgorithm = sequence(ids.sha256, nothing);

function signatureAlgorithm(key: KeyObject): Buffer | undefined {
  if (key.asymmetricKeyType === 'ec') return sequence(ids.ecdsaWithSha256);
  return key.asymmetricKeyType === 'rsa' ? sequence(ids.rsa, nothing) : undefined;
}

/** UTCTime, as RFC 5652, 11.3 wants it for years before 2050. */
function utcTime(at: Date): Buffer {
  return der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/gu, '')}Z`, 'ascii'));
}

function serialOf(certificate: X509Certificate): Buffer {
  const bytes = Buffer.from(certificate.serialNumber.length % 2 === 0 ? certificate.serialNumber : `0${certificate.serialNumber}`, 'hex');
  return der(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** What signs: the signer's certificate first, then whoever vouches for it; PEM. */
export interface Signer {
  readonly chainPem: readonly string[];
  readonly privateKeyPem: string;
}

/** `content` inside a CMS signature, in DER; undefined for a kind of key that signs no profiles, such as Ed25519. */
export function signedData(content: Buffer, { chainPem, privateKeyPem }: Signer, now: Date): Buffer | undefined {
  const key = createPrivateKey(privateKeyPem);
  const algorithm = signatureAlgorithm(key);
  const [own = ''] = chainPem;
  if (algorithm === undefined || own === '') return undefined;

  const signer = new X509Certificate(own);
  const digest = createHash('sha256').update(content).digest();
  const attributes = [
    sequence(ids.contentType, set(ids.data)),
    sequence(ids.signingTime, set(utcTime(now))),
    sequence(ids.messageDigest, set(der(0x04, digest))),
  ].sort((left, right) => left.compare(right));
  // They are signed as the SET they are, and written under an implicit tag (RFC 5652, 5.4).
  const signature = sign('sha256', set(...attributes), key);
  const signerInfo = sequence(
    version1,
    sequence(Buffer.from(signer.issuerName.toArrayBuffer()), serialOf(signer)),
    digestAlgorithm,
    der(0xa0, ...attributes),
    algorithm,
    der(0x04, signature),
  );
  const certificates = chainPem.map((pem) => new ReadCertificate(pem).raw);
  return sequence(
    ids.signedData,
    der(0xa0, sequence(version1, set(digestAlgorithm), sequence(ids.data, der(0xa0, der(0x04, content))), der(0xa0, ...certificates), set(signerInfo))),
  );
}
