import { describe, expect, test } from 'vitest';
import type { SetupState } from '#server/enrolment/enrolment.contract.ts';
import { ago } from '#renderer/phone/setup/ago.ts';
import { guideSteps } from '#renderer/phone/setup/guide-steps.ts';
import { words as english } from '#renderer/phone/setup/guide-words-en.ts';
import { words as german } from '#renderer/phone/setup/guide-words-de.ts';
import { words as polish } from '#renderer/phone/setup/guide-words-pl.ts';
import { makerDrawing } from '#renderer/phone/setup/maker-drawings.ts';
import { makers } from '#renderer/phone/setup/makers.ts';
import { inLines } from '#renderer/phone/setup/picture.tsx';
import { makerOf, wayOf, type Maker } from '#renderer/phone/setup/which-phone.ts';

function aSetup(way: SetupState['way'], done: readonly string[]): SetupState {
  const names =
    way === 'ios'
      ? (['certificate', 'profile', 'account', 'contacts', 'test-call'] as const)
      : (['certificate', 'link', 'account', 'book', 'contacts', 'test-call'] as const);
  return {
    deviceId: 'd1',
    way,
    steps: names.map((step) => ({ step, isDone: done.includes(step), at: null })),
    contacts: { onPhone: 0, inScope: 0, readAt: null, readBy: null },
    works: false,
    account: { hostName: '192.168.1.10', port: 8443, url: 'https://192.168.1.10:8443/dav/', userName: 'd1' },
    certificate: { isOwn: true, authorityFingerprint: null, serverFingerprint: '' },
    lease: { days: 90, endsAt: null, renew: false, hasEnded: false, renewsByTap: false },
    testCallWorked: null,
  };
}

