import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { forgetKept, keep, keepKeys, kept, loadKept, readKeys } from '#renderer/phone/device/keys.ts';
import { keepDraft, readDraft } from '#renderer/phone/screens/outcome-draft.ts';

const keys = { deviceId: 'd1', deviceToken: 't1', serverName: 'Desk' };

beforeEach(() => keepKeys(keys));
afterEach(() => forgetKept());

/** What another start of the page, or its service worker, finds. */
async function afterwards() {
  vi.resetModules();
  const fresh = await import('#renderer/phone/device/keys.ts');
  await fresh.loadKept();
  return fresh;
}

describe('what the page keeps', () => {
  test('a note that is being written outlives a restart', async () => {
    keepDraft('c1', { outcome: 'busy', note: 'Half a sent', contactId: undefined, tasks: [{ title: 'Call', dueOn: '2026-03-05', dueTime: '09:30' }] });

    expect(readDraft('c1')).toMatchObject({ outcome: 'busy', note: 'Half a sent', tasks: [{ title: 'Call' }] });
    expect(readDraft('c2').note).toBe('');
    expect((await afterwards()).kept('outcome.c1')).toMatchObject({ note: 'Half a sent' });
  });

  test('goes when it must, also for those who look later, and nothing of others with it', async () => {
    keep('missed-seen', 'x');
    localStorage.setItem('somebody-else', '1');

    await forgetKept();
    keep('missed-seen', 'y');

    expect([readKeys(), kept('missed-seen'), localStorage.getItem('somebody-else')]).toEqual([undefined, null, '1']);
    expect((await afterwards()).readKeys()).toBeUndefined();
    expect(await indexedDB.databases()).toEqual([]);
  });

  test('where another tab or the service worker erased it, it does not come back', async () => {
    const elsewhere = await afterwards();
    await elsewhere.forgetKept();

    keep('missed-seen', 'x');
    await loadKept();

    expect([readKeys(), kept('missed-seen')]).toEqual([undefined, null]);
    expect(await indexedDB.databases()).toEqual([]);
  });

  test('is gone at once, also while a page that sleeps holds it open', async () => {
    const opening = indexedDB.open('doorline-kept');
    const asleep = await new Promise<IDBDatabase>((resolve) => opening.addEventListener('success', () => resolve(opening.result)));

    await forgetKept();

    const left = asleep.transaction('kept').objectStore('kept').count();
    await new Promise((resolve) => left.addEventListener('success', resolve));
    expect(left.result).toBe(0);
    asleep.close();
    await expect.poll(() => indexedDB.databases()).toEqual([]);
  });

  test('of a phone that was paired earlier is taken over, and does not stay where it was', async () => {
    await forgetKept();
    localStorage.setItem('doorline.device', JSON.stringify(keys));
    localStorage.setItem('doorline.outcome.c1', JSON.stringify({ note: 'Half a sent' }));

    await loadKept();

    expect(readKeys()).toEqual(keys);
    expect(readDraft('c1').note).toBe('Half a sent');
    expect(localStorage).toHaveLength(0);
    expect((await afterwards()).readKeys()).toEqual(keys);
  });

  test('keys that somebody tampered with are no keys', async () => {
    await forgetKept();
    for (const text of ['{', '"x"', '{"deviceId":1}']) {
      localStorage.setItem('doorline.device', text);
      await loadKept();
      expect(readKeys()).toBeUndefined();
    }
  });
});
