// Doorline runs on Node 24, which it brings as a package. Everything here must also run on older Nodes, so that they can
// at least say what to do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Whether this very Node is one Doorline is built for. */
function isRightNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major === 24 && minor >= 11;
}

function pinnedNode() {
  const file = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : undefined;
}

/**
 * True when the program may go on in this process. Otherwise it is continued on the pinned Node, with the same arguments
 * and streams, or ended with one sentence that says what to do.
 */
export function onRightNode() {
  if (isRightNode()) return true;
  const node = pinnedNode();
  if (node === undefined || process.env['DOORLINE_ON_PINNED_NODE'] === '1') {
    console.error(`Doorline needs Node 24 (this is ${process.version}). Run “npm ci” in ${root}: it brings the right one.`);
    process.exit(1);
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, DOORLINE_ON_PINNED_NODE: '1' } });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2']) process.on(signal, () => child.kill(/** @type {NodeJS.Signals} */ (signal)));
  child.on('error', (error) => {
    console.error(`The Node that Doorline brings could not be started (${error.message}). Run “npm ci” in ${root} again.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128 + 15)));
  return false;
}
