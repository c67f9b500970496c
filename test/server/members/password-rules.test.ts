import { describe, expect, test } from 'vitest';
import { commonPasswords } from '#server/members/common-passwords.ts';
import { hashPassword, isPasswordOf, limitedTo, TooManyPasswordChecks } from '#server/members/password-hashing.ts';
import { passwordProblem } from '#server/members/password-rules.ts';

const context = ['Marta', 'Zielińska', 'marta.z@hartmann-logistik.example', 'Support', 'Hartmann Logistik', 'Doorline'];

async function problemOf(password: string) {
  return passwordProblem(password, { context, common: await commonPasswords() });
}

describe('a password', () => {
  test.each([
    ['', 'too-short'],
    ['seven77', 'too-short'],
    ['ąęłóż12', 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['password', 'common'],
    ['PASSWORD1', 'common'],
    ['p@ssw0rd', 'common'],
    ['Dragon123!', 'common'],
    ['iloveyou', 'common'],
    ['12345678', 'too-simple'],
    ['87654321', 'too-simple'],
    ['aaaaaaaaaaaa', 'too-simple'],
    ['abababababab', 'too-simple'],
    ['qwertyuiop', 'too-simple'],
    ['abcdefghij', 'too-simple'],
    ['Zielinska', 'contains-context'],
    ['zielińska1', 'contains-context'],
    ['Marta2026!', 'contains-context'],
    ['HartmannLogistik', 'contains-context'],
    ['hartmann99', 'contains-context'],
    ['Support2026', 'contains-context'],
    ['doorline1!', 'contains-context'],
  ])('%s is refused as %s', async (password, problem) => {
    expect(await problemOf(password)).toBe(problem);
  });

  test.each([
    'a kettle of seven herrings',
    'zażółć gęślą jaźń',
    'correct horse battery',
    'mX4!kq92',
    '🐟🐟🐠🐡🦈🐙🦑🦐🐳',
    'Hartmann keeps my bicycle in the shed',
    'x7'.padEnd(128, 'herring9'),
  ])('%s is fine: no rules about kinds of characters', async (password) => {
    expect(await problemOf(password)).toBeNull();
  });
});

describe('a stored password', () => {
  test('is an Argon2id hash with 19 MiB, two passes and a salt of its own', async () => {
    const [first, second] = await Promise.all([hashPassword('a kettle of seven herrings'), hashPassword('a kettle of seven herrings')]);

    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
    expect(first).not.toBe(second);
  });

  test('fits the same characters however the keyboard composes them, and nothing else', async () => {
    const stored = await hashPassword('caf\u00E9 with milk');

    expect(await isPasswordOf(stored, 'cafe\u0301 with milk')).toBe(true);
    expect(await isPasswordOf(stored, 'cafe with milk')).toBe(false);
    expect(await isPasswordOf(undefined, 'caf\u00E9 with milk')).toBe(false);
  });
});

describe('password checks', () => {
  test('run four at a time; behind a full queue they are refused', async () => {
    const run = limitedTo({ atOnce: 4, waiting: 6 });
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };

    const results = await Promise.allSettled(Array.from({ length: 15 }, () => run(work)));

    expect(most).toBe(4);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(10);
    expect(results.filter((result) => result.status === 'rejected').map((result) => result.reason)).toEqual(
      Array.from({ length: 5 }, () => expect.any(TooManyPasswordChecks)),
    );
  });

  test('that fail make room for the next', async () => {
    const run = limitedTo({ atOnce: 1, waiting: 10 });

    const results = await Promise.allSettled([
      run(() => Promise.reject(new Error('no'))),
      run(() => Promise.resolve('yes')),
      run(() => Promise.resolve('again')),
    ]);

    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});
