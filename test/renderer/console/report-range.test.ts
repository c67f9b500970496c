import { describe, expect, test } from 'vitest';
import { bucketsOf, rangeOf, readReportSearch } from '#renderer/console/screens/calls/report/report-range.ts';

describe('the days of a call report', () => {
  test('end today and count today in', () => {
    expect(rangeOf(7, new Date(2026, 2, 3, 23, 59))).toEqual({ from: '2026-02-25', to: '2026-03-03' });
  });

  test('an address that was typed wrong shows the usual days', () => {
    expect(readReportSearch({ days: '12', agent: '' })).toEqual({});
    expect(readReportSearch({ days: 90, agent: 'anna' })).toEqual({ days: '90', agent: 'anna' });
  });

  test('many days become weeks that end today, and nothing is lost', () => {
    const days = Array.from({ length: 90 }, (_, index) => ({
      day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
      answered: index,
      outbound: 1,
      missed: 0,
    }));

    const buckets = bucketsOf(days);

    expect(buckets.at(-1)?.to).toBe(days.at(-1)?.day);
    expect(buckets[0]).toMatchObject({ from: '2026-01-01', to: '2026-01-06', outbound: 6 });
    expect(buckets.reduce((sum, bucket) => sum + bucket.answered, 0)).toBe((89 * 90) / 2);
  });
});
