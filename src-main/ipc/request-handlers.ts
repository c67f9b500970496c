import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Shell } from 'electron';
import type { Supervisor } from '../server/server-supervisor.ts';
import type { Updates } from '../updates/updates.ts';
import { externalAddress } from '../windows/external-links.ts';
import type { SignInStart } from '../windows/start-at-sign-in.ts';
import type { RequestHandlers } from './typed-ipc.ts';

export interface DesktopParts {
  readonly supervisor: Supervisor;
  readonly updates: Updates;
  readonly signInStart: SignInStart;
  readonly shell: Pick<Shell, 'openExternal' | 'showItemInFolder'>;
  readonly dataFolder: string;
}

/** What the desktop does for the page, one line each. */
export function requestHandlers({ supervisor, updates, signInStart, shell, dataFolder }: DesktopParts): RequestHandlers {
  return {
    connection: () => supervisor.connection(),
    'server-state': () => Promise.resolve(supervisor.state()),
    async 'restart-server'() {
      supervisor.restart();
      return undefined;
    },
    async 'open-external'(address) {
      const harmless = externalAddress(address);
      if (harmless !== undefined) await shell.openExternal(harmless);
      return harmless !== undefined;
    },
    // Backups and error files are in the data folder; nothing else of this PC is the page's business.
    async 'show-in-folder'(file) {
      const wanted = path.resolve(file);
      const isOurs =
        wanted.startsWith(dataFolder + path.sep) &&
        (await stat(wanted).then(
          () => true,
          () => false,
        ));
      if (isOurs) shell.showItemInFolder(wanted);
      return isOurs;
    },
    'starts-at-sign-in': () => signInStart.isOn(),
    'set-starts-at-sign-in': (on) => signInStart.set(on),
    'update-state': () => Promise.resolve(updates.state()),
    'check-for-update': () => updates.check(),
    async 'install-update'() {
      updates.install();
      return undefined;
    },
  };
}
