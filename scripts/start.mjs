// `npm start`: the desk with its console. In Electron where its binary and a display are there; otherwise the server alone
// with the console in the browser. Started again while it runs, it opens the console again.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onRightNode } from './pinned-node.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const cli = path.join(root, 'dist', 'server', 'cli.js');
const dataFolder = path.resolve(process.env['DOORLINE_DATA'] ?? path.join(root, 'data'));
const extraFlags = process.argv.slice(2);

function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return (process.env['DISPLAY'] ?? '') !== '' || (process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

function electronBinary() {
  const folder = path.join(root, 'node_modules', 'electron');
  const pointer = path.join(folder, 'path.txt');
  if (!existsSync(pointer)) return undefined;
  const file = path.join(folder, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(file) ? file : undefined;
}

/** Electron's own download, tried only where there is a display to show it on. */
function bringElectron() {
  const installer = path.join(root, 'node_modules', 'electron', 'install.js');
  if (electronBinary() !== undefined || !existsSync(installer)) return electronBinary();
  console.log('Fetching Electron (about 110 MB, once) …');
  const { status } = spawnSync(process.execPath, [installer], { cwd: root, stdio: 'ignore', timeout: 300_000 });
  if (status !== 0) console.log('It could not be fetched, so the console opens in the browser instead.');
  return electronBinary();
}

function openBrowser(/** @type {string} */ url) {
  if (!hasDisplay()) return;
  /** @type {Record<string, string>} */
  const openers = { win32: 'explorer.exe', darwin: 'open' };
  // No browser, no harm: the link is printed too.
  spawn(openers[process.platform] ?? 'xdg-open', [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function newConsoleLink() {
  const { status, stdout } = spawnSync(process.execPath, [cli, 'console', '--data', dataFolder, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? String(JSON.parse(stdout).url) : undefined;
}

function showLink(/** @type {string} */ url) {
  console.log(`\n  Open the console:  ${url}\n\n  The link works once, within 15 minutes. For a new one, run “npm start” again in another window.`);
  openBrowser(url);
}

function startElectron(/** @type {string} */ binary) {
  const child = spawn(binary, [root, ...extraFlags], { cwd: root, stdio: 'inherit', env: process.env });
  whenToEnd(() => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
}

/** Calls back once whoever started us wants us to end, or is gone itself: npm, killed, does not tell its children. */
function whenToEnd(/** @type {() => void} */ end) {
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) process.once(signal, end);
  const { ppid } = process;
  const watch = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}

function startServer() {
  // The server ends with its standard input, so that it never outlives this process, however that ends, on any system.
  const child = spawn(process.execPath, [cli, 'serve', '--data', dataFolder, ...extraFlags, '--json'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, DOORLINE_ENDS_WITH_STDIN: '1' },
  });
  whenToEnd(() => child.stdin.end());
  child.on('exit', (code) => process.exit(code ?? 1));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const ready = JSON.parse(line);
    if (ready.event !== 'ready') return;
    console.log(`Doorline ${ready.version} is running. Its data is in ${dataFolder}.`);
    console.log(`\n  Customers and phones:  ${ready.lanUrl}/`);
    const link = newConsoleLink();
    if (link === undefined) console.error('A link to the console could not be made; run “npm start” again in another window.');
    else showLink(link);
    console.log('\nPress Ctrl+C to stop.');
  });
}

async function start() {
  const { ensureBuilt } = await import('./ensure-built.mjs');
  // Chromium's sandbox refuses to run as root, and the console is not shown without it.
  const mayUseElectron = hasDisplay() && process.getuid?.() !== 0;
  const electron = mayUseElectron ? bringElectron() : undefined;
  if (!(await ensureBuilt(electron === undefined ? ['server', 'renderer'] : ['server', 'renderer', 'main']))) {
    console.error('Doorline could not be built; the reason stands above. Run “npm ci”, then try again.');
    process.exit(1);
  }
  if (electron !== undefined) {
    startElectron(electron);
    return;
  }
  const link = newConsoleLink();
  if (link === undefined) {
    startServer();
    return;
  }
  console.log(`Doorline is already running on ${dataFolder}.`);
  showLink(link);
}

if (onRightNode()) await start();
