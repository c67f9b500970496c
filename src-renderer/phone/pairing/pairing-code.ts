// The alphabet of the one-time code: no letters that read like digits.
const alphabet = /^[0-9a-hjkmnp-tv-z]{26}$/u;

/** What the scanned link holds after its `#`. */
export interface PairingSecret {
  readonly token: string;
  /** The key the desk must show; empty when the code was typed by hand. */
  readonly fingerprint: string;
}

/** Reads `#1.TOKEN.FINGERPRINT`; undefined when the address holds no pairing. */
export function readSecret(hash: string): PairingSecret | undefined {
  const [version, token, fingerprint = ''] = hash.replace(/^#/u, '').split('.');
  return version === '1' && token !== undefined && alphabet.test(token) ? { token, fingerprint } : undefined;
}

/** A code as somebody typed it: blanks, capitals and look-alike letters do not matter. Undefined when it can't be one. */
export function readTyped(typed: string): string | undefined {
  const code = typed.toLowerCase().replace(/[\s-]/gu, '').replaceAll('o', '0').replace(/[il]/gu, '1');
  return alphabet.test(code) ? code : undefined;
}

/**
 * The six digits, worked out on this phone from what it scanned. They differ from the desk's when somebody stands in
 * between. HMAC-SHA-256 keyed with the token over `fingerprint LF claimId LF deviceName`; six bytes, modulo a million.
 */
export async function pairingCode(claim: PairingSecret & { readonly claimId: string; readonly deviceName: string }): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(claim.token), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const text = encoder.encode(`${claim.fingerprint}\n${claim.claimId}\n${claim.deviceName}`);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, text));
  const number = mac.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 1_000_000).padStart(6, '0');
}
