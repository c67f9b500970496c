#!/usr/bin/env node
// The command line: on the right Node, with a current build, into src-server/cli.ts.
import { onRightNode } from '../scripts/pinned-node.mjs';

if (onRightNode()) {
  const { ensureBuilt } = await import('../scripts/ensure-built.mjs');
  const needsPages = process.argv[2] === 'serve';
  if (await ensureBuilt(needsPages ? ['server', 'renderer'] : ['server'])) await import(new URL('../dist/server/cli.js', import.meta.url).href);
  else {
    console.error('Doorline could not be built; the reason stands above. Run “npm ci”, then try again.');
    process.exit(1);
  }
}
