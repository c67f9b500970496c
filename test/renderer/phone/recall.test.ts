import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askOrRecall } from '#renderer/phone/device/ask-or-recall.ts';
import { keepAnswer, readAnswer } from '#renderer/phone/device/answers-store.ts';
import { held } from '#renderer/phone/device/held-database.ts';
import { keepPage, readPlace } from '#renderer/phone/device/directory-store.ts';
import { forgetKept, keepKeys } from '#renderer/phone/device/keys.ts';
import { createPhoneStore } from '#renderer/phone/device/phone-store.ts';
import { NotReached } from '#renderer/phone/device/problem.ts';
import { readQueue } from '#renderer/phone/device/queue-store.ts';

/** How the desk answers; `undefined` is a desk that is not there. */
let answer: () => Response | undefined;

const goneFor = (days: number) => vi.setSystemTime(Date.now() + days * 86_400_000);
const ask = (path = '/tasks') => askOrRecall<unknown>(path, { signal: new AbortController().signal, isConnected: true });

beforeEach(async () => {
  // Only the clock: IndexedDB needs its timers.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T09:00:00Z') });
  await keepKeys({ deviceId: 'd1', deviceToken: 't1', serverName: 'Desk' });
  answer = () => Response.json({ items: ['Call back'] });
  vi.stubGlobal('fetch', async () => {
    await Promise.resolve();
    const response = answer();
    if (response === undefined) throw new TypeError('Failed to fetch');
    return response;
  });
});

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  await forgetKept();
  await held.forget();
});

async function answersKept(path = '/tasks'): Promise<void> {
  await expect.poll(() => readAnswer(path)).toBeDefined();
}

describe('C23 without the desk', () => {
  test('what it answered last is shown, and since when', async () => {
    expect(await ask()).toEqual({ answer: { items: ['Call back'] }, keptAt: undefined });
    await answersKept();
    goneFor(1);
    answer = () => undefined;

    expect(await ask()).toEqual({ answer: { items: ['Call back'] }, keptAt: '2026-03-02T09:00:00.000Z' });
  });

  test('an address that answers nothing at all is not waited for where something is kept', async () => {
    await ask();
    await answersKept();
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const waiting: string[] = [];
    vi.stubGlobal('fetch', (path: string, { signal }: { readonly signal: AbortSignal }) => {
      waiting.push(path);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError'))));
    });
    const recalled = ask();
    const never = ask('/contacts/c1').catch((error: unknown) => error);

    // IndexedDB has its own time.
    while (waiting.length < 2) await new Promise((resume) => setImmediate(resume));

    await vi.advanceTimersByTimeAsync(3000);
    expect((await recalled).keptAt).toBeDefined();

    await vi.advanceTimersByTimeAsync(7000);
    expect(await never).toBeInstanceOf(NotReached);
  });

  test('what it never answered is not made up', async () => {
    answer = () => undefined;

    await expect(ask('/contacts/c1')).rejects.toThrow(NotReached);
  });

  test('a refusal is told, not covered by what was kept', async () => {
    await ask();
    await answersKept();
    answer = () => Response.json({ detail: 'This contact is not there any more.' }, { status: 404 });

    await expect(ask()).rejects.toThrow('This contact is not there any more.');
  });

  test('the oldest answers make room', async () => {
    for (let index = 0; index < 205; index += 1) {
      vi.setSystemTime(Date.now() + 1000);
      await keepAnswer(`/contacts/${index}`, {});
    }

    expect(await readAnswer('/contacts/4')).toBeUndefined();
    expect(await readAnswer('/contacts/5')).toBeDefined();
    expect(await readAnswer('/contacts/204')).toBeDefined();
  });

  test('C20 a phone that is off the desk keeps nothing, not even what was under way', async () => {
    await forgetKept();

    await keepAnswer('/tasks', {});

    expect(await readAnswer('/tasks')).toBeUndefined();
  });
});

describe('C20 a phone that may be lost', () => {
  const page = { startsAnew: true, add: [['48600100200', 'Jonas Brandt', 'c1']], remove: [], cursor: 'x' } as const;

  async function givenHeld() {
    const store = createPhoneStore();
    await store.forgetIfStale();
    await keepPage(page);
    await keepAnswer('/tasks', {});
    return store;
  }

  test('forgets contacts, calls and tasks after a week without the desk, and says so', async () => {
    const store = await givenHeld();
    answer = () => undefined;
    await store.submit({ path: '/tasks/t1/done', label: 'Call back' });
    goneFor(7.01);

    await store.forgetIfStale();

    expect(await readPlace()).toBeUndefined();
    expect(await readAnswer('/tasks')).toBeUndefined();
    expect(store.read()).toMatchObject({ held: undefined, lastSyncAt: undefined, isStale: true });
    // What the agent did is not the desk's to lose.
    expect(await readQueue()).toHaveLength(1);
  });

  test('keeps them as long as it comes by within the week', async () => {
    const store = await givenHeld();
    for (let week = 0; week < 3; week += 1) {
      goneFor(6);
      answer = () => Response.json({ id: 'd1', settings: {} });
      await store.loadMe();
      await store.forgetIfStale();
    }

    expect(await readPlace()).toMatchObject({ count: 1 });
  });
});
