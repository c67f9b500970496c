import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cardOf, type BenchPerson } from './cards.ts';
import { davClient, type BookAddress, type DavClient } from './dav-client.ts';

/** A server under measurement, filled with the bench's people. */
export interface BenchServer {
  readonly name: string;
  readonly address: BookAddress;
  /** Changes so many contacts; the time this takes is not measured. */
  change(people: readonly BenchPerson[]): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilAnswers(origin: string, isAlive: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && isAlive(); tries += 1) {
    const answer = await fetch(origin).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`Nothing answers at ${origin}.`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'close');
}

/** Puts changed cards where the server keeps them, through its own door. */
function changeByPut(client: DavClient, book: string): BenchServer['change'] {
  return async (people) => {
    for (const person of people) await client.put(`${book}${person.uid}.vcf`, cardOf({ ...person, firstName: `${person.firstName}x` }));
  };
}

function started(name: string, command: readonly string[], place: { readonly origin: string; readonly book: string; readonly folder: string }) {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const address = { origin: place.origin, book: place.book };
  const client = davClient(address);
  return {
    child,
    server: {
      name,
      address,
      change: changeByPut(client, place.book),
      async stop() {
        client.close();
        await ended(child);
        rmSync(place.folder, { recursive: true, force: true });
      },
    } satisfies BenchServer,
  };
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
}

/** Installs what the bench compares with, where that may be done. @throws when it is missing and can’t be installed */
export function bringPeers(): void {
  const script = path.join(import.meta.dirname, '..', '..', 'scripts', 'bring-bench-peers.mjs');
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) throw new Error('Radicale and Xandikos are needed; the reason stands above.');
}

/** Radicale (Debian): one file a card below its collection. */
export async function startRadicale(people: readonly BenchPerson[]): Promise<BenchServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'doorline-radicale-'));
  const collection = path.join(folder, 'collection-root', 'bench', 'book');
  mkdirSync(collection, { recursive: true });
  writeFileSync(path.join(collection, '.Radicale.props'), JSON.stringify({ tag: 'VADDRESSBOOK', 'D:displayname': 'Bench' }));
  for (const person of people) writeFileSync(path.join(collection, `${person.uid}.vcf`), cardOf(person));
  const port = await freePort();
  const rights = path.join(folder, 'rights');
  writeFileSync(rights, '[all]\nuser: .*\ncollection: .*\npermissions: RrWw\n');
  const flags = ['--hosts', `127.0.0.1:${port}`, '--auth-type', 'none', '--rights-type', 'from_file', '--rights-file', rights];
  const origin = `http://127.0.0.1:${port}`;
  const command = ['radicale', ...flags, '--storage-filesystem-folder', folder];
  const { child, server } = started('Radicale', command, { origin, book: '/bench/book/', folder });
  await untilAnswers(origin, () => child.exitCode === null);
  return server;
}

/** Xandikos (Debian): a git repository; the cards are its first commit, because one commit a card would take hours. */
export async function startXandikos(people: readonly BenchPerson[]): Promise<BenchServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'doorline-xandikos-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const command = ['xandikos', '-d', folder, '-l', '127.0.0.1', '-p', String(port), '--defaults', '--autocreate'];
  const book = '/user/contacts/addressbook/';
  const first = started('Xandikos', command, { origin, book, folder: path.join(folder, 'none') });
  await untilAnswers(origin, () => first.child.exitCode === null);
  await first.server.stop();

  const repository = path.join(folder, 'user', 'contacts', 'addressbook');
  for (const person of people) writeFileSync(path.join(repository, `${person.uid}.vcf`), cardOf(person));
  run('git', ['add', '--all'], repository);
  run('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '--message', 'All cards'], repository);

  const { child, server } = started('Xandikos', command, { origin, book, folder });
  await untilAnswers(origin, () => child.exitCode === null);
  return server;
}
