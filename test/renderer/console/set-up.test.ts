import { describe, expect, test } from 'vitest';
import type { SetupState } from '#server/setup/setup.contract.ts';
import { guessedCountry } from '#renderer/console/countries.ts';
import { fillIn, invitationTexts } from '#renderer/console/mail-texts.ts';
import { roundCeiling } from '#renderer/console/screens/home/tickets-chart.tsx';
import { actInWords } from '#renderer/console/screens/settings/audit-words.ts';
import { isFirstRun, leaveFirstRun } from '#renderer/console/screens/setup/first-run.ts';
import { asSlug } from '#renderer/console/screens/setup/portal-form.tsx';

const fresh: SetupState = { finishedAt: null, currentStep: 'company', steps: [{ step: 'company', isDone: false, summary: '' }] };

describe('the first run', () => {
  test('opens by itself until something is set up, it is finished or it was put off', () => {
    expect(isFirstRun(fresh)).toBe(true);
    expect(isFirstRun({ ...fresh, steps: [{ step: 'company', isDone: true, summary: 'Hartmann' }] })).toBe(false);
    expect(isFirstRun({ ...fresh, finishedAt: '2026-11-23T12:00:00.000Z' })).toBe(false);

    leaveFirstRun();

    expect(isFirstRun(fresh)).toBe(false);
  });

  test('guesses the country from the clock, then from the language', () => {
    expect(guessedCountry('en-US', 'Europe/Warsaw')).toBe('PL');
    expect(guessedCountry('de-AT', 'UTC')).toBe('AT');
    expect(guessedCountry('en', 'UTC')).toBeUndefined();
  });

  test.each([
    ['Hilfe & Größe', 'hilfe-grosse'],
    ['Łódź', 'lodz'],
    ['  Support', 'support'],
    ['Помощь', ''],
  ])('“%s” as an address is “%s”', (text, slug) => {
    expect(asSlug(text)).toBe(slug);
  });

  test('previews the very words the server mails, in each language', async () => {
    const polish = await invitationTexts('pl');

    expect(fillIn(polish.subject, { portal: 'Serwis' })).toBe('Dostęp do portalu Serwis');
    expect(await invitationTexts('tlh')).toEqual(await invitationTexts('en'));
  });
});

test.each([
  [0, 4],
  [4, 4],
  [5, 5],
  [11, 20],
  [37, 40],
  [41, 50],
  [1300, 2000],
])('an axis that must hold %d ends at %d', (value, end) => {
  expect(roundCeiling(value)).toBe(end);
});

test('an act of a later version still reads as words', () => {
  expect(actInWords('member.invited')).toBe('Invited a customer');
  expect(actInWords('robot.switched-on')).toBe('Robot switched on');
});
