import { describe, expect, test } from 'vitest';
import { readNumber, readNumbers, type ReadNumber } from '#server/phone-numbers/phone-number.ts';

/** What was understood, in one line each: number, extension, kind, problem, suggestion. */
function inShort(read: ReadNumber): string {
  const number = read.e164 ?? read.digits ?? '';
  const extension = read.extension === null ? '' : ` ext ${read.extension}`;
  if (read.kind === 'e164') return `${number}${extension}`;
  if (read.kind === 'unreadable') return `? ${read.problem ?? ''}${read.suggestion === null ? '' : ` (${read.suggestion})`}`;
  return read.kind === 'withheld' ? 'withheld' : `${read.kind} ${number}`;
}

function understood(raw: string, country: string): string {
  return readNumbers(raw, { country }).map(inShort).join(' | ');
}

describe('a number reads the same however it is written', () => {
  const rows: readonly [raw: string, country: string, expected: string][] = [
    // Usual forms
    ['22 123 45 67', 'PL', '+48221234567'],
    ['0048 22 123 45 67', 'PL', '+48221234567'],
    ['48221234567', 'PL', '+48221234567'],
    ['(22) 123-45-67', 'PL', '+48221234567'],
    ['+48.600.100.200', 'PL', '+48600100200'],
    ['(+48) 600 100 200', 'DE', '+48600100200'],
    ['+0048 600 100 200', 'DE', '+48600100200'],
    ['++48600100200', 'DE', '+48600100200'],
    ['+48 0048 600100200', 'DE', '+48600100200'],
    ['+48 00 48 22 123 45 67', 'DE', '+48221234567'],
    ['600,100,200', 'PL', '+48600100200'],
    ['48,600,100,200', 'PL', '+48600100200'],
    ['sip:+48600100200@pbx', 'PL', '+48600100200'],
    ['"Jan" <sip:+48600100200@192.168.1.20;user=phone>', 'PL', '+48600100200'],
    ['tel:+48-600-100-200;ext=12', 'PL', '+48600100200 ext 12'],
    ['tel:600100200;phone-context=+48', 'DE', '+48600100200'],
    ['Tel. 600-100-200', 'PL', '+48600100200'],
    ['089/12345678', 'DE', '+498912345678'],

    // The old trunk zero
    ['0221234567', 'PL', '+48221234567'],
    ['0 600 100 200', 'PL', '+48600100200'],
    ['+480600100200', 'PL', '+48600100200'],
    ['+48 (0) 22 123 45 67', 'PL', '+48221234567'],
    ['+49 (0)30 123456', 'DE', '+4930123456'],

    // Extensions in the words people use
    ['22 123 45 67 wew. 12', 'PL', '+48221234567 ext 12'],
    ['22 123 45 67 w.12', 'PL', '+48221234567 ext 12'],
    ['22 123 45 67 wewnętrzny: 5', 'PL', '+48221234567 ext 5'],
    ['22 123 45 67 nr wew. 101', 'PL', '+48221234567 ext 101'],
    ['030 123456 Durchwahl 12', 'DE', '+4930123456 ext 12'],
    ['030 123456 DW 12', 'DE', '+4930123456 ext 12'],
    ['030 123456 App. 12', 'DE', '+4930123456 ext 12'],
    ['030 123456 Nst. 12', 'DE', '+4930123456 ext 12'],
    ['600 100 200 x12', 'PL', '+48600100200 ext 12'],
    ['600 100 200 ext 12', 'PL', '+48600100200 ext 12'],
    ['600100200#12', 'PL', '+48600100200 ext 12'],
    ['600100200,12', 'PL', '+48600100200 ext 12'],
    ['600100200;12', 'PL', '+48600100200 ext 12'],
    ['+48 600 100 200; 1234', 'DE', '+48600100200 ext 1234'],
    ['600100200;601100200;12', 'PL', '+48600100200 | +48601100200 ext 12'],
    ['101;102', 'PL', 'internal 101 | internal 102'],
    ['(212) 555-1234 x 5', 'US', '+12125551234 ext 5'],

    // Direct dialling: Poland dials the switchboard and an extension, Germany the whole number
    ['22 1234567-12', 'PL', '+48221234567 ext 12'],
    ['22 1234567-0', 'PL', '+48221234567'],
    ['089 1234567-23', 'DE', '+4989123456723'],

    // Codes dialled before a number
    ['*31#600100200', 'PL', '+48600100200'],
    ['#31#600100200', 'PL', '+48600100200'],
    ['*21*600100200#', 'PL', '+48600100200'],
    ['*67 212 555 1234', 'US', '+12125551234'],

    // Several numbers in one field
    ['22 123 45 67 / 600 100 200', 'PL', '+48221234567 | +48600100200'],
    ['600100200/601100200', 'PL', '+48600100200 | +48601100200'],
    ['600100200 / 601100200 / 602100200', 'PL', '+48600100200 | +48601100200 | +48602100200'],
    ['600100200;601100200', 'PL', '+48600100200 | +48601100200'],
    ['+48 600 100 200 ::: 601100200', 'PL', '+48600100200 | +48601100200'],
    ['600100200, 601100200', 'PL', '+48600100200 | +48601100200'],
    ['600100200\n601100200', 'PL', '+48600100200 | +48601100200'],
    ['600100200 lub 601100200', 'PL', '+48600100200 | +48601100200'],
    ['030 123456 oder 0170 1234567', 'DE', '+4930123456 | +491701234567'],
    ['600100200 and 601100200', 'PL', '+48600100200 | +48601100200'],
    ['600100200 601100200', 'PL', '+48600100200 | +48601100200'],
    ['+48600100200+48601100200', 'PL', '+48600100200 | +48601100200'],
    ['030 123456 0170 1234567', 'DE', '+4930123456 | +491701234567'],
    ['kom. 600 100 200 Anna, biuro 22 123 45 67', 'PL', '+48600100200 | +48221234567'],
    ['biuro 22 123 45 67 wew 12 kom 600 100 200', 'PL', '+48221234567 ext 12 | +48600100200'],
    ['22 123 45 67/68', 'PL', '+48221234567 | ? abbreviated (+48221234568)'],
    ['22 123 45 67; /68', 'PL', '+48221234567 | ? abbreviated (+48221234568)'],
    ['sip:600100200@pbx;user=phone; sip:601100200@pbx', 'PL', '+48600100200 | +48601100200'],

    // Notes around a number
    ['600 100 200 (Jan, po 16)', 'PL', '+48600100200'],
    ['600 100 200 do 16:00', 'PL', '+48600100200'],
    ['brak', 'PL', '? no-number'],
    ['-', 'PL', '? no-number'],
    ['pokój 12', 'PL', '? no-number'],
    ['000000000', 'PL', '? no-number'],

    // Short and internal numbers
    ['112', 'PL', 'short 112'],
    ['19115', 'PL', 'short 19115'],
    ['116 123', 'PL', 'short 116123'],
    ['tel. 112', 'DE', 'short 112'],
    ['115', 'DE', 'short 115'],
    ['101', 'PL', 'internal 101'],
    ['wew. 101', 'PL', 'internal 101'],
    ['sip:101@pbx', 'PL', 'internal 101'],

    // Withheld; 266696687 is ANONYMOUS typed on the keypad
    ['266696687', 'PL', 'withheld'],
    ['+266696687', 'PL', 'withheld'],
    ['anonymous', 'PL', 'withheld'],
    ['sip:anonymous@anonymous.invalid', 'PL', 'withheld'],
    ['Restricted', 'PL', 'withheld'],
    ['Private number', 'PL', 'withheld'],
    ['unknown', 'PL', 'withheld'],
    ['unavailable', 'PL', 'withheld'],
    ['withheld', 'PL', 'withheld'],
    ['prohibited', 'PL', 'withheld'],
    ['CLIR', 'PL', 'withheld'],
    ['Zastrzeżony', 'PL', 'withheld'],
    ['unterdrückt', 'DE', 'withheld'],
    ['0', 'PL', 'withheld'],

    // Letters for keys
    ['1-800-FLOWERS', 'US', '+18003569377'],
    ['1-800-FLOWERS', 'PL', '+18003569377'],

    // Numbers that changed form
    ['+52 1 55 1234 5678', 'MX', '+525512345678'],
    ['044 55 1234 5678', 'MX', '+525512345678'],
    ['+55 11 8234 5678', 'BR', '+5511982345678'],
    ['+55 11 1234 5678', 'BR', '+5511912345678'],
    ['+55 11 2345 6789', 'BR', '+551123456789'],
    ['011 15 2345 6789', 'AR', '+5491123456789'],
    ['+54 11 15 2345 6789', 'AR', '+5491123456789'],

    // Italy keeps its zero
    ['0669812345', 'IT', '+390669812345'],
    ['+39 06 6981 2345', 'PL', '+390669812345'],

    // International prefixes of other countries
    ['004822 123 45 67', 'US', '+48221234567'],
    ['011 48 22 123 45 67', 'PL', '+48221234567'],
    ['8 10 48 22 123 45 67', 'PL', '+48221234567'],

    // Numbers of no country
    ['+800 1234 5678', 'PL', '+80012345678'],
    ['+883 510 000 000 123', 'PL', '+883510000000123'],

    // What spreadsheets do
    ['4,85E+10', 'PL', '? excel-damaged'],
    ['4.86E+10', 'PL', '? excel-damaged'],
    ['4.8600100200E+10', 'PL', '? excel-damaged (+48600100200)'],
    ['4930123456', 'PL', '? lost-plus (+4930123456)'],
    ['669812345', 'IT', '? lost-zero (+390669812345)'],
    ['+39 6 6981 2345', 'IT', '? lost-zero (+390669812345)'],
    ['600100200.0', 'PL', '+48600100200'],
    ["'+48600100200", 'PL', '+48600100200'],
    ['="600100200"', 'PL', '+48600100200'],

    // Other scripts, and what can't be seen
    ['６００１００２００', 'PL', '+48600100200'],
    ['＋４８ ６００ １００ ２００', 'DE', '+48600100200'],
    ['٦٠٠١٠٠٢٠٠', 'PL', '+48600100200'],
    ['۶۰۰۱۰۰۲۰۰', 'PL', '+48600100200'],
    ['\u202A+48\u00A0600\u2009100\u2009200\u202C', 'DE', '+48600100200'],
    ['600–100–200', 'PL', '+48600100200'],

    // What can't be read says why
    ['22 123 45 6', 'PL', '? unknown-range'],
    ['123456', 'PL', '? too-short'],
    ['5', 'PL', '? too-short'],
    ['6001002006011', 'PL', '? too-long'],
    ['+999123456', 'PL', '? unknown-country'],
    ['6OO 1OO 2OO', 'PL', '? letters-for-digits (+48600100200)'],
  ];

  test.each(rows)('%s in %s is %s', (raw, country, expected) => {
    expect(understood(raw, country)).toBe(expected);
  });

  test('an empty field has no number', () => {
    expect(['', '  ', '\u200B', '\t\n'].flatMap((raw) => readNumbers(raw, { country: 'PL' }))).toEqual([]);
  });

  test('each number keeps the very text it was read from', () => {
    const raws = readNumbers(' 22 123 45 67 / 600–100–200 (Jan); wew. 101', { country: 'PL' }).map((read) => read.raw);

    expect(raws).toEqual(['22 123 45 67', '600–100–200 (Jan)', 'wew. 101']);
  });

  // Reading must not take longer than the text is long: with each number more it once took twice as long.
  test.each([' / ', ', ', ' - ', ' ', '; ', ' lub ', '\n'])('all of fourteen numbers are read that stand between %j', (separator) => {
    const typed = Array.from({ length: 14 }, (_, at) => String(600_100_200 + at));

    expect(readNumbers(typed.join(separator), { country: 'PL' }).map((read) => read.e164)).toEqual(typed.map((number) => `+48${number}`));
  });

  test('a text of any length is answered, and none of such a length is a number', () => {
    const pieces = ['6', '6 ', '6-', '(', ' ', '+', '*#', 'a', '6;', '600 100 200 / ', '600100200 ext. ', 'tel:', '1-800-FLOWERS '];
    for (const piece of pieces) {
      const text = piece.repeat(60_000 / piece.length);
      expect([piece, readNumbers(text, { country: 'PL' }).filter((read) => read.kind === 'e164')]).toEqual([piece, []]);
      expect([piece, readNumber(text, { country: 'PL' }).kind]).toEqual([piece, 'unreadable']);
    }
  });

  test('a number written with -0 at its end is a switchboard whose direct numbers begin alike', () => {
    const bases = ['+49 89 1234567-0', '089 / 1234567 - 0', '22 1234567-0'].map(
      (raw) => readNumbers(raw, { country: raw.startsWith('22') ? 'PL' : 'DE' })[0]?.switchboardBase,
    );

    expect(bases).toEqual(['49891234567', '49891234567', '48221234567']);
  });
});
