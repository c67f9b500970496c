import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { cardOf, exportOf, type BenchPerson } from './cards.ts';
import { davClient, syncTokenIn, type BookAddress } from './dav-client.ts';
import type { BenchServer } from './peers.ts';

const root = path.join(import.meta.dirname, '..', '..');
const cli = path.join(root, 'bin', 'doorline.mjs');

async function firstLine<Line>(child: ChildProcess): Promise<Line> {
  if (child.stdout === null) throw new Error('The process has no output.');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  // What the two programs below print first.
  return JSON.parse(line) as Line;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'close');
}

/** The least server, with so many cards. */
export async function startFloor(people: readonly BenchPerson[]): Promise<BenchServer> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'floor.ts'), String(people.length)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await firstLine<BookAddress>(child);
  const client = davClient(address);
  return {
    name: 'floor',
    address,
    change: async (changed) => {
      for (const person of changed) await client.put(`${address.book}${person.uid}.vcf`, cardOf({ ...person, firstName: `${person.firstName}x` }));
    },
    async stop() {
      client.close();
      await end(child);
    },
  };
}

interface Ready {
  readonly lanUrl: string;
  readonly adminUrl: string;
  readonly adminToken: string;
}

function post(url: URL, body: object): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, rejectUnauthorized: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      // Both answers are flat objects of strings.
      answer.on('end', () => resolve(JSON.parse(text) as Record<string, string>));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

async function pairedBook({ lanUrl }: Ready, folder: string): Promise<BookAddress> {
  const flags = ['device', 'pair', '--name', 'Bench', '--approve', '--json', '--data', folder];
  const { stdout } = spawnSync(process.execPath, [cli, ...flags], { encoding: 'utf8' });
  const { token } = JSON.parse(stdout) as { token: string };
  const { claimId } = await post(new URL('/pair/claim', lanUrl), { token, deviceName: 'Bench', platform: 'other' });
  const keys = await post(new URL('/pair/complete', lanUrl), { token, claimId });
  const authorization = `Basic ${Buffer.from(`${keys['davUsername']}:${keys['davPassword']}`).toString('base64')}`;
  return { origin: new URL(lanUrl).origin, book: `/dav/b/${keys['davUsername']}/contacts/`, authorization };
}

/** Waits until the phone's cards are made, which begins at its first request. */
async function untilCardsAreThere(address: BookAddress, count: number): Promise<void> {
  const client = davClient(address);
  let known = -1;
  for (let tries = 0; tries < 6000; tries += 1) {
    await client.poll();
    const cards = known === count ? count : (await client.list()).length;
    if (cards === count) break;
    known = cards;
    await new Promise((resume) => setTimeout(resume, 500));
  }
  client.close();
}

/** The desk with the bench's people imported and one phone paired. */
export async function startDesk(people: readonly BenchPerson[]): Promise<BenchServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'doorline-bench-'));
  const file = path.join(folder, 'people.csv');
  const data = path.join(folder, 'desk');
  writeFileSync(file, exportOf(people));
  const imported = spawnSync(process.execPath, [cli, 'import', file, '--object', 'contacts', '--json', '--data', data], { encoding: 'utf8' });
  if (imported.status !== 0) throw new Error(`The import failed: ${imported.stderr}`);
  const ports = ['--lan-host', '127.0.0.1', '--lan-port', '0', '--admin-port', '0', '--bootstrap-port', '0'];
  const child = spawn(process.execPath, [cli, 'serve', '--data', data, ...ports, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DOORLINE_LOG_LEVEL: 'warn' },
  });
  const ready = await firstLine<Ready>(child);
  const address = await pairedBook(ready, data);
  await untilCardsAreThere(address, people.length);
  const headers = { authorization: `Bearer ${ready.adminToken}`, 'content-type': 'application/json' };
  return {
    name: 'Doorline',
    address,
    change: async (changed) => {
      const client = davClient(address);
      const { body } = await client.poll();
      for (const person of changed) {
        const found = await fetch(`${ready.adminUrl}/admin/v1/contacts?limit=1&search=${encodeURIComponent(person.number)}`, { headers });
        const { items } = (await found.json()) as { items: { id: string }[] };
        const answer = await fetch(`${ready.adminUrl}/admin/v1/contacts/${items[0]?.id ?? ''}`, {
          method: 'PATCH',
          headers,
          body: JSON.stringify({ firstName: `${person.firstName}x` }),
        });
        if (!answer.ok) throw new Error(`A contact could not be changed: ${await answer.text()}`);
      }
      // Cards follow a moment later; what is measured is the phone's question, not the wait for the job.
      while (syncTokenIn((await client.poll()).body) === syncTokenIn(body)) await new Promise((resume) => setTimeout(resume, 100));
      client.close();
    },
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
