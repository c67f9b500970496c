import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext, getCACertificates, rootCertificates } from 'node:tls';
import { InvalidInput } from '../kernel/app-error.ts';
import { readPfx } from './read-pfx.ts';
import type { UploadedCertificate } from './uploaded-certificate.ts';

/** What arrives: PEM files, or one PFX. Names are those of the form's fields. */
export interface CertificateFiles {
  readonly certificate?: Buffer;
  readonly chain?: Buffer;
  readonly privateKey?: Buffer;
  readonly pfx?: Buffer;
  readonly password?: string;
}

const pemCertificate = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/gu;
const pemKey = /-----BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----/u;
const idServerAuth = '1.3.6.1.5.5.7.3.1';

function refuse(path: string, message: string): never {
  throw new InvalidInput([{ path, message }]);
}

function readCertificates(field: string, file: Buffer | undefined): X509Certificate[] {
  if (file === undefined || file.length === 0) return [];
  const text = file.toString('latin1');
  const blocks = text.match(pemCertificate) ?? [];
  try {
    // Windows and some authorities hand out the same thing in binary (DER).
    return blocks.length === 0 ? [new X509Certificate(file)] : blocks.map((block) => new X509Certificate(block));
  } catch {
    return refuse(field, 'This is not a certificate. Choose a file in PEM form: text that begins with -----BEGIN CERTIFICATE-----.');
  }
}

function readKey(file: Buffer, password: string | undefined): KeyObject {
  const block = pemKey.exec(file.toString('latin1'))?.[0];
  if (block === undefined) return refuse('privateKey', 'There is no private key in this file. Choose the one that begins with -----BEGIN PRIVATE KEY-----.');
  try {
    return createPrivateKey({ key: block, ...(password === undefined || password === '' ? {} : { passphrase: password }) });
  } catch {
    const isLocked = /ENCRYPTED/u.test(block);
    if (isLocked && (password === undefined || password === '')) return refuse('password', 'The private key is locked. Give its password.');
    if (isLocked) return refuse('password', 'The password does not open the private key.');
    return refuse('privateKey', 'The private key is damaged or of a kind Doorline can’t use. Export it again as PEM.');
  }
}

function readFiles(files: CertificateFiles): { readonly certificates: X509Certificate[]; readonly key: KeyObject } {
  if (files.pfx !== undefined && files.pfx.length > 0) return readPfx(files.pfx, files.password ?? '');
  if (files.certificate === undefined || files.certificate.length === 0)
    return refuse('certificate', 'Choose a certificate file (PEM), or a PFX file with its password.');
  // One file with certificate, chain and key in it is common too.
  const keyFile = files.privateKey === undefined || files.privateKey.length === 0 ? files.certificate : files.privateKey;
  const certificates = [...readCertificates('certificate', files.certificate), ...readCertificates('chain', files.chain)];
  return { certificates, key: readKey(keyFile, files.password) };
}

function checkKey(key: KeyObject): void {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const isStrongRsa = type === 'rsa' && (details?.modulusLength ?? 0) >= 2048;
  const isUsableEc = type === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '');
  if (!isStrongRsa && !isUsableEc) {
    refuse('privateKey', 'Browsers and phones refuse this kind of key. Use RSA with at least 2048 bits, or ECDSA on P-256 or P-384.');
  }
}

