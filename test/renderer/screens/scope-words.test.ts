import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countsInWords } from '#renderer/console/screens/phones/scope-words.ts';
import type { ScopePreview } from '#server/devices/devices.contract.ts';

const now = new Date('2026-11-23T12:00:00Z');

/** A preview of a scope whose contacts can all be shown, unless the test says otherwise. */
function preview(given: Partial<ScopePreview>): ScopePreview {
  const contacts = given.contacts ?? 900;
  return {
    contacts,
    areContactsAtLeast: false,
    presentable: contacts,
    arePresentableAtLeast: false,
    most: null,
    onPhone: given.presentable ?? contacts,
    keptOff: given.arePresentableAtLeast === true ? null : 0,
    leastActiveAt: null,
    ...given,
  };
}

describe('what a scope puts onto a phone, in words', () => {
  test.each<[string, Partial<ScopePreview>, number | null]>([
    ['Nobody is in it, so no contact comes onto the phone.', { contacts: 0 }, null],
    ['The only contact comes onto the phone.', { contacts: 1 }, null],
    ['All 900 contacts come onto the phone.', {}, null],
    ['All 900 contacts come onto the phone.', {}, 20_000],
    ['No contact comes onto the phone, of 3. 3 are kept off the phones.', { contacts: 3, presentable: 0, keptOff: 3 }, null],
    ['1 contact comes onto the phone, of 2. 1 has no name or no number that rings.', { contacts: 2, presentable: 1 }, null],
    ['1 contact comes onto the phone, of 2. 1 is kept off the phones.', { contacts: 2, presentable: 1, keptOff: 1 }, null],
    ['812 contacts come onto the phone, of 900. 60 are kept off the phones, 28 have no name or no number that rings.', { presentable: 812, keptOff: 60 }, null],
    ['20,000 or more contacts come onto the phone, of 25,000.', { contacts: 25_000, presentable: 20_000, arePresentableAtLeast: true }, null],
  ])('without a cap that is full: %s', (words, given, most) => {
    expect(countsInWords(preview({ ...given, most }), now)).toBe(words);
  });

  test.each<[string, Partial<ScopePreview>, number]>([
    [
      '100 contacts come onto the phone, of 900: down to whoever was last active on 3 May 2025.',
      { onPhone: 100, leastActiveAt: '2025-05-03T12:00:00.000Z' },
      100,
    ],
    ['1 contact comes onto the phone, of 900.', { onPhone: 1 }, 1],
    [
      '25,000 contacts come onto the phone, of 100,000 or more.',
      { contacts: 100_000, areContactsAtLeast: true, presentable: 25_000, arePresentableAtLeast: true, onPhone: 25_000 },
      25_000,
    ],
    ['100 contacts come onto the phone, of 25,000.', { contacts: 25_000, presentable: 20_000, arePresentableAtLeast: true, onPhone: 100 }, 100],
    ['100 contacts come onto the phone, of 900. 5 are kept off the phones.', { presentable: 895, keptOff: 5, onPhone: 100 }, 100],
  ])('under a full cap: %s', (words, given, most) => {
    expect(countsInWords(preview({ ...given, most }), now)).toBe(words);
  });

  test.each<[string, Partial<ScopePreview>]>([
    ['100,000 or more contacts come onto the phone, of 100,000 or more.', { presentable: 100_000 }],
    ['1,000 or more contacts come onto the phone, of 100,000 or more.', { presentable: 1000 }],
    ['1 or more contacts come onto the phone, of 100,000 or more.', { presentable: 1 }],
    ['None of the first 100,000 contacts can be shown.', { presentable: 0 }],
  ])('where there are more than are counted: %s', (words, given) => {
    const counted = { contacts: 100_000, areContactsAtLeast: true, arePresentableAtLeast: true, ...given };

    expect(countsInWords(preview({ ...counted, most: 200_000 }), now)).toBe(words);
  });

  test('no figure is called exact that is not, nor the other way round', () => {
    const counts = fc.record({ presentable: fc.nat(100_000), left: fc.nat(5), isMore: fc.boolean(), most: fc.option(fc.integer({ min: 1, max: 120_000 })) });

    fc.assert(
      fc.property(counts, ({ presentable, left, isMore, most }) => {
        const onPhone = Math.min(presentable, most ?? presentable);
        const words = countsInWords(preview({ contacts: presentable + left, presentable, arePresentableAtLeast: isMore, most, onPhone }), now);

        const isExact = !isMore || onPhone === most || onPhone === presentable + left;
        if (onPhone > 0) expect(/^[\d,]+ or more/u.test(words)).toBe(!isExact);
      }),
    );
  });
});
