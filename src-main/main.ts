import path from 'node:path';
import { app, ipcMain, Menu, protocol, session, shell, type BrowserWindow } from 'electron';
import log from 'electron-log/node.js';
import electronUpdater from 'electron-updater';
import type { DesktopMessages } from './desktop.contract.ts';
import { requestHandlers } from './ipc/request-handlers.ts';
import { answerRequests } from './ipc/typed-ipc.ts';
import { startServerProcess } from './server-process.ts';
import { superviseServer } from './server/server-supervisor.ts';
import { watchUpdates } from './updates/updates.ts';
import { appScheme, serveAppFile } from './windows/app-protocol.ts';
import { lockNavigation, lockPermissions } from './windows/lock-down.ts';
import { createMainWindow, showWindow } from './windows/main-window.ts';
import { signInStart } from './windows/start-at-sign-in.ts';
import { createTray } from './windows/tray.ts';

// The composition root of the desktop shell: window, tray, server process, updates. No business rule is decided here.

app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

const appRoot = app.getAppPath();
const resources = app.isPackaged ? process.resourcesPath : path.join(appRoot, 'resources');
const dataFolder = process.env['DOORLINE_DATA'] ?? path.join(app.getPath('userData'), 'data');
log.transports.file.resolvePathFn = () => path.join(app.getPath('logs'), 'desktop.log');

let window: BrowserWindow | undefined;
let isQuitting = false;

function tellPage<Message extends keyof DesktopMessages>(message: Message, content: DesktopMessages[Message]): void {
  if (window !== undefined && !window.isDestroyed()) window.webContents.send(`desktop:${message}`, content);
}

function openConsole(): void {
  if (window === undefined || window.isDestroyed()) {
    window = createMainWindow({
      preload: path.join(appRoot, 'dist/preload/preload.cjs'),
      icon: path.join(resources, 'icons/icon.png'),
      mayClose: () => isQuitting,
    });
  } else {
    showWindow(window);
  }
}

async function run(): Promise<void> {
  await app.whenReady();
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null);
  protocol.handle(appScheme, (request) => serveAppFile(path.join(appRoot, 'dist/renderer'), request.url));
  lockPermissions(session.defaultSession);

  const tray = createTray(path.join(resources, 'icons/tray.png'), {
    open: openConsole,
    restartServer: () => supervisor.restart(),
    quit: () => app.quit(),
  });
  const supervisor = superviseServer({
    start: () => startServerProcess({ appRoot, dataFolder, onLog: (line) => log.info(line) }),
    onState(state) {
      tray.show(state);
      tellPage('server-state-changed', state);
    },
  });
  const updates = watchUpdates(electronUpdater.autoUpdater, (state) => tellPage('update-state-changed', state));
  answerRequests(ipcMain, requestHandlers({ supervisor, updates, signInStart: signInStart(app, process.platform), shell, dataFolder }));

  supervisor.start();
  if (!process.argv.includes('--hidden')) openConsole();
  if (app.isPackaged) void updates.check();

  app.on('second-instance', openConsole);
  app.on('activate', openConsole);
  // The server goes on with the window closed; only Quit ends it.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    if (isQuitting) return;
    event.preventDefault();
    isQuitting = true;
    void supervisor.stop().finally(() => app.quit());
  });
}

lockNavigation(app, { shell, allowedHttpOrigins: () => [] });
if (app.requestSingleInstanceLock()) {
  run().catch((error: unknown) => {
    log.error(error);
    app.exit(1);
  });
} else {
  app.quit();
}
