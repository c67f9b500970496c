import { describe, expect, test } from 'vitest';
import { initialsOf } from '#renderer/ui/avatar.tsx';
import { relativeTime } from '#renderer/ui/time.ts';

const now = new Date('2026-11-23T12:00:00Z');

describe('times in lists', () => {
  test.each([
    ['2026-11-23T11:59:40Z', 'now'],
    ['2026-11-23T11:58:00Z', '2m ago'],
    ['2026-11-23T09:00:00Z', '3h ago'],
    ['2026-11-22T11:00:00Z', 'yesterday'],
    ['2026-11-23T13:00:00Z', 'in 1h'],
    ['2026-11-03T09:00:00Z', '3 Nov'],
    ['2025-11-03T09:00:00Z', '3 Nov 2025'],
  ])('%s reads %s', (at, words) => {
    expect(relativeTime(at, now)).toBe(words);
  });
});

describe('initials', () => {
  test.each([
    ['Marta Zielińska', 'MZ'],
    ['Łukasz Żółć-Święcicki', 'ŁŚ'],
    ['Hartmann Optik GmbH', 'HG'],
    ['+48 601 234 567', '45'],
    ['', '?'],
    ['e\u0301mile', 'E\u0301'],
  ])('%s is %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
