import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitsOf, makers, type Maker } from '#server/phonebooks/makers.ts';
import { groupByName, withNumbersAtMost, type ShownNumber } from '#server/phonebooks/phone-book.ts';
import { writePhoneBook } from '#server/phonebooks/phone-book-xml.ts';
import { checkFormat, readXml, type XmlNode } from '#test/support/xml-nodes.ts';
import { formats } from './formats.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('', '<![CDATA[', ']]>', '&amp;', '"><x/>', '\u0000\r\n\t', '\ud800', 'Łukasz', '李', '   '),
);

const shown: fc.Arbitrary<ShownNumber> = fc
  .record({
    digits: fc.integer({ min: 1_000_000, max: 1_000_400 }),
    isMobile: fc.boolean(),
    contactId: fc.constantFrom('a', 'b', 'c', 'd'),
    first: text,
    last: text,
    company: fc.option(text),
    isOwn: fc.boolean(),
  })
  .map(({ digits, isMobile, contactId, first, last, company, isOwn }) => {
    const label = `${first} ${last}`;
    return { digits, isMobile, contactId, label, person: isOwn ? { firstName: first, lastName: last, company, label } : null };
  });

/** Every number a book lists, wherever its format puts it. */
function numbersIn(node: XmlNode): string[] {
  const own = [node.text, node.attributes['no'] ?? ''].filter((value) => /^\+\d+$/u.test(value));
  return [...own, ...node.children.flatMap(numbersIn)];
}

function write(maker: Maker, numbers: readonly ShownNumber[], page?: number): XmlNode {
  const entries = withNumbersAtMost(groupByName(numbers), limitsOf[maker].numbersInEntry);
  return readXml(writePhoneBook(maker, { title: 'ACME & Söhne', entries, url: 'https://desk.example:8443/phonebook/k/cisco.xml', page }));
}

describe('C25: a phone book', () => {
  test.each(makers)('for %s is what its maker says, whatever people are called, and lists no number twice', (maker) => {
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 30 }), (numbers) => {
        const root = write(maker, numbers);
        expect(root.name).toBe(formats[maker].root);
        checkFormat(root, formats[maker].rules);
        const listed = numbersIn(root);
        expect(new Set(listed).size).toBe(listed.length);
      }),
      { numRuns: 150 },
    );
  });

  test.each(makers)('for %s lists every number of everybody with a name', (maker) => {
    const numbers = Array.from({ length: 20 }, (_, at) => ({
      digits: 48_600_100_200 + at,
      isMobile: at % 3 === 0,
      contactId: `c${Math.floor(at / 7)}`,
      label: `Person ${Math.floor(at / 7)}`,
      person: null,
    }));

    expect(numbersIn(write(maker, numbers)).toSorted()).toEqual(numbers.map((number) => `+${number.digits}`));
  });

  test('for a Grandstream never has two numbers of one type in one entry', () => {
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 30 }), (numbers) => {
        for (const contact of write('grandstream', numbers).children.filter((child) => child.name === 'Contact')) {
          const types = contact.children.filter((child) => child.name === 'Phone').map((phone) => phone.attributes['type']);
          expect(new Set(types).size).toBe(types.length);
          for (const type of types) expect(['Work', 'Mobile', 'Home']).toContain(type);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('for a Cisco that is longer than a page is a menu of pages of 32, each leading to the next', () => {
    const numbers = Array.from({ length: 70 }, (_, at) => ({
      digits: 48_600_100_200 + at,
      isMobile: false,
      contactId: `c${at}`,
      label: `Person ${at}`,
      person: null,
    }));
    const menu = write('cisco', numbers);

    expect(menu.name).toBe('CiscoIPPhoneMenu');
    checkFormat(menu, formats.cisco.rules);
    const urls = menu.children.filter((child) => child.name === 'MenuItem').map((item) => item.children[1]?.text ?? '');
    expect(urls).toHaveLength(3);
    const pages = urls.map((url) => write('cisco', numbers, Number(new URL(url).searchParams.get('page'))));
    for (const page of pages) checkFormat(page, formats.cisco.rules);
    expect(pages.map((page) => numbersIn(page).length)).toEqual([32, 32, 6]);
    expect(new Set(pages.flatMap(numbersIn)).size).toBe(70);
    const next = pages.map((page) => page.children.find((child) => child.name === 'SoftKeyItem' && child.children[0]?.text === 'Next')?.children[1]?.text);
    expect(next).toEqual([urls[1], urls[2], undefined]);
  });
});
