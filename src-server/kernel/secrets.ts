import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

// Crockford's base32 without the letters that read like digits. No `: @ / % #`, so a secret survives in any URL.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random secret of `bits` bits (a multiple of 5 is used up whole) in Crockford base32, lower case. */
export function newSecret(bits = 130): string {
  const length = Math.ceil(bits / 5);
  return Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join('');
}

/** SHA-256 in hex: how secrets of full entropy are kept. Passwords go through Argon2 instead. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** Compares in a time that does not depend on where the two differ. */
export function sameSecret(left: string, right: string): boolean {
  const a = hash('sha256', left, 'buffer');
  const b = hash('sha256', right, 'buffer');
  return timingSafeEqual(a, b);
}
