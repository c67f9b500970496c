import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build, Platform, type Configuration } from 'electron-builder';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lanClient } from '#test/support/lan-client.ts';
import { temporaryFolder } from '#test/support/test-context.ts';

const root = path.join(import.meta.dirname, '..', '..');
const ours = createRequire(import.meta.url);
// What electron-builder itself reads and checks the file with, before it packs anything.
const builders = createRequire(ours.resolve('electron-builder'));

interface Builder {
  readonly getConfig: (folder: string, file: null, given: null) => Promise<Configuration>;
  readonly validateConfiguration: (config: object, log: object) => Promise<void>;
}

const { getConfig, validateConfiguration } = builders('app-builder-lib/out/util/config/config.js') as Builder;

/** A folder as Electron comes in, with nothing of it that runs: what is packed around it is real. */
function withoutElectron(folder: string): string {
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  mkdirSync(path.join(folder, 'locales'));
  for (const name of ['electron', 'chrome-sandbox', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) writeFileSync(path.join(folder, name), '');
  chmodSync(path.join(folder, 'electron'), 0o755);
  return folder;
}

/** Packs the program as it is installed; the folder of what stands in it beside Electron. */
async function pack(): Promise<string> {
  const folder = temporaryFolder();
  // Fuses are set in Electron's own binary, and signing needs a certificate: both are left out.
  const { electronFuses: _, forceCodeSigning: __, ...config } = await getConfig(root, null, null);
  const electronDist = withoutElectron(path.join(folder, 'electron'));
  const file = path.join(folder, 'builder.json');
  writeFileSync(file, JSON.stringify({ ...config, publish: null, directories: { output: path.join(folder, 'out') }, electronDist }));
  await build({ projectDir: root, targets: Platform.LINUX.createTarget('dir'), publish: 'never', config: file });
  return path.join(folder, 'out', 'linux-unpacked', 'resources');
}

function dist(feed: string | undefined) {
  const { DOORLINE_UPDATE_FEED: _, ...environment } = process.env;
  const env = feed === undefined ? environment : { ...environment, DOORLINE_UPDATE_FEED: feed };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'scripts', 'dist.mjs')], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('D5 the installers', () => {
  test('are described in a way the installed electron-builder takes, signed or not at all', async () => {
    const { DebugLogger } = builders('builder-util') as { DebugLogger: new (isEnabled: boolean) => object };

    const config = await getConfig(root, null, null);
    await validateConfiguration(config, new DebugLogger(false));

    expect(config.forceCodeSigning).toBe(true);
    expect(config.electronFuses).toMatchObject({ runAsNode: false, onlyLoadAppFromAsar: true, enableEmbeddedAsarIntegrityValidation: true });
  });

  test.each([undefined, '', 'http://updates.example.com/doorline', 'updates.example.com'])('are not built for updates from %s', (feed) => {
    const { status, stdout, stderr } = dist(feed);

    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('DOORLINE_UPDATE_FEED');
    expect(stderr).toContain('https://updates.example.com/doorline');
  });

  test('what is packed has all that the server needs: it starts from there and serves console, portal and phone page', async () => {
    const packed = await pack();
    const { extractAll } = builders('@electron/asar') as { extractAll: (archive: string, folder: string) => void };
    const program = path.join(temporaryFolder(), 'app');
    extractAll(path.join(packed, 'app.asar'), program);

    const ports = ['--lan-host', '127.0.0.1', '--lan-port', '0', '--admin-port', '0', '--bootstrap-port', '0'];
    const server = spawn(
      process.execPath,
      [path.join(program, 'dist/server/cli.js'), 'serve', '--data', path.join(temporaryFolder(), 'desk'), ...ports, '--json'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    onTestFinished(() => void server.kill('SIGKILL'));
    const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    const { adminUrl, lanUrl, adminToken } = JSON.parse(line) as { adminUrl: string; lanUrl: string; adminToken: string };

    expect(await (await fetch(adminUrl)).text()).toContain('<div id="console">');
    const authorization = `Bearer ${adminToken}`;
    const portal = (await (await fetch(`${adminUrl}/admin/v1/portal`, { headers: { authorization } })).json()) as Record<string, unknown>;
    expect(portal).toHaveProperty('slug');
    const lan = lanClient(lanUrl);
    onTestFinished(() => lan.close());
    expect((await lan.call('/phone/')).status).toBe(200);
    expect((await lan.call(`/${String(portal['slug'])}/sign-in`)).body).toContain('</html>');
    for (const name of ['icons/icon.png', 'icons/tray.png']) expect(existsSync(path.join(packed, name)), name).toBe(true);
    server.kill('SIGTERM');
    await once(server, 'exit');
  }, 180_000);
});
