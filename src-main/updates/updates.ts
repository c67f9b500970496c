import type { UpdateState } from '../desktop.contract.ts';

/** What of electron-updater's `autoUpdater` is used here. */
export interface UpdaterLike {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  on(event: 'update-available', listener: () => void): unknown;
  on(event: 'update-not-available', listener: () => void): unknown;
  on(event: 'download-progress', listener: (progress: { percent: number }) => void): unknown;
  on(event: 'update-downloaded', listener: (update: { version: string }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  checkForUpdates(): Promise<unknown>;
  quitAndInstall(): void;
}

export interface Updates {
  state(): UpdateState;
  check(): Promise<UpdateState>;
  install(): void;
}

/**
 * Updates from the feed the company chose. Nothing is installed behind anybody's back: an update is downloaded, told
 * of, and installed when the manager says so. An older version is never installed over a newer one.
 */
export function watchUpdates(updater: UpdaterLike, onState: (state: UpdateState) => void): Updates {
  let current: UpdateState = { state: 'none' };
  const tell = (state: UpdateState): void => {
    current = state;
    onState(state);
  };
  updater.autoDownload = true;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.on('update-available', () => tell({ state: 'downloading', percent: 0 }));
  updater.on('update-not-available', () => tell({ state: 'none' }));
  updater.on('download-progress', ({ percent }) => tell({ state: 'downloading', percent: Math.round(percent) }));
  updater.on('update-downloaded', ({ version }) => tell({ state: 'ready', version }));
  updater.on('error', (error) => tell({ state: 'failed', reason: error.message }));
  return {
    state: () => current,
    async check() {
      tell({ state: 'checking' });
      // A failure is told through the error event; the promise would only say it again.
      await updater.checkForUpdates().catch(() => undefined);
      return current;
    },
    install() {
      if (current.state === 'ready') updater.quitAndInstall();
    },
  };
}
