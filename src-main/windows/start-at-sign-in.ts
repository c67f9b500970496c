import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from 'electron';

/** Whether Doorline starts when somebody signs in to this PC. */
export interface SignInStart {
  isOn(): Promise<boolean>;
  set(on: boolean): Promise<boolean>;
}

/** Where Linux desktops look for programs to start (XDG Autostart Specification). */
export function autostartFile(home: string): string {
  return path.join(home, '.config/autostart/doorline.desktop');
}

export function autostartEntry(executable: string): string {
  // Quoted by the rules of the Desktop Entry Specification: the four characters with a meaning inside quotes.
  const quoted = `"${executable.replace(/(["`$\\])/gu, String.raw`\$1`)}"`;
  return `[Desktop Entry]\nType=Application\nName=Doorline\nExec=${quoted} --hidden\nX-GNOME-Autostart-enabled=true\n`;
}

/** Windows and macOS keep this setting for the program; on Linux it is a file. */
export function signInStart(app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings' | 'getPath'>, platform: NodeJS.Platform): SignInStart {
  if (platform !== 'linux') {
    const args = ['--hidden'];
    return {
      isOn: () => Promise.resolve(app.getLoginItemSettings({ args }).openAtLogin),
      set(on) {
        app.setLoginItemSettings({ openAtLogin: on, args });
        return Promise.resolve(on);
      },
    };
  }
  const file = autostartFile(app.getPath('home'));
  return {
    isOn: () =>
      stat(file).then(
        () => true,
        () => false,
      ),
    async set(on) {
      if (on) {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, autostartEntry(app.getPath('exe')));
      } else {
        await rm(file, { force: true });
      }
      return on;
    },
  };
}
