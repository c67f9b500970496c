import type { DesktopPower } from '../../src-main/desktop.contract.ts';

declare global {
  interface Window {
    readonly desktop?: DesktopPower;
  }
}

/** The desktop's powers inside Electron; undefined in a browser. */
export function desktopPower(): DesktopPower | undefined {
  return globalThis.window.desktop;
}

/** Opens a link outside the console: in the system's browser from Electron, in a new tab from a browser. */
export function openOutside(url: string): void {
  const desktop = desktopPower();
  if (desktop === undefined) globalThis.window.open(url, '_blank', 'noopener,noreferrer');
  else void desktop.openLink(url);
}
