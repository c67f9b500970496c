import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { erase } from '#renderer/phone/device/erase.ts';
import { keepKeys } from '#renderer/phone/device/keys.ts';
import { createPhoneStore } from '#renderer/phone/device/phone-store.ts';
import { sendQueue, submit } from '#renderer/phone/device/queue.ts';
import { forgetQueue, readQueue } from '#renderer/phone/device/queue-store.ts';

/** What the desk is sent, and how it answers: `undefined` is a desk that is not there. */
let answer: (path: string) => Response | undefined;
let heard: { readonly path: string; readonly key: string | null; readonly body: unknown }[];

const done = () => Response.json({});
const outcome = (id: string, note = '') => ({ path: `/calls/${id}/outcome`, body: { outcome: 'connected', note, tasks: [] }, label: `Call ${id}` });
const keys = { deviceId: 'd1', deviceToken: 't1', serverName: 'Desk' };

async function desk(path: string, options: RequestInit): Promise<Response> {
  await Promise.resolve();
  const body: unknown = typeof options.body === 'string' ? JSON.parse(options.body) : undefined;
  heard.push({ path: path.replace('/api/device/v1', ''), key: new Headers(options.headers).get('idempotency-key'), body });
  const response = answer(path);
  if (response === undefined) throw new TypeError('Failed to fetch');
  return response;
}

beforeEach(async () => {
  heard = [];
  answer = done;
  await keepKeys(keys);
  vi.stubGlobal('fetch', desk);
});

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.resetModules();
  await forgetQueue();
});

describe('with the desk there', () => {
  test('C11 an outcome is sent at once under a key of its own, and nothing is left', async () => {
    expect(await submit(outcome('a', 'Hello'))).toMatchObject({ is: 'sent' });
    expect(await submit(outcome('b'))).toMatchObject({ is: 'sent' });

    expect(heard.map(({ path }) => path)).toEqual(['/calls/a/outcome', '/calls/b/outcome']);
    expect(heard[0]?.body).toEqual({ outcome: 'connected', note: 'Hello', tasks: [] });
    expect(new Set(heard.map(({ key }) => key)).size).toBe(2);
    expect(await readQueue()).toEqual([]);
  });

  test('C11 what it does not take is told to the person, and is not kept', async () => {
    answer = () => Response.json({ detail: 'This call is not there any more.' }, { status: 404 });

    await expect(submit(outcome('a'))).rejects.toThrow('This call is not there any more.');

    expect(await readQueue()).toEqual([]);
  });
});

describe('without the desk', () => {
  test('C23 outcomes and tasks are kept, and sent in the order they were done', async () => {
    answer = () => undefined;
    expect(await submit(outcome('a'))).toMatchObject({ is: 'kept' });
    expect(await submit({ path: '/tasks/t/done', label: 'Call back' })).toMatchObject({ is: 'kept' });
    expect(await submit({ path: '/tasks/t/reopen', label: 'Call back' })).toMatchObject({ is: 'kept' });
    heard = [];
    answer = done;

    expect(await sendQueue()).toBe(3);

    expect(heard.map(({ path }) => path)).toEqual(['/calls/a/outcome', '/tasks/t/done', '/tasks/t/reopen']);
    expect(await readQueue()).toEqual([]);
  });

  test('C23 a request whose answer was lost is sent again under the same key', async () => {
    answer = () => undefined;
    await submit(outcome('a'));
    await sendQueue();
    answer = done;
    await sendQueue();

    expect(heard).toHaveLength(3);
    expect(new Set(heard.map(({ key }) => key)).size).toBe(1);
  });

  test('C23 sending from several occasions at once sends each thing once', async () => {
    answer = () => undefined;
    for (const id of ['a', 'b', 'c']) await submit(outcome(id));
    heard = [];
    answer = done;

    await Promise.all([sendQueue(), sendQueue(), submit(outcome('d')), sendQueue()]);

    expect(heard.map(({ path }) => path)).toEqual(['a', 'b', 'c', 'd'].map((id) => `/calls/${id}/outcome`));
  });

  test.each([500, 503, 429, 408])('C23 an answer %i is no refusal: it is tried again', async (status) => {
    answer = () => Response.json({ detail: 'Not now.' }, { status });

    expect(await submit(outcome('a'))).toMatchObject({ is: 'kept' });

    expect((await readQueue())[0]?.refusal).toBeUndefined();
  });

  test('C23 what was kept is there after a restart, and is sent then', async () => {
    answer = () => undefined;
    await submit(outcome('a'));
    const { key } = heard[0] ?? {};
    vi.resetModules();
    const restarted = await import('#renderer/phone/device/queue.ts');
    heard = [];
    answer = done;

    expect(await restarted.sendQueue()).toBe(1);

    expect(heard.map((request) => request.key)).toEqual([key]);
  });
});

describe('what the desk refuses later', () => {
  test('C23 is shown with its reason, holds nothing up, is not sent again, and may be dropped', async () => {
    answer = () => undefined;
    await submit(outcome('a'));
    await submit(outcome('b'));
    answer = (path) => (path.includes('/calls/a/') ? Response.json({ detail: 'Choose another contact.' }, { status: 422 }) : done());
    const store = createPhoneStore();
    await store.sendWaiting();
    expect(store.read().queue).toMatchObject([{ label: 'Call a', refusal: 'Choose another contact.' }]);
    heard = [];
    await store.sendWaiting();
    expect(heard).toEqual([]);

    await store.drop(store.read().queue[0]?.id ?? 0);

    expect(store.read().queue).toEqual([]);
    expect(await readQueue()).toEqual([]);
  });
});

describe('a phone that is taken off the desk', () => {
  test('C20 C23 keeps no queue, no database, no cache and no service worker', async () => {
    answer = () => undefined;
    await submit(outcome('a'));
    const unregister = vi.fn(() => Promise.resolve(true));
    const names = new Set(['doorline-phone-1']);
    vi.stubGlobal('caches', { keys: () => Promise.resolve([...names]), delete: (name: string) => Promise.resolve(names.delete(name)) });
    vi.stubGlobal('navigator', { serviceWorker: { getRegistrations: () => Promise.resolve([{ unregister }]) } });

    await erase({ confirms: false });

    expect(unregister).toHaveBeenCalledOnce();
    expect(names.size).toBe(0);
    expect(await indexedDB.databases()).toEqual([]);
    expect(localStorage).toHaveLength(0);
  });

  test('C20 C23 does not get a database again because somebody looks what waits', async () => {
    await erase({ confirms: false });

    expect(await readQueue()).toEqual([]);
    expect(await sendQueue()).toBe(0);

    expect(await indexedDB.databases()).toEqual([]);
  });

  test('C20 C23 stops sending at the answer that says so, and leaves the rest to the erasing', async () => {
    answer = () => undefined;
    await submit(outcome('a'));
    await submit(outcome('b'));
    heard = [];
    answer = () => Response.json({ detail: 'Pair this phone again.' }, { status: 401 });

    expect(await sendQueue()).toBe(0);

    expect(heard).toHaveLength(1);
  });
});
