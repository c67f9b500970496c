import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inPowersOfTwo, paddedToPowerOfTwo } from '#server/devices/statement-sizes.ts';

function isPowerOfTwo(length: number): boolean {
  return Number.isInteger(Math.log2(length));
}

test('pieces are powers of two and add up to the list', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 700 }), (items) => {
      const pieces = inPowersOfTwo(items);
      expect(pieces.flat()).toEqual(items);
      expect(pieces.every((piece) => isPowerOfTwo(piece.length) && piece.length <= 128)).toBe(true);
    }),
  );
});

test('a padded list holds the same items and no others', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 700 }), (items) => {
      const padded = paddedToPowerOfTwo(items);
      expect(new Set(padded)).toEqual(new Set(items));
      expect(isPowerOfTwo(padded.length)).toBe(true);
    }),
  );
  expect(paddedToPowerOfTwo([])).toEqual([]);
});
