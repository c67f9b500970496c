// `npm run ready`: everything that must hold before a change lands. `--static` leaves the tests out.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const tool = (/** @type {string} */ file) => path.join(root, 'node_modules', file);

/** @type {[string, string[]][]} */
const checks = [
  ['format', [tool('oxfmt/bin/oxfmt'), '--check']],
  ['lint', [tool('oxlint/bin/oxlint'), '--type-aware', '--max-warnings', '0']],
  ['types', [tool('typescript/bin/tsc'), '-b']],
  [
    'import rules',
    [tool('dependency-cruiser/bin/dependency-cruiser.mjs'), 'src-server', 'src-main', 'src-renderer', 'test', '--config', '.dependency-cruiser.mjs'],
  ],
  ['unused code', [tool('knip/bin/knip.js')]],
];
if (!process.argv.includes('--static')) checks.push(['tests', [path.join(root, 'scripts/test.mjs')]]);

let failed = 0;
for (const [name, command] of checks) {
  console.log(`\n── ${name} ──`);
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status === 0) console.log(`${name}: good`);
  else {
    failed += 1;
    console.error(`${name}: NOT GOOD`);
  }
}
console.log(`\nchecks: ${checks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
