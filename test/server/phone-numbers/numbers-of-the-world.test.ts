import fc from 'fast-check';
import { getCountries, getExampleNumber, type CountryCode } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { version } from 'libphonenumber-js/package.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { formatForScreen, insistedNumber, metadataVersion, readNumbers } from '#server/phone-numbers/phone-number.ts';

function example(country: CountryCode) {
  const number = getExampleNumber(country, examples);
  if (number === undefined) throw new Error(`There is no example for ${country}.`);
  return number;
}

function readFirst(raw: string, country: string): string | null | undefined {
  const [first, ...others] = readNumbers(raw, { country });
  return others.length === 0 ? first?.e164 : undefined;
}

describe('numbers of every country', () => {
  test.each(getCountries())('%s reads in national, international and RFC 3966 form', (country) => {
    const number = example(country);
    const foreign = country === 'PL' ? 'DE' : 'PL';

    expect(readFirst(number.formatNational(), country)).toBe(number.number);
    expect(readFirst(number.formatInternational(), foreign)).toBe(number.number);
    expect(readFirst(number.getURI(), foreign)).toBe(number.number);
    expect(readFirst(`00${number.number.slice(1)}`, 'DE')).toBe(number.number);
    expect(readFirst(formatForScreen(number.number, country), country)).toBe(number.number);
  });

  test('the stored version names the installed number plans, so that an update reads all numbers again', () => {
    expect(metadataVersion).toContain(`libphonenumber-js ${version},`);
  });
});

describe('any text at all', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(...'0123456789+() -/.,;#*xwE&|\n٣６'.split('')), maxLength: 60 }),
    fc
      .array(fc.constantFrom('600100200', '+48', 'wew.', ';ext=', 'tel:', 'sip:', '@', '/', ' lub ', '-0', '4,85E+10', 'FLOWERS', '\u200B', '(0)', '00'), {
        maxLength: 12,
      })
      .map((parts) => parts.join('')),
  );

  test('is read without failing, and every number found is E.164', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('PL', 'DE', 'US', 'IT', 'BR', 'XX', ''), (raw, country) => {
        for (const read of readNumbers(raw, { country })) {
          expect(read.e164 === null).toBe(read.kind !== 'e164');
          if (read.e164 !== null) expect(read.e164).toMatch(/^\+[1-9]\d{4,14}$/u);
          if (read.kind === 'unreadable') expect(read.problem).not.toBeNull();
          if (read.suggestion !== null) expect(read.suggestion).toMatch(/^\+[1-9]\d{4,14}$/u);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a number that was read reads the same when its text is read again', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        for (const read of readNumbers(raw, { country: 'PL' }).filter((candidate) => candidate.kind === 'e164')) {
          const again = readNumbers(read.raw, { country: 'PL' });
          expect(again.map((number) => number.e164)).toContain(read.e164);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('one wrong digit never reads as the number it was meant to be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const digits = '600100200'.split('');
        digits[place] = String((Number(digits[place]) + shift) % 10);
        expect(readNumbers(digits.join(''), { country: 'PL' }).map((read) => read.e164)).not.toContain('+48600100200');
      }),
    );
  });

  test('a person may insist on a number that no plan knows, but not on one that can’t be', () => {
    expect(insistedNumber('+48109123456')?.e164).toBe('+48109123456');
    expect(insistedNumber('109 123 456')).toBeUndefined();
    expect(insistedNumber('+48123')).toBeUndefined();
    expect(insistedNumber('+999123456789')).toBeUndefined();
  });
});
