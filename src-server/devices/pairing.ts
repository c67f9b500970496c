import { createHmac } from 'node:crypto';

/** How long a code may be scanned, how long a manager may compare, how long a phone may take to fetch its keys: seconds. */
export const pairingTimes = { toClaim: 300, toApprove: 120, toFetch: 300 } as const;

/** How many pairings may run at once. */
export const mostPairings = 3;

/** The longest link that still scans easily from a screen. */
export const longestLink = 150;

/**
 * The six digits both sides show. They depend on everything a person in between would have to change: the one-time
 * token, the authority the phone was told to trust, this very claim, and the name the phone gave.
 *
 * HMAC-SHA-256 keyed with the token over `fingerprint LF claimId LF deviceName` in UTF-8; its first six bytes as a
 * big-endian number, modulo a million. `fingerprint` is as in the link.
 */
export function pairingCode(claim: { readonly token: string; readonly fingerprint: string; readonly claimId: string; readonly deviceName: string }): string {
  const mac = createHmac('sha256', claim.token).update(`${claim.fingerprint}\n${claim.claimId}\n${claim.deviceName}`).digest();
  return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** Where a phone can reach this desk. */
export interface DeskAddress {
  /** The LAN plane, such as `https://desk.example.lan:8443`. */
  readonly origin: string;
  readonly hostName: string;
  /** Plain HTTP for the first contact, such as `http://192.168.1.10:8480`; null when phones trust the certificate already. */
  readonly bootstrapOrigin: string | null;
  /** The key the phone must find behind the certificate: 128 bits of SHA-256 over its SPKI, base32. */
  readonly fingerprint: string;
}

/**
 * The link in the QR code. What is secret stands after `#`, so that no browser sends it and no log keeps it. With the
 * desk's own authority the first contact is plain HTTP, because the phone can't trust the certificate yet.
 */
export function pairingLink(address: DeskAddress, token: string): { readonly url: string; readonly typedAddress: string } {
  const start = address.bootstrapOrigin ?? address.origin;
  return { url: `${start}/s#1.${token}.${address.fingerprint}`, typedAddress: `${start.replace(/^https?:\/\//u, '')}/s` };
}
