import { randomFillSync } from 'node:crypto';

// Asking the system for random bytes costs more than anything else a request needs them for, so they are fetched by the page.
const page = Buffer.allocUnsafe(4096);
let used = page.length;

/** A few fresh random bytes from the system's generator. No byte is ever handed out twice. */
export function fewRandomBytes(length: number): Buffer {
  if (used + length > page.length) {
    randomFillSync(page);
    used = 0;
  }
  const bytes = Buffer.from(page.subarray(used, used + length));
  page.fill(0, used, used + length);
  used += length;
  return bytes;
}
