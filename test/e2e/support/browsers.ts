import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright/test';
import type { Lan } from './lan.ts';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser `npm test` brought: Playwright's own, or Debian's Chromium. */
export function chromiumPath(): string {
  const candidates = [process.env['DOORLINE_CHROMIUM'], chromium.executablePath(), '/usr/bin/chromium'];
  const found = candidates.find((candidate) => candidate !== undefined && candidate !== '' && existsSync(candidate));
  if (found === undefined) throw new Error('No Chromium was found. “npm test” installs one.');
  return found;
}

/** A browser on this machine; `more` is added to its command line. */
export function openBrowser(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...args, ...more], headless: true });
}

/** A browser on the other host of the LAN. */
export function openBrowserOn(lan: Lan): Promise<Browser> {
  return chromium.launch({ executablePath: lan.wrap(chromiumPath()), args, headless: true });
}

// The desk's own certificate authority is not installed in these browsers. TLS itself is checked elsewhere, by a client
// that trusts exactly that authority.
export const desktopView: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  ignoreHTTPSErrors: true,
  locale: 'en-GB',
  timezoneId: 'Europe/Warsaw',
};

export const phoneView: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
  ignoreHTTPSErrors: true,
  locale: 'en-GB',
  timezoneId: 'Europe/Warsaw',
  userAgent: 'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
};
