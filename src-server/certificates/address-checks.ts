import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { AddressState } from './certificates.contract.ts';
import { inUrl } from './network-addresses.ts';

export type AddressCheck = AddressState['checks'][number];

const patience = 3000;

function withinPatience<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within three seconds')), patience);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

/** Asks the system's resolver, as any browser on this PC would. */
export async function checkNameResolves(hostName: string, own: readonly string[]): Promise<AddressCheck> {
  const check = 'name-resolves';
  if (isIP(hostName) !== 0) {
    const ok = own.includes(hostName);
    const message = ok
      ? `${hostName} is an address of this PC.`
      : `${hostName} is not an address of this PC. Choose one of the addresses in the list, or leave the field empty.`;
    return { check, ok, message };
  }
  try {
    const found = (await withinPatience(lookup(hostName, { all: true }))).map(({ address }) => address);
    if (found.some((address) => own.includes(address))) return { check, ok: true, message: `${hostName} leads to this PC.` };
    return {
      check,
      ok: false,
      message: `${hostName} leads to ${found.join(', ')}, which is not this PC. Change its DNS record to ${own[0] ?? 'this PC’s address'}, or choose another name.`,
    };
  } catch {
    return {
      check,
      ok: false,
      message: `The network does not know the name ${hostName}. Add it to your DNS server or router, with the address ${own[0] ?? 'of this PC'}, or leave the field empty to use the address itself.`,
    };
  }
}

/** Opens a real TLS connection to our own port on `address` and looks at the certificate that answers. */
export async function checkPortAnswers(address: string, port: number, fingerprint: string): Promise<AddressCheck> {
  const check = 'port-answers';
  const where = `${inUrl(address)}:${port}`;
  try {
    const found = await withinPatience(fingerprintAt(address, port));
    if (found === fingerprint) return { check, ok: true, message: `Doorline answers on ${where}.` };
    return { check, ok: false, message: `Another program answers on ${where}. Stop it, or start Doorline on another port with --lan-port.` };
  } catch {
    return { check, ok: false, message: `Nothing answers on ${where}. Restart Doorline; if that does not help, allow TCP port ${port} in this PC’s firewall.` };
  }
}

function fingerprintAt(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // Whether it is trusted is another question; here only who answers counts.
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: patience }, () => {
      resolve(socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase());
      socket.destroy();
    });
    socket.once('timeout', () => socket.destroy(new Error('timed out')));
    socket.once('error', reject);
  });
}

export function checkNameCovered(hostName: string, isCovered: boolean, origin: 'local' | 'uploaded'): AddressCheck {
  const check = 'certificate-covers-name';
  if (isCovered) return { check, ok: true, message: `The certificate is valid for ${hostName}.` };
  const wayOut = origin === 'local' ? 'Renew it.' : 'Upload one that is, or go back to Doorline’s own certificate.';
  return { check, ok: false, message: `The certificate is not valid for ${hostName}. ${wayOut}` };
}

export function checkNotExpired(
  certificate: { readonly notAfter: string; readonly notBefore: string; readonly origin: 'local' | 'uploaded' },
  now: Date,
): AddressCheck {
  const check = 'certificate-current';
  const daysLeft = Math.floor((Date.parse(certificate.notAfter) - now.getTime()) / 86_400_000);
  if (now.getTime() < Date.parse(certificate.notBefore)) {
    return { check, ok: false, message: `The certificate is valid only from ${certificate.notBefore.slice(0, 10)}. Check this PC’s clock.` };
  }
  if (daysLeft < 0) {
    const wayOut = certificate.origin === 'local' ? 'Renew it.' : 'Upload the next one.';
    return { check, ok: false, message: `The certificate ended on ${certificate.notAfter.slice(0, 10)}. ${wayOut}` };
  }
  return { check, ok: true, message: `The certificate is valid until ${certificate.notAfter.slice(0, 10)}, ${daysLeft} more days.` };
}
