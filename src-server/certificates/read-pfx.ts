import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { InvalidInput } from '../kernel/app-error.ts';

// node-forge because Node can't take a PFX apart, and OpenSSL 3 refuses the RC2 and 3DES ones that Windows and older
// tools still make.

function bagsOf(pfx: forge.pkcs12.Pkcs12Pfx, type: string | undefined): forge.pkcs12.Bag[] {
  return type === undefined ? [] : (pfx.getBags({ bagType: type })[type] ?? []);
}

function toDer(value: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary');
}

/**
 * Takes certificates and key out of a PFX (PKCS #12).
 * @throws InvalidInput for a wrong password or a damaged file.
 */
export function readPfx(file: Buffer, password: string): { readonly certificates: X509Certificate[]; readonly key: KeyObject } {
  let container: forge.asn1.Asn1;
  try {
    container = forge.asn1.fromDer(file.toString('binary'));
  } catch {
    throw new InvalidInput([{ path: 'pfx', message: 'This is not a PFX file. Choose one that ends in .pfx or .p12.' }]);
  }
  let pfx: forge.pkcs12.Pkcs12Pfx;
  try {
    pfx = forge.pkcs12.pkcs12FromAsn1(container, false, password);
  } catch {
    throw new InvalidInput([{ path: 'password', message: 'The password does not open this file, or the file is damaged.' }]);
  }
  try {
    const { oids } = forge.pki;
    const keyBag = [...bagsOf(pfx, oids['pkcs8ShroudedKeyBag']), ...bagsOf(pfx, oids['keyBag'])][0];
    if (keyBag === undefined)
      throw new InvalidInput([{ path: 'pfx', message: 'There is no private key in this file. Export it again and include the private key.' }]);
    // For keys other than RSA the library keeps the decrypted PKCS #8 structure as it was.
    const der =
      keyBag.key === undefined || keyBag.key === null ? toDer(keyBag.asn1) : toDer(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(keyBag.key)));
    const certificates = bagsOf(pfx, oids['certBag']).map(
      (bag) => new X509Certificate(bag.cert === undefined || bag.cert === null ? toDer(bag.asn1) : toDer(forge.pki.certificateToAsn1(bag.cert))),
    );
    return { certificates, key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput([
      { path: 'pfx', message: 'This PFX file holds a key or certificate Doorline can’t read. Export it again, with AES or 3DES encryption.' },
    ]);
  }
}