function commonName(distinguishedName: string): string {
  return /(?:^|\n)CN=(.+)/u.exec(distinguishedName)?.[1] ?? distinguishedName.replaceAll('\n', ', ');
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** The system's own list, where this Node can read it. */
function systemRoots(): readonly string[] {
  try {
    return getCACertificates('system');
  } catch {
    // Electron's TLS library has no such list; the bundled one still knows the public authorities.
    return [];
  }
}

function knownRoots(): X509Certificate[] {
  const pems = new Set([...rootCertificates, ...systemRoots()]);
  return [...pems].flatMap((pem) => {
    try {
      return [new X509Certificate(pem)];
    } catch {
      return [];
    }
  });
}

/** The certificates between the leaf and a root, in the order a server sends them; the root itself is left out. */
function chainOf(leaf: X509Certificate, others: readonly X509Certificate[], now: Date): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let current = leaf;
  while (!isIssuedBy(current, current)) {
    const issuer = others.find((candidate) => candidate !== current && !chain.includes(candidate) && isIssuedBy(current, candidate));
    if (issuer === undefined) {
      const last = current;
      if (knownRoots().some((root) => isIssuedBy(last, root))) return chain;
      return refuse(
        'chain',
        `The chain is incomplete: the certificate of “${commonName(current.issuer)}” is missing. Add the file your certificate authority calls chain, CA bundle or full chain; for a company’s own authority, its root too.`,
      );
    }
    if (!issuer.ca) refuse('chain', `“${commonName(issuer.subject)}” in the chain is not a certificate authority.`);
    if (now > new Date(issuer.validTo)) refuse('chain', `The certificate of “${commonName(issuer.subject)}” in the chain ended on ${day(issuer.validTo)}.`);
    if (!isIssuedBy(issuer, issuer)) chain.push(issuer);
    current = issuer;
  }
  return chain;
}

function day(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}

/** DNS names and addresses of the subject alternative name, the only place browsers look. */
function namesOf(leaf: X509Certificate): string[] {
  return (leaf.subjectAltName ?? '').split(', ').flatMap((entry) => {
    const found = /^(?:DNS|IP Address):(?<name>[^"]+)$/u.exec(entry);
    return found?.groups?.['name'] === undefined ? [] : [found.groups['name'].toLowerCase()];
  });
}

/**
 * Reads an uploaded certificate and checks that browsers and phones will take it for `hostName`.
 * @throws InvalidInput naming the form's field, what is wrong and what to do.
 */
export function readUploadedCertificate(
  files: CertificateFiles,
  { hostName, isAddress, now }: { readonly hostName: string; readonly isAddress: boolean; readonly now: Date },
): UploadedCertificate {
  const { certificates, key } = readFiles(files);
  const field = files.pfx === undefined || files.pfx.length === 0 ? 'certificate' : 'pfx';
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (leaf === undefined)
    return refuse(field === 'pfx' ? 'pfx' : 'privateKey', 'The private key does not belong to this certificate. Choose the key it was made with.');
  checkKey(key);

  if (now > new Date(leaf.validTo)) refuse(field, `This certificate ended on ${day(leaf.validTo)}. Upload the renewed one.`);
  if (now < new Date(leaf.validFrom)) refuse(field, `This certificate is valid only from ${day(leaf.validFrom)}. Check this PC’s clock, or upload it then.`);
  const purposes = leaf.keyUsage as readonly string[] | undefined; // Object ids of the extended key usage; the types lack “undefined”.
  if (purposes !== undefined && !purposes.includes(idServerAuth))
    refuse(field, 'This certificate is not for web servers. Ask your certificate authority for one with the purpose “server authentication”.');

  const names = namesOf(leaf);
  if (names.length === 0) refuse(field, 'This certificate names no host in its subject alternative name, so browsers refuse it. Ask for one that does.');
  const covered = isAddress ? leaf.checkIP(hostName) : leaf.checkHost(hostName, { subject: 'never' });
  if (covered === undefined) {
    refuse(
      field,
      `This certificate is for ${names.join(', ')}, but the desk’s address is ${hostName}. Change the host name first, or upload a certificate for ${hostName}.`,
    );
  }

  const others = certificates.filter((certificate) => certificate !== leaf);
  const chain = chainOf(leaf, others, now);
  const privateKeyPem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const chainPem = chain.map((certificate) => certificate.toString()).join('');
  // The last word has the library that will serve with it.
  createSecureContext({ cert: leaf.toString() + chainPem, key: privateKeyPem });
  return { certificatePem: leaf.toString(), chainPem, privateKeyPem, names };
}
