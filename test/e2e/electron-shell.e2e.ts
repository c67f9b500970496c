import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron, expect, test } from 'playwright/test';

// The real desktop program. It needs Electron's binary, which comes from outside the npm registry, and a display; where
// either is missing this suite says so and counts as skipped: nothing here is claimed to have run.

function electronBinary(): string | undefined {
  const folder = path.resolve('node_modules/electron');
  const pathFile = path.join(folder, 'path.txt');
  const binary = existsSync(pathFile) ? path.join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : '';
  return existsSync(binary) ? binary : undefined;
}

const binary = electronBinary();
const hasDisplay = process.platform !== 'linux' || (process.env['DISPLAY'] ?? '') !== '' || (process.env['WAYLAND_DISPLAY'] ?? '') !== '';
const reason = binary === undefined ? 'Electron’s binary is not installed' : 'there is no display';
if (binary === undefined || !hasDisplay)
  console.warn(`\n!!! The desktop suite DID NOT RUN: ${reason}. The shell’s parts are tested under Node in test/desktop.\n`);

test.skip(binary === undefined || !hasDisplay, `not run: ${reason}`);

test('D1 the desktop opens the console on its own server, locked down, and leaves nothing behind', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'doorline-desktop-'));
  const app = await electron.launch({ executablePath: binary ?? '', args: ['.'], env: { ...process.env, DOORLINE_DATA: folder } });
  try {
    const window = await app.firstWindow();
    await expect(window.getByText('Doorline').first()).toBeVisible();

    const powers = await window.evaluate(() => ({
      process: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
      desktop: Object.keys((globalThis as unknown as { desktop: object }).desktop).toSorted(),
    }));
    expect(powers).toEqual({ process: 'undefined', require: 'undefined', desktop: ['listen', 'request'] });

    await window.evaluate(() => void globalThis.window.open('file:///etc/passwd'));
    await window.evaluate(() => void (location.href = 'https://example.com/'));
    expect(app.windows()).toHaveLength(1);
    expect(window.url()).toMatch(/^app:\/\/doorline\//u);
  } finally {
    await app.close();
  }
});
