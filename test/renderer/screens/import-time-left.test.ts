import { describe, expect, test } from 'vitest';
import { secondsLeft, timeLeftInWords } from '#renderer/console/screens/imports/import-progress.ts';

describe('the time an import still takes', () => {
  test('it is judged by the pace seen on this screen, not by rows that were done before it opened', () => {
    const pace = { sinceMilliseconds: 0, rowsThen: 4000 };

    expect(secondsLeft(pace, { atMilliseconds: 10_000, rowsDone: 5000, rowsTotal: 6000 })).toBe(10);
  });

  test('nothing is promised before there is a pace', () => {
    const pace = { sinceMilliseconds: 0, rowsThen: 100 };

    expect(secondsLeft(pace, { atMilliseconds: 500, rowsDone: 200, rowsTotal: 1000 })).toBeNull();
    expect(secondsLeft(pace, { atMilliseconds: 9000, rowsDone: 100, rowsTotal: 1000 })).toBeNull();
  });

  test.each([
    [3, 'a few seconds left'],
    [42, 'about 45 seconds left'],
    [70, 'about a minute left'],
    [200, 'about 3 minutes left'],
    [null, 'working out how long it takes'],
  ])('%s seconds read as “%s”', (seconds, words) => {
    expect(timeLeftInWords(seconds)).toBe(words);
  });
});
