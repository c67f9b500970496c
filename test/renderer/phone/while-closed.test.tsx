/** @jsxImportSource preact */
import 'fake-indexeddb/auto';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { App } from '#renderer/phone/app.tsx';
import { keepAnswer, readAnswer } from '#renderer/phone/device/answers-store.ts';
import { readPlace, searchHeld } from '#renderer/phone/device/directory-store.ts';
import { syncDirectory } from '#renderer/phone/device/directory-sync.ts';
import { erase } from '#renderer/phone/device/erase.ts';
import { readSyncedAt } from '#renderer/phone/device/held-times.ts';
import { keep, keepKeys, readKeys } from '#renderer/phone/device/keys.ts';
import { createPhoneStore } from '#renderer/phone/device/phone-store.ts';
import { syncWhileClosed } from '#renderer/phone/device/offline.ts';
import { NotReached } from '#renderer/phone/device/problem.ts';
import { submit } from '#renderer/phone/device/queue.ts';
import { readQueue } from '#renderer/phone/device/queue-store.ts';
import { sendInBackground, syncInBackground } from '#renderer/phone/device/while-closed.ts';

// What happens without anybody looking: as the service worker does it while the page is closed, and once a day while it
// stays open.

const pages = {
  first: { mode: 'full', add: [['48600100200', 'Jonas Brandt', 'p1']], remove: [], cursor: 'one', more: false, total: 1 },
  changes: { mode: 'delta', add: [['48600100201', 'Marta Hart', 'p2']], remove: ['48600100200'], cursor: 'two', more: false, total: 1 },
};

/** What the desk is asked, and how it answers; `undefined` is a desk that is not there. */
let asked: string[];
let answer: (path: string) => Response | undefined;

const aDesk = (path: string) => {
  if (path.includes('/directory')) return Response.json(path.includes('cursor=one') ? pages.changes : pages.first);
  return Response.json({ items: [] });
};
const asksFor = (name: string) => asked.filter((path) => path.includes(name)).length;

beforeEach(async () => {
  // Only the clock and what is done by it: IndexedDB needs its timers.
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: new Date('2026-03-02T09:00:00Z') });
  asked = [];
  answer = aDesk;
  vi.stubGlobal('scrollTo', () => undefined);
  vi.stubGlobal('fetch', async (path: string) => {
    await Promise.resolve();
    asked.push(path.replace('/api/device/v1', ''));
    const response = answer(path);
    if (response === undefined) throw new TypeError('Failed to fetch');
    return response;
  });
  await keepKeys({ deviceId: 'd1', deviceToken: 't1', serverName: 'Desk' });
});

