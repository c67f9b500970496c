import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerRequests, isTrustedSender, UntrustedSender, type IpcEvent, type RequestHandlers } from '#main/ipc/typed-ipc.ts';
import { fileOf, serveAppFile } from '#main/windows/app-protocol.ts';
import { externalAddress } from '#main/windows/external-links.ts';
import { lockNavigation, lockPermissions, mayNavigateTo } from '#main/windows/lock-down.ts';
import { windowPreferences } from '#main/windows/window-options.ts';

const root = path.resolve('/app/dist/renderer');
const ownPage: IpcEvent = { senderFrame: { url: 'app://doorline/console/index.html#/home', parent: null } };

describe('the app’s own addresses', () => {
  test('the root means the console', () => {
    expect(fileOf(root, 'app://doorline/')).toBe(path.join(root, 'console/index.html'));
    expect(fileOf(root, 'app://doorline/assets/main-1a2b.js')).toBe(path.join(root, 'assets/main-1a2b.js'));
  });

  test.each([
    'app://doorline/../package.json',
    'app://doorline/..%2fpackage.json',
    'app://doorline/%2e%2e/%2e%2e/etc/passwd',
    'app://doorline/assets/..%5c..%5cboot.js',
    'app://doorline/assets/%00.js',
    'app://doorline/C:/windows/win.js',
    'app://evil/console/index.html',
    'file:///etc/passwd.js',
    'https://doorline/a.js',
    'app://doorline/assets/%E0%A4%A.js',
    'app://doorline/secret.key',
    'app://doorline/doorline.sqlite',
    'not an address',
  ])('%s leads to no file', async (address) => {
    const file = fileOf(root, address);
    expect(file === undefined || file.startsWith(root + path.sep)).toBe(true);
    expect((await serveAppFile(root, address)).status).toBe(404);
  });
});

describe('opening something with the system', () => {
  test.each([
    'file:///etc/passwd',
    'ms-msdt:/id',
    'search-ms:query=x',
    'smb://host/share',
    '\\\\host\\share',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'https://good.example@evil.example/',
    'https://user:pw@evil.example/',
    'http://example.com/',
    'vbscript:x',
    'data:text/html,x',
    'about:blank',
    'ftp://example.com',
    'https://exa\u0000mple.com',
    'https://example.com\r\nHost: x',
    'steam://run/1',
    'shell:startup',
    'ms-settings:',
    '',
    ' ',
    'x',
    'https:\\\\evil.example',
    'blob:https://example.com/1',
    'chrome://settings',
    'app://doorline/',
    'view-source:https://example.com',
    'tel\u0009:1',
  ])('%j is refused', (address) => {
    expect(externalAddress(address)).toBeUndefined();
  });

  test('web, mail and telephone links are let through', () => {
    expect(externalAddress('https://example.com/a?b#c')).toBe('https://example.com/a?b#c');
    expect(externalAddress('mailto:anna@example.com')).toBe('mailto:anna@example.com');
    expect(externalAddress('tel:+48601234567')).toBe('tel:+48601234567');
  });
});

describe('the page’s requests', () => {
  const handlers = new Proxy({}, { get: (_target, channel) => async (argument: unknown) => ({ channel, argument }) }) as RequestHandlers;
  const listeners = new Map<string, (event: IpcEvent, argument: unknown) => Promise<unknown>>();
  answerRequests({ handle: (channel, listener) => void listeners.set(channel, listener) }, handlers);

  test('our own page is answered', async () => {
    await expect(listeners.get('desktop:open-external')?.(ownPage, 'https://example.com')).resolves.toEqual({
      channel: 'open-external',
      argument: 'https://example.com',
    });
  });

  test.each([
    { senderFrame: null },
    { senderFrame: { url: 'https://evil.example/', parent: null } },
    { senderFrame: { url: 'app://doorline.evil.example/', parent: null } },
    { senderFrame: { url: 'app://doorline/console/index.html', parent: {} } },
    { senderFrame: { url: 'file:///app/index.html', parent: null } },
  ])('a sender that is not our own top page is refused: %j', async (event) => {
    expect(isTrustedSender(event)).toBe(false);
    await expect(listeners.get('desktop:connection')?.(event, undefined)).rejects.toThrow(UntrustedSender);
  });

  test.each([[{}], [7], [null], [['https://example.com']], ['x'.repeat(3000)]])('an argument of another shape is refused: %#', async (argument) => {
    await expect(listeners.get('desktop:open-external')?.(ownPage, argument)).rejects.toThrow(/expected/u);
  });
});

describe('every window', () => {
  test('is sandboxed, isolated and without Node, and nobody can change that', () => {
    const preferences = windowPreferences('/preload.cjs');
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
    expect(Object.isFrozen(preferences)).toBe(true);
  });

  test('stays on our own pages', () => {
    expect(mayNavigateTo('app://doorline/console/index.html')).toBe(true);
    for (const address of ['https://example.com', 'file:///etc/passwd', 'app://doorline.evil/', 'javascript:alert(1)', ''])
      expect(mayNavigateTo(address)).toBe(false);
  });

  test('opens no other window, and hands only harmless links to the system', () => {
    const opened: string[] = [];
    let openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
    const prevented: string[] = [];
    const listeners = new Map<string, (event: { preventDefault(): void; url?: string }) => void>();
    const contents = {
      on: (name: string, listener: never) => listeners.set(name, listener),
      setWindowOpenHandler: (handler: typeof openHandler) => (openHandler = handler),
    };
    lockNavigation({ on: (_name: string, listener: (event: unknown, contents: unknown) => void) => listener({}, contents) } as never, {
      shell: { openExternal: (address: string) => Promise.resolve(void opened.push(address)) },
      allowedHttpOrigins: () => [],
    });

    expect(openHandler({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(openHandler({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
      listeners.get(name)?.({ url: 'https://evil.example/', preventDefault: () => void prevented.push(name) });
    }

    expect(opened).toEqual(['https://example.com/']);
    expect(prevented).toEqual(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']);
  });

  test('gets no permission but writing to the clipboard and showing a notice', () => {
    let check: (contents: null, permission: string) => boolean = () => true;
    lockPermissions({
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: (handler: never) => (check = handler),
      setDevicePermissionHandler: () => undefined,
    });

    const asked = [
      'media',
      'geolocation',
      'midi',
      'clipboard-read',
      'display-capture',
      'fullscreen',
      'usb',
      'serial',
      'hid',
      'openExternal',
      'clipboard-sanitized-write',
      'notifications',
    ];

    expect(asked.filter((permission) => check(null, permission))).toEqual(['clipboard-sanitized-write', 'notifications']);
  });
});
