// Look-ups, portal and desk pages against the least server on the same data. Server CPU is read from /proc.
import { startBench, type Bench } from './desk.ts';
import { measure, type Measured, type Target } from './load.ts';

const letters = ['a', 'k', 'ma', 'ann', 'nowa', 'kowalsk', 'anna k', '60', '601 2', 'gmail'];

function targetsOf({ desk, floor, deviceToken, cookie, numbers }: Bench): Target[] {
  const number = (turn: number) => numbers[turn % numbers.length] ?? '';
  const bearer = { authorization: `Bearer ${deviceToken}` };
  const admin = { authorization: `Bearer ${desk.adminToken}` };
  const ok = [200];
  return [
    { name: 'hello', origin: floor.tlsUrl, path: () => '/hello', pid: floor.pid, expects: ok },
    { name: 'bare look-up', origin: floor.tlsUrl, path: (turn) => `/lookup?number=${number(turn)}`, pid: floor.pid, expects: ok },
    {
      name: 'look-up',
      origin: desk.lanUrl,
      path: (turn) => `/api/device/v1/lookup?number=%2B${number(turn)}`,
      headers: bearer,
      pid: desk.pid,
      expects: [200, 204],
    },
    { name: 'least page', origin: floor.tlsUrl, path: () => '/page', pid: floor.pid, expects: ok },
    { name: 'ticket list', origin: desk.lanUrl, path: () => '/support/tickets', headers: { cookie }, pid: desk.pid, expects: ok },
    { name: 'bare look-up, plain', origin: floor.plainUrl, path: (turn) => `/lookup?number=${number(turn)}`, pid: floor.pid, expects: ok },
    {
      name: 'contact search',
      origin: desk.adminUrl,
      path: (turn) => `/admin/v1/contacts?limit=25&search=${encodeURIComponent(letters[turn % letters.length] ?? '')}`,
      headers: admin,
      pid: desk.pid,
      expects: ok,
    },
    {
      name: 'desk’s ticket list',
      origin: desk.adminUrl,
      path: () => '/admin/v1/tickets?limit=25',
      headers: admin,
      pid: desk.pid,
      expects: ok,
    },
  ];
}

const comparisons: readonly (readonly [name: string, floor: string, goal?: string])[] = [
  ['look-up', 'hello', 'rate at least 0.4, p99 below 4'],
  ['look-up', 'bare look-up', 'rate at least 0.8'],
  ['bare look-up', 'hello'],
  ['ticket list', 'least page', 'rate at least 0.25'],
  ['contact search', 'bare look-up, plain'],
  ['desk’s ticket list', 'bare look-up, plain'],
];

function line(results: ReadonlyMap<string, Measured>, [name, floor, goal]: (typeof comparisons)[number]): string {
  const [ours, theirs] = [results.get(name), results.get(floor)];
  if (ours === undefined || theirs === undefined) return `${name}: not measured`;
  const ratio = (value: number) => value.toFixed(2).padStart(6);
  const figures = [
    `rate ${ratio(ours.rate / theirs.rate)}`,
    `by CPU ${ratio(theirs.cpu / ours.cpu)}`,
    `p50 ${ratio(ours.p50 / theirs.p50)} ×`,
    `p99 ${ratio(ours.p99 / theirs.p99)} ×`,
  ];
  return `${`${name} / ${floor}`.padEnd(44)} ${figures.join('   ')}${goal === undefined ? '' : `   (goal: ${goal})`}`;
}

const bench = await startBench();
try {
  const results = await measure(targetsOf(bench), { rounds: Number(process.env['BENCH_ROUNDS'] ?? 3), seconds: Number(process.env['BENCH_SECONDS'] ?? 3) });
  for (const comparison of comparisons) console.log(line(results, comparison));
} finally {
  await bench.stop();
}
