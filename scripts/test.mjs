// `npm test`: brings what the tests need beyond npm, builds, and runs all of them. Says what it does, ends with one line
// “N passed, N failed”. `--only server|renderer|scale|e2e` runs one part.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bringBrowser, bringNetworkTools, bringPeers } from './test-tools.mjs';

const root = path.join(import.meta.dirname, '..');
const results = path.join(root, 'test-results');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const parts = ['server', 'renderer', 'scale', 'e2e'];
if (only !== undefined && !parts.includes(only)) {
  console.error(`--only takes one of ${parts.join(', ')}.`);
  process.exit(2);
}
const wanted = only === undefined ? parts : [only];

/** Runs a tool of the project on the pinned Node, its output passed through. */
function run(/** @type {string[]} */ command) {
  const [tool = '', ...args] = command;
  return spawnSync(process.execPath, [path.join(root, 'node_modules', tool), ...args], { cwd: root, stdio: 'inherit', env: process.env }).status ?? 1;
}

/** Passed, failed and skipped tests of a report; a part that left no report has failed. */
function countVitest(/** @type {string} */ file) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  // A file that could not even be loaded has no tests of its own to fail.
  const brokenFiles = report.testResults.filter((/** @type {any} */ result) => result.status === 'failed' && result.assertionResults.length === 0).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles, skipped: report.numPendingTests + report.numTodoTests };
}

function countPlaywright(/** @type {string} */ file) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

console.log('Building everything first.');
const { status: built } = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
if (built !== 0) {
  console.log('The build failed, so no test could run.\n0 passed, 1 failed');
  process.exit(1);
}

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const part of wanted) {
  console.log(`\n── ${part} ──`);
  let counts;
  if (part === 'e2e') {
    process.env['DOORLINE_CHROMIUM'] = bringBrowser();
    bringNetworkTools();
    const status = run(['playwright/cli.js', 'test']);
    counts = countPlaywright(path.join(results, 'e2e.json'));
    if (status !== 0 && counts.failed === 0) counts.failed = 1;
  } else {
    if (part === 'server') bringPeers();
    const file = path.join(results, `${part}.json`);
    const status = run(['vitest/vitest.mjs', 'run', '--project', part, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    counts = countVitest(file);
    if (status !== 0 && counts.failed === 0) counts.failed = 1;
  }
  if (counts.passed + counts.failed === 0) {
    console.error(`The part “${part}” ran no test at all.`);
    counts.failed = 1;
  }
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped += counts.skipped;
}

if (totals.skipped > 0) console.log(`\n${totals.skipped} did not run on this machine; each says why above.`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
