import type { App, Session, Shell, WebContents } from 'electron';
import { appOrigin } from './app-protocol.ts';
import { externalAddress } from './external-links.ts';

interface Locked {
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly allowedHttpOrigins: () => readonly string[];
}

/** True when a frame may go there: our own page's own addresses. */
export function mayNavigateTo(address: string): boolean {
  return URL.canParse(address) && address.startsWith(`${appOrigin}/`);
}

/** No page leaves our origin and none opens a window; links go to the system's browser if they are harmless. */
export function lockNavigation(app: Pick<App, 'on'>, { shell, allowedHttpOrigins }: Locked): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const refuse = (event: { preventDefault(): void; url?: string }, address?: string): void => {
      if (!mayNavigateTo(event.url ?? address ?? '')) event.preventDefault();
    };
    contents.on('will-navigate', refuse);
    contents.on('will-redirect', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      const address = externalAddress(url, allowedHttpOrigins());
      if (address !== undefined) void shell.openExternal(address);
      return { action: 'deny' };
    });
  });
}

const granted = new Set(['clipboard-sanitized-write', 'notifications']);

/** Denies every permission but writing to the clipboard and showing a notice. */
export function lockPermissions(session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(granted.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => granted.has(permission));
  session.setDevicePermissionHandler(() => false);
}
