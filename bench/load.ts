import { readFileSync } from 'node:fs';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';

/** What is asked, over and over. */
export interface Target {
  readonly name: string;
  readonly origin: string;
  /** The path of the nth request. */
  readonly path: (turn: number) => string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pid: number;
  /** Statuses that count as an answer. */
  readonly expects: readonly number[];
}

export interface Measured {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Server CPU a request, in microseconds. */
  readonly cpu: number;
}

const connections = 10;

/** CPU seconds of a process so far: user and system. Linux counts them in hundredths. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function client(origin: string) {
  const isTls = origin.startsWith('https:');
  const options = { keepAlive: true, maxSockets: connections };
  const agent = isTls ? new TlsAgent({ ...options, rejectUnauthorized: false }) : new PlainAgent(options);
  const send = isTls ? tlsRequest : plainRequest;
  return {
    close: () => agent.destroy(),
    ask: (path: string, headers: Readonly<Record<string, string>>) =>
      new Promise<number>((resolve, reject) => {
        const sent = send(new URL(path, origin), { agent, headers: { ...headers } }, (answer) => {
          answer.resume();
          answer.on('error', reject);
          answer.on('end', () => resolve(answer.statusCode ?? 0));
        });
        sent.on('error', reject);
        sent.end();
      }),
  };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Ten connections ask for `seconds`. */
async function oneRound(target: Target, seconds: number): Promise<Measured> {
  const { ask, close } = client(target.origin);
  const times: number[] = [];
  let turn = 0;
  const cpuBefore = cpuSeconds(target.pid);
  const end = performance.now() + seconds * 1000;
  const askOn = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      turn += 1;
      const status = await ask(target.path(turn), target.headers ?? {});
      if (!target.expects.includes(status)) throw new Error(`${target.name}: ${target.path(turn)} answered ${status}.`);
      times.push(performance.now() - start);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, askOn));
  const took = (performance.now() - started) / 1000;
  close();
  times.sort((left, right) => left - right);
  const cpu = ((cpuSeconds(target.pid) - cpuBefore) / times.length) * 1_000_000;
  return { rate: times.length / took, p50: percentile(times, 0.5), p99: percentile(times, 0.99), cpu };
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Measures all targets in turn, round after round, so that whatever else the machine does meets all of them alike; the
 * median of the rounds counts.
 */
export async function measure(
  targets: readonly Target[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Map<string, Measured>> {
  const results = new Map<string, Measured[]>(targets.map((target) => [target.name, []]));
  for (const target of targets) await oneRound(target, Math.min(1, seconds));
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) results.get(target.name)?.push(await oneRound(target, seconds));
  }
  const middle = (rows: readonly Measured[], key: keyof Measured) => median(rows.map((row) => row[key]));
  return new Map(
    [...results].map(([name, rows]) => [name, { rate: middle(rows, 'rate'), p50: middle(rows, 'p50'), p99: middle(rows, 'p99'), cpu: middle(rows, 'cpu') }]),
  );
}
