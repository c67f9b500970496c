import type { Desktop } from '../../src-main/desktop.contract.ts';

declare global {
  interface Window {
    readonly desktop?: Desktop;
  }
}

/** The desktop's powers inside Electron; undefined in a browser. */
export function desktop(): Desktop | undefined {
  return globalThis.window.desktop;
}

/** Opens a link outside the console: in the system's browser from Electron, in a new tab from a browser. */
export function openOutside(url: string): void {
  const power = desktop();
  if (power === undefined) globalThis.window.open(url, '_blank', 'noopener,noreferrer');
  else void power.request('open-external', url);
}
