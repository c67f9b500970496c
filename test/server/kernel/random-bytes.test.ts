import { expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { fewRandomBytes } from '#server/kernel/random-bytes.ts';

test('random bytes never repeat and do not change later, whatever lengths are asked for', () => {
  const kept = Array.from({ length: 2000 }, (_, index) => fewRandomBytes(16 + (index % 3)));
  const texts = kept.map((bytes) => bytes.toString('hex'));
  expect(new Set(texts.map((text) => text.slice(0, 32))).size).toBe(2000);
  for (let index = 0; index < 1000; index += 1) fewRandomBytes(17);
  expect(kept.map((bytes) => bytes.toString('hex'))).toEqual(texts);
  expect(texts.some((text) => /0{16}/u.test(text))).toBe(false);
});

test('ids are UUIDv7 (RFC 9562), never twice the same, and sort by their time', () => {
  const ids = Array.from({ length: 5000 }, (_, index) => newId(1_700_000_000_000 + index));
  expect(new Set(ids).size).toBe(5000);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
  expect(ids.toSorted()).toEqual(ids);
});
