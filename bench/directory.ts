// S5, S9: a phone that gets everybody on a desk with a million contacts: the first build, what a full read weighs on the
// wire, how soon its first byte comes, and the most memory the server ever had.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { brotliDecompressSync } from 'node:zlib';
import { startBench, type Bench } from './desk.ts';

const contacts = 1_000_000;
const pageSize = 5000;
/** A phone may begin to read everything twenty times an hour. */
const askedTimes = 15;
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

interface Read {
  readonly body: Buffer;
  /** Bytes of the body as they were sent. */
  readonly sent: number;
  /** Milliseconds until the first byte. */
  readonly firstByte: number;
}

function ask(url: URL, headers: Readonly<Record<string, string>>): Promise<Read> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const asked = request(url, { agent, headers: { 'accept-encoding': 'br', ...headers } }, (answer) => {
      const firstByte = performance.now() - start;
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        if (answer.statusCode !== 200) reject(new Error(`${url.pathname} answered ${answer.statusCode}.`));
        else resolve({ body: answer.headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body, sent: body.length, firstByte });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

interface Page {
  readonly cursor: string;
  readonly more: boolean;
  readonly add: readonly unknown[];
}

/** Reads everything, waiting while it is still being built. */
async function readAll({ desk, deviceToken }: Bench, contactIds = true): Promise<{ readonly numbers: number; readonly bytes: number }> {
  let [numbers, bytes, cursor] = [0, 0, ''];
  for (;;) {
    const { body, sent } = await ask(new URL(`/api/device/v1/directory?limit=${pageSize}&contactIds=${contactIds}${cursor}`, desk.lanUrl), {
      authorization: `Bearer ${deviceToken}`,
    });
    const page = JSON.parse(body.toString('utf8')) as Page;
    numbers += page.add.length;
    bytes += sent;
    if (!page.more) return { numbers, bytes };
    cursor = `&cursor=${encodeURIComponent(page.cursor)}`;
    if (page.add.length === 0) await new Promise((resume) => setTimeout(resume, 500));
  }
}

async function medianFirstByte(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < askedTimes; turn += 1) times.push((await ask(url, headers)).firstByte);
  return times.sort((left, right) => left - right)[Math.floor(askedTimes / 2)] ?? Number.NaN;
}

/** From the kernel's own book, in megabytes of 2^20 bytes. */
function peakMegabytes(pid: number): number {
  return Math.round(Number(/VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024);
}

const bench = await startBench({ everyone: true });
try {
  await readAll(bench);
  const full = await readAll(bench);
  const plain = await readAll(bench, false);
  const page = await medianFirstByte(new URL(`/api/device/v1/directory?limit=${pageSize}`, bench.desk.lanUrl), {
    authorization: `Bearer ${bench.deviceToken}`,
  });
  const hello = await medianFirstByte(new URL('/hello', bench.floor.tlsUrl));
  console.log(`full read of ${full.numbers.toLocaleString('en')} numbers of ${contacts.toLocaleString('en')} contacts`);
  console.log(
    `  on the wire, a contact             ${(full.bytes / contacts).toFixed(1)} bytes (goal: at most 16), a number ${(full.bytes / full.numbers).toFixed(1)}`,
  );
  console.log(`  the same without contact ids       ${(plain.bytes / contacts).toFixed(1)} bytes, a number ${(plain.bytes / plain.numbers).toFixed(1)}`);
  console.log(`  first byte of a page / hello’s     ${(page / hello).toFixed(1)} × (goal: below 50)`);
  console.log(`  the server’s peak of memory        ${peakMegabytes(bench.desk.pid)} MB (limit: 400), first build included`);
} finally {
  agent.destroy();
  await bench.stop();
}