describe('C6 whose phone this is', () => {
  test.each([
    ['Mozilla/5.0 (Linux; Android 16; Redmi Note 14) Chrome/156.0.0.0', 'xiaomi'],
    ['Mozilla/5.0 (Linux; Android 15; 23049PCD8G) Chrome/156.0.0.0', 'xiaomi'],
    ['Mozilla/5.0 (Linux; Android 13; M2101K6G) Chrome/156.0.0.0', 'xiaomi'],
    ['Mozilla/5.0 (Linux; Android 15; POCO F6) Chrome/156.0.0.0', 'xiaomi'],
    ['Mozilla/5.0 (Linux; Android 16; SM-S938B) Chrome/156.0.0.0', 'samsung'],
    ['Mozilla/5.0 (Linux; Android 10; ELE-L29) Chrome/156.0.0.0', 'huawei'],
    ['Mozilla/5.0 (Linux; Android 15; HONOR BVL-N49) Chrome/156.0.0.0', 'huawei'],
    ['Mozilla/5.0 (Linux; Android 16; OnePlus 13) Chrome/156.0.0.0', 'oneplus'],
    ['Mozilla/5.0 (Linux; Android 14; CPH2581) Chrome/156.0.0.0', 'oppo'],
    ['Mozilla/5.0 (Linux; Android 14; RMX3890) Chrome/156.0.0.0', 'oppo'],
    ['Mozilla/5.0 (Linux; Android 14; vivo 1904) Chrome/156.0.0.0', 'vivo'],
    ['Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36', 'stock'],
    ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36', 'stock'],
  ])('%s: %s', (userAgent, maker) => {
    expect(makerOf(userAgent)).toBe(maker);
  });

  test('each maker has its own steps, as many in each language', () => {
    expect(new Set(makers.map(({ maker }) => maker)).size).toBe(7);
    for (const { name, steps } of makers) {
      expect(steps.en.length, name).toBeGreaterThan(0);
      expect(steps.pl, name).toHaveLength(steps.en.length);
      expect(steps.de, name).toHaveLength(steps.en.length);
    }
  });

  test('each maker’s screen is drawn in each language, with what to set marked', () => {
    for (const { maker } of makers) {
      for (const language of ['en', 'pl', 'de'] as const) {
        const { title, rows } = makerDrawing(maker, language);
        expect([maker, language, title === '', rows.some(({ mark }) => mark === true)]).toEqual([maker, language, false, true]);
        // Longer ones run out of the drawing.
        for (const { label } of rows) expect(label.length, label).toBeLessThanOrEqual(26);
      }
    }
  });

  // What stops DAVx5 on each maker’s phones, by the names of the menus.
  test.each<[Maker, readonly RegExp[]]>([
    ['xiaomi', [/Permissions, Autostart/u, /App permissions, Background autostart/u, /No restrictions/u, /pop-up windows/u, /tap the lock/u]],
    ['huawei', [/App launch.*Manage manually.*all three/u, /Startup manager/u, /Battery optimisation.*Don’t allow/u]],
    ['samsung', [/Battery: Unrestricted/u, /Never sleeping apps/u, /Put unused apps to sleep/u]],
    ['oneplus', [/Don’t optimise/u, /Auto launch/u, /Deep optimisation and Sleep standby/u, /lock DAVx5/u]],
    ['oppo', [/Allow auto start-up/u, /Auto launch and Background activity/u, /lock DAVx5/u]],
    ['vivo', [/More settings, Applications, Autostart/u, /High background power consumption/u]],
    ['stock', [/Unrestricted/u]],
  ])('C6 %s: every setting that stops it is named', (maker, settings) => {
    const steps = makers.find((entry) => entry.maker === maker)?.steps.en.join('\n') ?? '';

    for (const setting of settings) expect(steps).toMatch(setting);
  });

  test('a phone is told from a computer, an iPad from a Mac', () => {
    expect(wayOf({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X)', maxTouchPoints: 5 })).toBe('ios');
    expect(wayOf({ userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', maxTouchPoints: 5 })).toBe('ios');
    expect(wayOf({ userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', maxTouchPoints: 0 })).toBeUndefined();
    expect(wayOf({ userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)', maxTouchPoints: 10 })).toBeUndefined();
  });
});

describe('C4 C5 the steps of the guide', () => {
  test('the first that is not done is the one to do', () => {
    const marks = guideSteps(aSetup('ios', ['certificate', 'profile']), false).map(({ name, mark }) => `${name} ${mark}`);

    expect(marks).toEqual(['certificate done', 'profile done', 'accountIos now', 'contactsIos open', 'testCall open']);
  });

  test('on Android the battery comes before the test, and is done when its owner says so', () => {
    const seen = ['certificate', 'link', 'account', 'book', 'contacts'];

    expect(guideSteps(aSetup('android', seen), false).slice(-2)).toEqual([
      { name: 'battery', mark: 'now' },
      { name: 'testCall', mark: 'open' },
    ]);
    expect(guideSteps(aSetup('android', seen), true).at(-1)).toEqual({ name: 'testCall', mark: 'now' });
  });

  test('every step says as much in Polish and in German as in English', () => {
    for (const words of [polish, german]) {
      for (const [name, step] of Object.entries(english.steps)) {
        const other = words.steps[name as keyof typeof english.steps];
        expect(other.doThis, name).toHaveLength(step.doThis.length);
        expect(other.stuck, name).toHaveLength(step.stuck.length);
        expect(other.drawing?.rows.length, name).toBe(step.drawing?.rows.length);
        expect(other.title, name).not.toBe(step.title);
      }
      expect(words.permissions.list).toHaveLength(english.permissions.list.length);
    }
  });
});

describe('what the drawings and the status say', () => {
  test('no drawn word runs out of its picture', () => {
    for (const { steps } of [english, polish, german]) {
      for (const { drawing } of Object.values(steps)) {
        if (drawing === undefined) continue;
        for (const line of inLines(drawing.title, 34)) expect(line.length, line).toBeLessThanOrEqual(34);
        const widest = drawing.kind === 'dialog' ? 17 : 26;
        for (const { label } of drawing.rows) expect(label.length, label).toBeLessThanOrEqual(widest);
      }
    }
  });

  test('how long ago the contacts were read is said in the reader’s language', () => {
    const now = new Date('2026-03-02T09:00:00Z');

    expect(ago('2026-03-02T08:57:00Z', 'en', now)).toBe('3 minutes ago');
    expect(ago('2026-03-02T06:00:00Z', 'de', now)).toBe('vor 3 Stunden');
    expect(ago('2026-02-27T09:00:00Z', 'pl', now)).toBe('3 dni temu');
  });
});
