import { describe, expect, test } from 'vitest';
import type { CallerExplanation } from '#server/caller-id/caller-id.contract.ts';
import { givenCompany } from '#test/support/people-builders.ts';
import { numberDesk } from '#test/support/number-desk.ts';

// callerid.md, 7.1 and 7.2, through the doors that people and phones use: a contact is stored on the console with the
// number as it was typed, and a phone asks who calls. Each row both ways: stored as typed and called complete, and
// stored complete and called as typed.

interface Row {
  /** As typed, or as an exchange reports it. */
  readonly raw: string;
  readonly e164: string;
  /** Country of the desk; Poland when left out. */
  readonly desk?: string;
}

const rows: readonly Row[] = [
  { raw: '22 123 45 67', e164: '+48221234567' },
  { raw: '0048221234567', e164: '+48221234567' },
  { raw: '48221234567', e164: '+48221234567' },
  { raw: 'sip:+48600100200@pbx', e164: '+48600100200' },
  { raw: 'Tel. 600-100-200', e164: '+48600100200' },
  // The old trunk zero.
  { raw: '0221234567', e164: '+48221234567' },
  { raw: '0 600 100 200', e164: '+48600100200' },
  { raw: '+480600100200', e164: '+48600100200' },
  // Extensions in words, codes before a number.
  { raw: '22 123 45 67 wew. 12', e164: '+48221234567' },
  { raw: '22 123 45 67 w.12', e164: '+48221234567' },
  { raw: '030 123456 Durchwahl 12', e164: '+4930123456', desk: 'DE' },
  { raw: '22 123 45 67 ext. 12', e164: '+48221234567' },
  { raw: '22 123 45 67 x12', e164: '+48221234567' },
  { raw: '22 123 45 67 доб. 12', e164: '+48221234567' },
  { raw: '22 123 45 67 #12', e164: '+48221234567' },
  { raw: '22 123 45 67, 12', e164: '+48221234567' },
  { raw: '22 123 45 67 int. 12', e164: '+48221234567' },
  { raw: '22 123 45 67;12', e164: '+48221234567' },
  { raw: '*31#600100200', e164: '+48600100200' },
  { raw: '#31#+48 600 100 200', e164: '+48600100200' },
  { raw: '**21*600100200#', e164: '+48600100200' },
  { raw: '*67 212 555 1234', e164: '+12125551234', desk: 'US' },
  { raw: '22 1234567-12', e164: '+48221234567' },
  // Letters, numbers that changed their form, Italy's zero.
  { raw: '1-800-FLOWERS', e164: '+18003569377', desk: 'US' },
  { raw: '1-800-FLOWERS', e164: '+18003569377' },
  { raw: '+52 1 55 1234 5678', e164: '+525512345678' },
  { raw: '+55 11 8234 5678', e164: '+5511982345678' },
  { raw: '+55 11 1234 5678', e164: '+5511912345678' },
  { raw: '044 55 1234 5678', e164: '+525512345678', desk: 'MX' },
  { raw: '011 15 2345 6789', e164: '+5491123456789', desk: 'AR' },
  { raw: '+54 11 15 2345 6789', e164: '+5491123456789' },
  { raw: '0669812345', e164: '+390669812345', desk: 'IT' },
  // International prefixes of other countries, numbers of no country.
  { raw: '004822 123 45 67', e164: '+48221234567', desk: 'US' },
  { raw: '011 48 22 123 45 67', e164: '+48221234567' },
  { raw: '8 10 48 22 123 45 67', e164: '+48221234567' },
  { raw: '810 48 22 123 45 67', e164: '+48221234567', desk: 'RU' },
  { raw: '+800 1234 5678', e164: '+80012345678' },
  { raw: '00800 1234 5678', e164: '+80012345678', desk: 'DE' },
  { raw: '+883 510 000 000 123', e164: '+883510000000123' },
];

type NumberDesk = Awaited<ReturnType<typeof numberDesk>>;

