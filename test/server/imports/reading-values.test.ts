import { describe, expect, test } from 'vitest';
import { detectDateOrder, readDay, readInstant, zoneClock, type DateOrder } from '#server/imports/dates.ts';
import {
  isSameStage,
  loadNames,
  readAddresses,
  readAmount,
  readCurrency,
  readDomain,
  readIds,
  readPriority,
  readYesOrNo,
  soundsClosed,
  splitName,
} from '#server/imports/values.ts';

const warsaw = zoneClock('Europe/Warsaw');

describe('dates', () => {
  const dates: readonly [text: string, order: DateOrder, instant: string | undefined][] = [
    ['2024-03-05 14:22', 'ymd', '2024-03-05T13:22:00.000Z'],
    ['2024-07-05 14:22:33', 'ymd', '2024-07-05T12:22:33.000Z'],
    ['2024-03-05', 'ymd', '2024-03-04T23:00:00.000Z'],
    ['2024-03-05T14:22:33Z', 'dmy', '2024-03-05T14:22:33.000Z'],
    ['2024-03-05T14:22:33+02:00', 'dmy', '2024-03-05T12:22:33.000Z'],
    ['2024-03-05 14:22 UTC', 'dmy', '2024-03-05T14:22:00.000Z'],
    ['2024/03/05 14:22', 'ymd', '2024-03-05T13:22:00.000Z'],
    ['05.03.2024 14:22', 'dmy', '2024-03-05T13:22:00.000Z'],
    ['5.3.24', 'dmy', '2024-03-04T23:00:00.000Z'],
    ['03/05/2024 2:22 PM', 'mdy', '2024-03-05T13:22:00.000Z'],
    ['03/05/2024 12:00 AM', 'mdy', '2024-03-04T23:00:00.000Z'],
    ['5 marca 2024 14:22', 'dmy', '2024-03-05T13:22:00.000Z'],
    ['5. März 2024', 'dmy', '2024-03-04T23:00:00.000Z'],
    ['Mar 5, 2024 2:22 PM', 'mdy', '2024-03-05T13:22:00.000Z'],
    ['1709648520000', 'ymd', '2024-03-05T14:22:00.000Z'],
    ['45356', 'ymd', '2024-03-05T00:00:00.000Z'],
    ['31.02.2024', 'dmy', undefined],
    ['2024-13-05', 'ymd', undefined],
    ['yesterday', 'dmy', undefined],
    ['12', 'dmy', undefined],
  ];

  test.each(dates)('%s in %s', (text, order, instant) => {
    expect(readInstant(text, order, warsaw)).toBe(instant);
  });

  test('of a day alone stay that day in every time zone', () => {
    const days = ['2024-03-05', '05.03.2024', '2024-03-05 23:59', '2024-03-05T23:59:00Z', '45356'].map((text) => readDay(text, 'dmy'));

    expect(new Set(days)).toEqual(new Set(['2024-03-05']));
  });

  test('their order is read off the column, else off the country', () => {
    expect(detectDateOrder(['2024-03-05'], 'US')).toBe('ymd');
    expect(detectDateOrder(['1/2/2024', '13/2/2024'], 'US')).toBe('dmy');
    expect(detectDateOrder(['1/2/2024', '2/13/2024'], 'PL')).toBe('mdy');
    expect(detectDateOrder(['99/99/9999', '1/2/2024'], 'PL')).toBe('dmy');
    expect(detectDateOrder(['0/13/2024', '13/2/2024', '14/2/2024'], 'US')).toBe('dmy');
    expect(detectDateOrder(['1/2/2024', '2/13/2024', '3/14/2024', '13/3/2024'], 'PL')).toBe('mdy');
    expect(detectDateOrder(['1.2.2024'], 'US')).toBe('dmy');
    expect(detectDateOrder(['1/2/2024'], 'US')).toBe('mdy');
    expect(detectDateOrder(['1/2/2024'], 'PL')).toBe('dmy');
  });
});

describe('amounts', () => {
  const amounts: readonly [text: string, amount: string | undefined, currency: string | undefined][] = [
    ['1 200,50 zł', '1200.50', 'PLN'],
    ['€1.200,50', '1200.50', 'EUR'],
    ['$1,200.50', '1200.50', 'USD'],
    ['PLN 1200.5', '1200.5', 'PLN'],
    ["1'200.50 CHF", '1200.50', 'CHF'],
    ['1,200', '1200', undefined],
    ['1.200', '1200', undefined],
    ['1,5', '1.5', undefined],
    ['1.234.567', '1234567', undefined],
    ['12,400.00', '12400.00', undefined],
    ['-3', '-3', undefined],
    ['.5', '0.5', undefined],
    ['abc', undefined, undefined],
    ['1-2', undefined, undefined],
  ];

  test.each(amounts)('%s', (text, amount, currency) => {
    expect([readAmount(text), readCurrency(text)]).toEqual([amount, currency]);
  });
});

test('countries and languages are known by code and by name in many languages', () => {
  const names = loadNames();

  expect(['PL', 'pl', 'Poland', 'Polska', 'Polen', 'Deutschland', 'Niemcy', 'UK', 'USA', 'Czechy', 'XX', 'Europe'].map((text) => names.country(text))).toEqual([
    'PL',
    'PL',
    'PL',
    'PL',
    'PL',
    'DE',
    'DE',
    'GB',
    'US',
    'CZ',
    undefined,
    undefined,
  ]);
  expect(['pl', 'en-us', 'Polish', 'polski', 'Deutsch', 'English (US)', 'klingon'].map((text) => names.language(text))).toEqual([
    'pl',
    'en-US',
    'pl',
    'pl',
    'de',
    'en',
    undefined,
  ]);
});

test('ids, addresses, domains, names, yes and no', () => {
  expect(readIds('101;102, 103.0')).toEqual(['101', '102', '103']);
  expect(readAddresses('Anna (anna@Example.com); Jan <jan@example.com>')).toEqual(['anna@example.com', 'jan@example.com']);
  expect(['https://www.Acme.pl/kontakt?x', 'acme.pl', 'łódź.pl', 'acme', 'a b.pl'].map(readDomain)).toEqual([
    'acme.pl',
    'acme.pl',
    'łódź.pl',
    undefined,
    undefined,
  ]);
  expect(['Jan van der Berg', 'Kowalski, Jan', 'Cher'].map(splitName)).toEqual([
    { firstName: 'Jan', lastName: 'van der Berg' },
    { firstName: 'Jan', lastName: 'Kowalski' },
    { firstName: 'Cher', lastName: '' },
  ]);
  expect(['Yes', 'TAK', 'nein', '1', 'maybe'].map(readYesOrNo)).toEqual([true, true, false, true, undefined]);
});

test('priorities and stages in the words of other programs', () => {
  expect(['Low', 'wysoki', 'Dringend', 'Critical', 'P1'].map(readPriority)).toEqual(['low', 'high', 'urgent', 'urgent', undefined]);
  expect(['Closed won', 'Zamknięte wygrane', 'Gelöst', 'Resolved', 'In progress', 'Disclosed'].map(soundsClosed)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(isSameStage('Waiting on contact', 'Waiting for customer')).toBe(true);
  expect(isSameStage('Nowe', 'New')).toBe(true);
  expect(isSameStage('Waiting on contact', 'In progress')).toBe(false);
});
