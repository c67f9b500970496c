import { BrowserWindow, nativeTheme } from 'electron';
import { appOrigin } from './app-protocol.ts';
import { windowPreferences } from './window-options.ts';

/** The console's window. Closing it hides it: the server goes on in the tray until Quit is chosen there. */
export function createMainWindow(options: { readonly preload: string; readonly icon: string; readonly mayClose: () => boolean }): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 390,
    minHeight: 560,
    show: false,
    title: 'Doorline',
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141618' : '#FBFAF8',
    webPreferences: windowPreferences(options.preload),
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    if (options.mayClose()) return;
    event.preventDefault();
    window.hide();
  });
  void window.loadURL(`${appOrigin}/console/index.html`);
  return window;
}

/** Brings the window to the front, from wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