afterEach(async () => {
  render(null, document.body);
  await erase({ confirms: false });
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('C13 a phone whose page is closed', () => {
  test('reads what changed into the contacts the page has, and says when', async () => {
    await syncDirectory({ onProgress: () => undefined, startsAnew: false });
    vi.setSystemTime(new Date('2026-03-03T09:00:00Z'));

    await syncInBackground();

    expect(asked.at(-1)).toContain('cursor=one');
    expect((await searchHeld('', 10)).map(({ label }) => label)).toEqual(['Marta Hart']);
    const store = createPhoneStore();
    await store.loadMe();
    expect(store.read()).toMatchObject({ held: 1, lastSyncAt: '2026-03-03T09:00:00.000Z' });
  });

  test('does nothing before it is paired', async () => {
    await erase({ confirms: false });

    await syncInBackground();
    await sendInBackground();

    expect(asked).toEqual([]);
    expect(await indexedDB.databases()).toEqual([]);
  });

  test.each(['revoked', 'wiped'] as const)('C20 is erased when the desk says that it is %s, notes and all; a wipe is confirmed', async (end) => {
    await syncDirectory({ onProgress: () => undefined, startsAnew: false });
    await keepAnswer('/tasks', {});
    keep('outcome.c1', { note: 'About Jonas Brandt' });
    answer = () => undefined;
    await submit({ path: '/calls/c1/outcome', label: 'Call' });
    asked = [];
    answer = (path) => {
      if (path.endsWith('/wiped')) return Response.json({});
      if (end === 'revoked') return Response.json({ code: 'not-paired' }, { status: 401 });
      // As the desk does: an empty directory, and the word that it is to be wiped.
      if (path.endsWith('/me')) return Response.json({ wipe: true });
      return path.includes('/directory') ? Response.json({ ...pages.changes, add: [] }) : Response.json({ code: 'device-wiping' }, { status: 403 });
    };

    await syncInBackground();

    expect(readKeys()).toBeUndefined();
    expect(await indexedDB.databases()).toEqual([]);
    expect(asksFor('/wiped')).toBe(end === 'wiped' ? 1 : 0);
  });

  test('C20 forgets after a week without the desk, as the page would', async () => {
    await syncDirectory({ onProgress: () => undefined, startsAnew: false });
    await keepAnswer('/tasks', {});
    answer = () => undefined;
    vi.setSystemTime(new Date('2026-03-08T09:00:00Z'));
    await expect(syncInBackground()).rejects.toThrow(NotReached);
    expect(await readPlace()).toMatchObject({ count: 1 });
    vi.setSystemTime(new Date('2026-03-09T09:00:01Z'));

    await expect(syncInBackground()).rejects.toThrow(NotReached);

    expect(await readPlace()).toBeUndefined();
    expect(await readAnswer('/tasks')).toBeUndefined();
    expect(readKeys()).toBeDefined();
  });

  test('C11 sends what was kept, once, and asks to be woken again while the desk is not there', async () => {
    answer = () => undefined;
    await submit({ path: '/calls/c1/outcome', label: 'Call' });
    await expect(sendInBackground()).rejects.toThrow(NotReached);
    asked = [];
    answer = aDesk;

    await Promise.all([sendInBackground(), sendInBackground()]);

    expect(asksFor('/outcome')).toBe(1);
    expect(await readQueue()).toEqual([]);
  });
});

describe('C13 whether a browser syncs while the page is closed', () => {
  const withBrowser = (registration: object) => vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve(registration) } });

  test('is so where it may be asked for, about once a day', async () => {
    const register = vi.fn((_tag: string, _options: object) => Promise.resolve());
    withBrowser({ periodicSync: { register } });

    expect(await syncWhileClosed()).toBe('yes');
    expect(register).toHaveBeenCalledExactlyOnceWith('directory', { minInterval: 86_400_000 });
  });

  test('takes an installed page where it is refused, and is not so where nobody knows of it', async () => {
    withBrowser({ periodicSync: { register: () => Promise.reject(new DOMException('Permission denied.', 'NotAllowedError')) } });
    expect(await syncWhileClosed()).toBe('installed');

    withBrowser({});
    expect(await syncWhileClosed()).toBe('no');
  });
});

describe('C13 a page that stays open', () => {
  const days = (number: number) =>
    act(async () => {
      await vi.advanceTimersByTimeAsync(number * 86_400_000);
    });
  const syncs = () => asksFor('/directory');

  async function opened() {
    const store = createPhoneStore();
    await act(() => render(<App store={store} secret={undefined} />, document.body));
    await vi.waitFor(() => expect(store.read().lastSyncAt).toBeDefined());
  }

  test('syncs at once, then every 24 hours, and after a failure as soon as it can', async () => {
    await opened();
    expect(syncs()).toBe(1);
    await days(0.9);
    expect(syncs()).toBe(1);

    await days(0.2);
    await vi.waitFor(() => expect(syncs()).toBe(2));
    await vi.waitFor(async () => expect(await readSyncedAt()).toMatch(/^2026-03-03/u));
    answer = () => undefined;
    await days(1.01);
    await vi.waitFor(() => expect(syncs()).toBeGreaterThan(2));
    answer = aDesk;
    const before = syncs();
    await days(0.01);
    await vi.waitFor(() => expect(syncs()).toBe(before + 1));
  });
});
