import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCaller } from '#server/caller-id/caller-id.service.ts';
import type { Context } from '#server/kernel/context.ts';
import { readNumber } from '#server/phone-numbers/phone-number.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

const stored = [
  '+48600100200',
  '+48221234567',
  '+4930123456',
  '+491701234567',
  '+390669812345',
  '+12125551234',
  '+4712345678',
  '+525512345678',
  '+5511982345678',
  '+5491123456789',
  '+37125123456',
];

async function baseOf(numbers: readonly string[]): Promise<Context> {
  const ctx = await testContext();
  for (const number of numbers) await givenContact(ctx, { firstName: number, lastName: '', phone: number });
  return ctx;
}

/** A number that looks much like `number`: a digit changed, dropped, doubled or swapped, in the form networks report. */
function nearMissOf(number: string): fc.Arbitrary<string> {
  const digits = number.slice(1);
  const place = fc.integer({ min: 0, max: digits.length - 1 });
  const digit = fc.constantFrom(...'0123456789'.split(''));
  return fc.oneof(
    fc.tuple(place, digit).map(([at, other]) => digits.slice(0, at) + other + digits.slice(at + 1)),
    place.map((at) => digits.slice(0, at) + digits.slice(at + 1)),
    fc.tuple(place, digit).map(([at, other]) => digits.slice(0, at) + other + digits.slice(at)),
    place.filter((at) => at > 0).map((at) => digits.slice(0, at - 1) + (digits[at] ?? '') + (digits[at - 1] ?? '') + digits.slice(at + 1)),
    fc.integer({ min: 3, max: digits.length }).map((length) => digits.slice(-length)),
  );
}

describe('a name is shown only for its own number', () => {
  test('a number that is complete never rings as another one that looks like it', async () => {
    const ctx = await baseOf(stored);
    const nearMiss = fc.constantFrom(...stored).chain(nearMissOf);

    await fc.assert(
      fc.asyncProperty(nearMiss, fc.constantFrom('+', '00', ''), async (digits, prefix) => {
        const number = prefix + digits;
        const meant = readNumber(number, { country: 'PL' }).e164;
        const match = await findCaller(ctx, number);
        if (match === null || meant === null) return;
        const named = match.contact?.firstName ?? '';
        // Old and new forms of one line in Mexico, Brazil and Argentina are the same number.
        const isSameLine = named === meant || match.match === 'alias';
        expect([number, named, isSameLine]).toEqual([number, named, true]);
        if (match.match === 'alias') expect(['+525512345678', '+5511982345678', '+5491123456789', `+${digits}`]).toContain(named);
      }),
      { numRuns: 3000 },
    );
  });

  test('digits that do not end like a stored number never bring its name up', async () => {
    const ctx = await baseOf(stored);

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...stored).chain(nearMissOf), async (digits) => {
        const match = await findCaller(ctx, digits);
        const named = match?.contact?.firstName;
        if (named === undefined || match?.match !== 'maybe') return;
        // What a maybe has in common with the caller are nine digits at least, up to the very end.
        const common = [...Array(16).keys()].filter((length) => digits.slice(-length) === named.slice(-length) && length <= digits.length).at(-1) ?? 0;
        expect([digits, named, common >= 9]).toEqual([digits, named, true]);
      }),
      { numRuns: 3000 },
    );
  });

  test('any text at all is answered', async () => {
    const ctx = await baseOf(stored);

    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 100 }), async (text) => {
        expect(await findCaller(ctx, text)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});
