// CardDAV: the desk against Radicale and Xandikos (both from Debian) and against the least server, all driven by one
// client in one run. BENCH_CARDS (10000), BENCH_MANY_CARDS (100000), BENCH_PEER_SECONDS (60) and BENCH_ROUNDS (3) make it smaller.
import { benchPeople } from './cards.ts';
import { deltaOfTen, firstSync, oneShot, unchangedPoll, type Timed } from './measures.ts';
import { startDesk, startFloor } from './own-servers.ts';
import { bringPeers, startRadicale, startXandikos, type BenchServer } from './peers.ts';

const count = Number(process.env['BENCH_CARDS'] ?? 10_000);
const many = Number(process.env['BENCH_MANY_CARDS'] ?? 100_000);
const peerSeconds = Number(process.env['BENCH_PEER_SECONDS'] ?? 60);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);

interface Figures {
  readonly first: Timed;
  readonly shot: Timed;
  readonly poll: { readonly p50: number; readonly rate: number; readonly bytes: number };
  readonly delta: number;
}

async function figuresOf(server: BenchServer, isPeer: boolean): Promise<Figures> {
  const people = benchPeople(count);
  const tries: Timed[] = [];
  for (let round = 0; round < (isPeer ? 1 : rounds); round += 1) tries.push(await firstSync(server, peerSeconds));
  const first = tries.sort((left, right) => left.milliseconds - right.milliseconds)[Math.floor(tries.length / 2)] ?? { milliseconds: NaN, cards: 0, bytes: 0 };
  const shots: Timed[] = [];
  for (let round = 0; round < (isPeer ? 1 : rounds); round += 1) shots.push(await oneShot(server));
  const shot = shots.sort((left, right) => left.milliseconds - right.milliseconds)[Math.floor(shots.length / 2)] ?? first;
  return { first, shot, poll: await unchangedPoll(server, 2), delta: await deltaOfTen(server, people, isPeer ? 1 : rounds) };
}

const perCard = ({ milliseconds, cards }: Timed) => (cards === 0 ? Number.NaN : milliseconds / cards);
const show = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3)).padStart(8);

/** The least ratios we want, where there is one: `floor` is the limit of what can be had, Radicale what people have now. */
const goals: Readonly<Record<string, readonly (number | undefined)[]>> = {
  floor: [1 / 1.8, 1 / 1.5, undefined, 0.5, 1 / 3],
  Radicale: [50, undefined, undefined, undefined, undefined],
};

/** Slow servers are stopped on the way. */
function howFar(cards: number): string {
  if (cards === 0) return ' (stopped before its first card: give it more seconds)';
  return cards < count ? ` (first ${cards} cards, then stopped)` : '';
}

function compare(name: string, desk: Figures, other: Figures): void {
  const isPart = howFar(other.first.cards);
  const shotNote = other.shot.cards === 0 ? ' (without cards)' : '';
  const lines = [
    ['first sync, a card', perCard(other.first) / perCard(desk.first), isPart],
    ['one answer with everything', other.shot.milliseconds / desk.shot.milliseconds, shotNote],
    ['unchanged poll, p50', other.poll.p50 / desk.poll.p50, ''],
    ['unchanged polls a second, ten', desk.poll.rate / other.poll.rate, ' (Doorline answers so many times more)'],
    ['ten changes', other.delta / desk.delta, ''],
  ] as const;
  console.log(`${name} / Doorline: how many times longer`);
  for (const [index, [what, ratio, note]] of lines.entries()) {
    const goal = goals[name]?.[index];
    console.log(`  ${what.padEnd(34)} ${show(ratio)}${goal === undefined ? '' : ` (goal: at least ${goal.toPrecision(2)})`}${note}`);
  }
}

bringPeers();
const people = benchPeople(count);
const servers: Record<string, Figures> = {};
for (const [start, isPeer] of [
  [startFloor, false],
  [startDesk, false],
  [startRadicale, true],
  [startXandikos, true],
] as const) {
  const server = await start(people);
  try {
    servers[server.name] = await figuresOf(server, isPeer);
  } finally {
    await server.stop();
  }
  console.error(`${server.name}: measured.`);
}
const desk = servers['Doorline'];
if (desk === undefined || desk.first.cards !== count) throw new Error(`The desk gave ${desk?.first.cards ?? 0} of ${count} cards.`);
for (const [name, figures] of Object.entries(servers)) if (name !== 'Doorline') compare(name, desk, figures);
console.log(
  `An unchanged poll of Doorline is ${desk.poll.bytes} bytes (goal: at most 2048); a first sync ${(desk.first.bytes / count).toFixed(0)} bytes a card.`,
);
console.log('Doorline and the floor speak TLS and Doorline signs in; Radicale and Xandikos speak plain HTTP without sign-in.');

if (many > count) {
  const large = await startDesk(benchPeople(many));
  try {
    const delta = await deltaOfTen(large, benchPeople(many), rounds);
    console.log(`Ten changes among ${many} / among ${count}:  ${show(delta / desk.delta)} (goal: 0.8 to 1.2)`);
  } finally {
    await large.stop();
  }
}