/** Stores Anna's number and one that differs in its last digit, asks, and removes both again. */
async function shownFor(desk: NumberDesk, stored: string, { calling, e164 }: { readonly calling: string; readonly e164: string }): Promise<string> {
  const neighbour = `${e164.slice(0, -1)}${(Number(e164.at(-1)) + 1) % 10}`;
  const contacts = [await desk.stores('Anna', stored), await desk.stores('Neighbour', neighbour)];
  const shown = await desk.shows(calling);
  await desk.forgets(contacts);
  return shown;
}

describe('C1: the number table of callerid.md 7.1', () => {
  test('stored as typed, each rings when it calls complete, and its neighbour does not', async () => {
    const desk = await numberDesk();
    for (const { raw, e164, desk: country = 'PL' } of rows) {
      await desk.isIn(country);
      expect([raw, await shownFor(desk, raw, { calling: e164, e164 })]).toEqual([raw, 'exact: Anna']);
    }
  });

  test('stored complete, each rings when it calls as typed, and its neighbour does not', async () => {
    const desk = await numberDesk();
    for (const { raw, e164, desk: country = 'PL' } of rows) {
      await desk.isIn(country);
      expect([raw, await shownFor(desk, e164, { calling: raw, e164 })]).toEqual([raw, 'exact: Anna']);
    }
  });

  test('several numbers in one field all ring', async () => {
    const { stores, shows, forgets } = await numberDesk();
    for (const separator of [';', ' / ', '/', ', ', ' lub ', ' oder ', ' and ', '\n']) {
      const raw = `600100200${separator}601100200`;
      const anna = await stores('Anna', raw);
      for (const number of ['+48600100200', '+48601100200']) expect([raw, number, await shows(number)]).toEqual([raw, number, 'exact: Anna']);
      await forgets([anna]);
    }
  });

  test('short and internal numbers are themselves and no part of another', async () => {
    const { stores, shows, forgets } = await numberDesk();
    for (const raw of ['112', '19115', '101', '116 123']) {
      const anna = await stores('Anna', raw);
      expect([raw, await shows(raw)]).toEqual([raw, 'exact: Anna']);
      const digits = raw.replaceAll(' ', '');
      for (const other of [`+48${digits}`, `0048${digits}`, `22${digits}`]) expect([other, await shows(other)]).toEqual([other, 'nobody']);
      await forgets([anna]);
    }
  });

  test('a short number means something else in each country: short:PL:112 is no short:DE:112', async () => {
    const { stores, shows, isIn } = await numberDesk('PL');
    await stores('Warsaw', '112');
    await stores('Berlin', '112', 'DE');
    await stores('Kraków', '19115');
    expect(await shows('112')).toBe('exact: Warsaw');
    await isIn('DE');
    expect(await shows('112')).toBe('exact: Berlin');
    // In Germany this is a number inside the house.
    expect(await shows('19115')).toBe('nobody');
  });

  test('a number of the contact’s own country is not one of the desk’s', async () => {
    const { stores, shows } = await numberDesk('PL');
    await stores('Anna', '22 123 45 67', 'NO');
    await stores('Berlin', '030 1234567', 'DE');
    expect(await shows('+48221234567')).toBe('nobody');
    expect(await shows('+49301234567')).toBe('exact: Berlin');
  });

  test('withheld numbers are nobody, whoever stored them', async () => {
    const { server, stores, shows, forgets } = await numberDesk();
    const markers = [
      'Anonymous <sip:anonymous@anonymous.invalid>',
      'prohib_not_screened',
      'prohib_passed_screen',
      'out of area',
      'anonymous',
      'restricted',
      'private',
      'unknown',
      'unavailable',
      'withheld',
      'CLIR',
      'prohibited',
      '0',
      '266696687',
      '+266696687',
    ];
    for (const raw of markers) {
      const anna = await stores('Anna', raw);
      expect([raw, await shows(raw)]).toEqual([raw, 'nobody']);
      const explained = (await server.asConsole('GET', `/caller-id/explain?number=${encodeURIComponent(raw)}`)).json<CallerExplanation>();
      expect([raw, explained.isWithheld, explained.result]).toEqual([raw, true, null]);
      await forgets([anna]);
    }
  });
});

