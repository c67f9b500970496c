// `npm run bench [-- NAME …]`: prints what the desk does as ratios to peers and to the least servers, each pair taken in
// one run, because absolute figures drift with the machine. Linux only: server CPU is read from /proc.
//   requests       look-up, portal and desk pages on a million contacts, against the same reads by the least server
//   directory      a phone that gets everybody: bytes, first byte, memory
//   address-books  CardDAV: first sync, poll and changes, against Radicale, Xandikos and the least server
//   import         an import against the least work it could be
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const benches = { requests: 'requests.ts', directory: 'directory.ts', 'address-books': 'address-books/run.ts', import: 'import.ts' } as const;

function isBench(name: string): name is keyof typeof benches {
  return Object.hasOwn(benches, name);
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !isBench(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark “${unknown.join('”, “')}”. Choose from ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
const wanted = asked.length === 0 ? (['requests', 'directory', 'address-books', 'import'] as const) : asked.filter(isBench);
let failed = 0;
for (const name of wanted) {
  console.log(`\n── ${name} ──`);
  const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, benches[name])], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
