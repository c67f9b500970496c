// Builds what is missing in dist/ or older than its sources, once, also when several processes ask at the same time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const lock = path.join(root, '.cache', 'build.lock');

/** What each part is made of, and the file that is there when it was made. */
const parts = {
  server: { made: 'dist/server/cli.js', from: ['src-server', 'resources/locales', 'scripts/build.mjs', 'package.json'] },
  main: { made: 'dist/main/main.js', from: ['src-main', 'package.json'] },
  renderer: { made: 'dist/renderer/console/index.html', from: ['src-renderer', 'src-server', 'resources/locales', 'vite.config.ts', 'package.json'] },
};

/** The newest change in a file or folder; for the pages, of the server only its contracts count. */
function newestIn(/** @type {string} */ place, /** @type {(file: string) => boolean} */ counts) {
  if (!existsSync(place)) return 0;
  if (!statSync(place).isDirectory()) return counts(place) ? statSync(place).mtimeMs : 0;
  let newest = 0;
  for (const entry of readdirSync(place, { withFileTypes: true })) newest = Math.max(newest, newestIn(path.join(place, entry.name), counts));
  return newest;
}

function isCurrent(/** @type {keyof typeof parts} */ name) {
  const { made, from } = parts[name];
  const file = path.join(root, made);
  if (!existsSync(file)) return false;
  const serverFolder = path.join(root, 'src-server') + path.sep;
  const counts = (/** @type {string} */ source) => name !== 'renderer' || !source.startsWith(serverFolder) || source.endsWith('.contract.ts');
  const newest = Math.max(...from.map((place) => newestIn(path.join(root, place), counts)));
  return statSync(file).mtimeMs >= newest;
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for another builder, or for its remains to be cleared away. */
async function takeLock() {
  mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch {
      const owner = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0);
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/**
 * Makes sure that the parts are built and current. A packed program has no sources and is taken as it is.
 * @returns {Promise<boolean>} false when the build failed; it has said why on standard error.
 */
export async function ensureBuilt(/** @type {(keyof typeof parts)[]} */ names) {
  if (!existsSync(path.join(root, 'src-server'))) return true;
  if (names.every(isCurrent)) return true;
  await takeLock();
  try {
    const stale = names.filter((name) => !isCurrent(name));
    if (stale.length === 0) return true;
    console.error(`Building ${stale.join(' and ')} first; this takes a moment.`);
    // Standard output belongs to the command that was asked for.
    const { status } = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs'), ...stale], { cwd: root, stdio: ['ignore', 2, 2] });
    return status === 0;
  } finally {
    rmSync(lock, { force: true });
  }
}
