import { fewRandomBytes } from './random-bytes.ts';

/** A new UUIDv7 (RFC 9562): text that sorts by the time it was made, so that indexes grow at their end. */
export function newId(at: number = Date.now()): string {
  const bytes = fewRandomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
