import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { signedData } from '#server/certificates/cms-signature.ts';
import { givenCertificate } from '../../support/certificate-builders.ts';
import { openSigned } from '../../support/profile-reader.ts';
import { temporaryFolder } from '../../support/test-context.ts';

/** A certificate that signs itself, with a serial number and a kind of key of one's choice. */
function givenOpensslCertificate(key: readonly string[], serial = '0x01') {
  const folder = temporaryFolder();
  const [keyFile, certificateFile] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', ...key, '-nodes', '-keyout', keyFile, '-out', certificateFile, '-subj', '/CN=Zażółć/O=A', '-utf8', '-set_serial', serial],
    {
      stdio: 'pipe',
    },
  );
  return { chainPem: [readFileSync(certificateFile, 'utf8')], privateKeyPem: readFileSync(keyFile, 'utf8') };
}

describe('what the desk signs', () => {
  test('content of any length comes out as it went in', async () => {
    const { certificate, privateKey } = await givenCertificate({ commonName: 'desk', isAuthority: true });

    for (const length of [1, 127, 128, 255, 256, 65_535, 65_536, 200_000]) {
      const content = 'x'.repeat(length);
      const signed = signedData(Buffer.from(content), { chainPem: [certificate], privateKeyPem: privateKey }, new Date());
      expect(openSigned(signed ?? Buffer.alloc(0), certificate)).toBe(content);
    }
  });

  test.each([
    ['RSA of 3072 bits', ['rsa:3072'], '0x01'],
    ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], '0x7f'],
    ['a serial number whose first bit is set', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], '0xff00aa'],
    ['a serial number of twenty bytes', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], '0x7fffffffffffffffffffffffffffffffffffffff'],
  ] as const)('%s: OpenSSL finds the signer and the signature holds', (_name, key, serial) => {
    const signer = givenOpensslCertificate(key, serial);

    const signed = signedData(Buffer.from('hello'), signer, new Date());

    expect(openSigned(signed ?? Buffer.alloc(0), signer.chainPem[0] ?? '')).toBe('hello');
  });

  test('a key of a kind phones do not check signs nothing', async () => {
    const { certificate } = await givenCertificate({ commonName: 'desk' });
    const privateKeyPem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

    expect(signedData(Buffer.from('hello'), { chainPem: [certificate], privateKeyPem }, new Date())).toBeUndefined();
  });

  test('what another authority signed is not taken for the desk’s', async () => {
    const mine = await givenCertificate({ commonName: 'desk', isAuthority: true });
    const other = await givenCertificate({ commonName: 'desk', isAuthority: true });
    const signed = signedData(Buffer.from('hello'), { chainPem: [other.certificate], privateKeyPem: other.privateKey }, new Date());

    expect(() => openSigned(signed ?? Buffer.alloc(0), mine.certificate)).toThrow(/verif|certificate/iu);
  });
});
