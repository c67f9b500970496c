import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { UpdateState } from '#main/desktop.contract.ts';
import { watchUpdates } from '#main/updates/updates.ts';
import { autostartFile, signInStart } from '#main/windows/start-at-sign-in.ts';
import { temporaryFolder } from '#test/support/test-context.ts';

function fakeUpdater() {
  const calls: string[] = [];
  const updater = Object.assign(new EventEmitter(), {
    autoDownload: false,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    checkForUpdates: () => Promise.reject(new Error('feed is away')),
    quitAndInstall: () => void calls.push('installed'),
  });
  return { updater, calls };
}

test('an update is installed only when it is ready and the manager says so', () => {
  const { updater, calls } = fakeUpdater();
  const states: UpdateState[] = [];
  const updates = watchUpdates(updater, (state) => states.push(state));

  updates.install();
  expect(calls).toEqual([]);
  updater.emit('update-available');
  updater.emit('download-progress', { percent: 41.6 });
  updater.emit('update-downloaded', { version: '1.2.0' });
  updates.install();

  expect(states).toEqual([
    { state: 'downloading', percent: 0 },
    { state: 'downloading', percent: 42 },
    { state: 'ready', version: '1.2.0' },
  ]);
  expect(calls).toEqual(['installed']);
});

test('no older version replaces a newer one and nothing is installed on quitting', () => {
  const { updater } = fakeUpdater();
  watchUpdates(updater, () => undefined);
  expect(updater).toMatchObject({ allowDowngrade: false, autoInstallOnAppQuit: false });
});

test('a feed that is away is shown and breaks nothing', async () => {
  const { updater } = fakeUpdater();
  const updates = watchUpdates(updater, () => undefined);
  const checked = updates.check();
  updater.emit('error', new Error('feed is away'));
  await checked;
  expect(updates.state()).toEqual({ state: 'failed', reason: 'feed is away' });
});

test('on Linux, starting at sign-in is a file that is written and removed', async () => {
  const home = temporaryFolder();
  const app = {
    getPath: (name: string) => (name === 'home' ? home : '/opt/Door line/$doorline'),
    getLoginItemSettings: () => ({}),
    setLoginItemSettings: () => undefined,
  };
  const start = signInStart(app as never, 'linux');

  expect(await start.isOn()).toBe(false);
  await start.set(true);
  expect(await start.isOn()).toBe(true);
  expect(await readFile(autostartFile(home), 'utf8')).toContain(String.raw`Exec="/opt/Door line/\$doorline" --hidden`);
  await start.set(false);
  expect(await start.isOn()).toBe(false);
});

test('on Windows and macOS the system keeps the setting', async () => {
  let set: { openAtLogin: boolean; args: string[] } | undefined;
  const app = { getPath: () => '', getLoginItemSettings: () => ({ openAtLogin: true }), setLoginItemSettings: (settings: never) => (set = settings) };
  const start = signInStart(app as never, 'win32');

  expect(await start.isOn()).toBe(true);
  await start.set(false);

  expect(set).toEqual({ openAtLogin: false, args: ['--hidden'] });
});