describe('C1, C28: the steps of callerid.md 7.2', () => {
  test('1 exact with the extension, 2 without it', async () => {
    const { stores, shows } = await numberDesk();
    await stores('Anna', '22 123 45 67 wew. 12');
    await stores('Jan', '22 123 45 67 wew. 13');
    expect(await shows('+48221234567;ext=13')).toBe('exact: Jan');
    expect(await shows('22 123 45 67 ext. 12')).toBe('exact: Anna');
    await stores('Switchboard', '22 123 45 67');
    expect(await shows('+48221234567')).toBe('exact: Switchboard');
    expect(await shows('+48221234567;ext=99')).toBe('exact: Switchboard');
  });

  test('3 aliases both ways: old trunk zero, Mexico’s 1, Brazil’s and Argentina’s 9', async () => {
    const { stores, shows } = await numberDesk();
    const pairs: readonly [name: string, older: string, newer: string][] = [
      ['Mexico', '+5215512345678', '+525512345678'],
      ['Brazil', '+551182345678', '+5511982345678'],
      ['Argentina', '+541123456789', '+5491123456789'],
    ];
    for (const [name, , newer] of pairs) await stores(name, newer);
    for (const [name, older, newer] of pairs) {
      expect([newer, await shows(newer)]).toEqual([newer, `exact: ${name}`]);
      expect([older, (await shows(older)).split(': ')[1]]).toEqual([older, name]);
    }
  });

  test('4 without a calling code: the desk’s own country first, then one other where only one number fits', async () => {
    const { stores, shows } = await numberDesk();
    await stores('Berlin', '+4930901820123');
    expect(await shows('030901820123')).toBe('maybe: Berlin?');
    await stores('Warsaw', '+48221234567');
    await stores('Vienna', '+43221234567');
    expect(await shows('221234567')).toBe('exact: Warsaw');
  });

  test('5 a direct number of a switchboard names the company, no person', async () => {
    const { server, stores, shows } = await numberDesk('DE');
    await givenCompany(server.ctx, { name: 'Bosch', phone: '089 1234567-0' });
    await stores('Anna', '089 1234567-23');
    expect(await shows('+4989123456723')).toBe('exact: Anna');
    expect(await shows('+4989123456799')).toBe('ddi: Bosch');
    expect(await shows('+4989123456899')).toBe('nobody');
  });

  test('6 nine digits of an incomplete number are a maybe where one number ends like this', async () => {
    const { stores, shows } = await numberDesk();
    await stores('Anna', '+48600100200');
    expect(await shows('9600100200')).toBe('maybe: Anna?');
    // Another country's number that ends alike is complete, so it is itself or nobody.
    for (const number of ['+49600100200', '+4915600100200', '+1600100200']) expect([number, await shows(number)]).toEqual([number, 'nobody']);
  });

  test('6 or all digits of a shorter national number, and only where one number ends like this', async () => {
    const { stores, shows } = await numberDesk('NO');
    await stores('Oslo', '+47 22 33 44 55');
    // Eight digits are the whole national number here; with another before them they end like it, and are too few.
    expect(await shows('22334455')).toBe('exact: Oslo');
    expect(await shows('922334455')).toBe('nobody');
    await stores('Anna', '+48600100200');
    await stores('Pablo', '+34600100200');
    for (const number of ['9600100200', '00600100200']) expect([number, await shows(number)]).toEqual([number, 'nobody']);
  });

  test('7 seven or eight digits never match', async () => {
    const { stores, shows } = await numberDesk();
    await stores('Anna', '+48600100200');
    for (const number of ['0100200', '00100200', '100200', '1234567']) expect([number, await shows(number)]).toEqual([number, 'nobody']);
  });
});
