import fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { numberDesk } from '#test/support/number-desk.ts';

interface Example {
  readonly region: CountryCode;
  readonly number: PhoneNumber;
}

function examplesOfAll(): Example[] {
  return getCountries().map((region) => {
    const number = getExampleNumber(region, examples);
    if (number === undefined) throw new Error(`There is no example for ${region}.`);
    return { region, number };
  });
}

/** Fixed-line numbers by the number plan itself: what its pattern allows and libphonenumber calls valid. */
function fixedLinesOfAll(): Example[] {
  return getCountries().flatMap((region) => {
    // The plan's types stand in the twelfth place, fixed lines first.
    const types = (metadata.countries[region] as unknown as readonly unknown[])[11] as readonly (readonly [string] | 0)[] | undefined;
    const pattern = types?.[0];
    if (pattern === undefined || pattern === 0) return [];
    const drawn = fc.sample(fc.stringMatching(new RegExp(`^(?:${pattern[0]})$`, 'u')), { numRuns: 2, seed: 7 });
    return drawn.flatMap((national) => {
      const number = parsePhoneNumberFromString(national, region);
      const isPlain = number?.isValid() === true && number.nationalNumber === national && number.ext === undefined && number.number.length <= 16;
      return isPlain ? [{ region, number }] : [];
    });
  });
}

/** Some regions share a number plan and even an example: those that share a number are stored one at a time. */
function withoutSharing(all: readonly Example[]): Example[][] {
  const sameNumber = [...Map.groupBy(all, ({ number }) => number.number).values()];
  const most = Math.max(...sameNumber.map((group) => group.length));
  return Array.from({ length: most }, (_, round) => sameNumber.flatMap((group) => group[round] ?? []));
}

const forms: readonly (readonly [name: string, write: (number: PhoneNumber) => string])[] = [
  ['national', (number) => number.formatNational()],
  ['international', (number) => number.formatInternational()],
  ['RFC 3966', (number) => number.getURI()],
];

function nameOf({ region, number }: Example): string {
  return `${region} ${number.nationalNumber}`;
}

describe.each([
  ['example mobile numbers', examplesOfAll()],
  ['fixed lines of each number plan', fixedLinesOfAll()],
] as const)('C1: %s of every region, all stored at once', { timeout: 120_000 }, (_, all) => {
  test('there are enough of them to speak of every region', () => {
    expect(new Set(all.map(({ region }) => region)).size).toBeGreaterThan(200);
  });

  test.each(forms)('stored in %s form with the region as country, each rings as itself', async (form, write) => {
    for (const examplesOfRound of withoutSharing(all)) {
      const { stores, shows } = await numberDesk();
      for (const example of examplesOfRound) await stores(nameOf(example), write(example.number), example.region);
      const shown: [string, string][] = [];
      const expected: [string, string][] = [];
      for (const example of examplesOfRound) {
        shown.push([`${form} ${write(example.number)}`, await shows(example.number.number)]);
        expected.push([`${form} ${write(example.number)}`, `exact: ${nameOf(example)}`]);
      }
      expect(shown).toEqual(expected);
    }
  });

  test('stored complete, each rings as itself in international and RFC 3966 form, and in national form at a desk in its region', async () => {
    for (const examplesOfRound of withoutSharing(all)) {
      const { stores, shows, isIn } = await numberDesk();
      for (const example of examplesOfRound) await stores(nameOf(example), example.number.number);
      const wrong: string[] = [];
      for (const example of examplesOfRound) {
        await isIn(example.region);
        for (const [form, write] of forms) {
          const shown = await shows(write(example.number));
          if (shown !== `exact: ${nameOf(example)}`) wrong.push(`${form} ${write(example.number)} of ${nameOf(example)} is ${shown}`);
        }
      }
      expect(wrong).toEqual([]);
    }
  });
});
