import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '..');
const cli = path.join(root, 'bin', 'doorline.mjs');
const password = 'a million people';

/** A seeded folder: the one the tests keep, or one made now. */
function seededFolder(): { readonly folder: string; readonly members: readonly string[] } {
  const cache = path.join(root, '.cache');
  const known = existsSync(cache) ? readdirSync(cache).filter((name) => /^(?:million-\w+|bench)$/u.test(name)) : [];
  const kept = known.map((name) => path.join(cache, name)).find((folder) => existsSync(path.join(folder, 'seeded.json')));
  const folder = kept ?? path.join(cache, 'bench');
  const note = path.join(folder, 'seeded.json');
  if (kept === undefined) {
    console.error('Seeding a million contacts once; this takes a few minutes.');
    const flags = ['--contacts', '1000000', '--tickets', '200000', '--members', '50', '--password', password, '--data', folder];
    const { status, stdout } = spawnSync(process.execPath, [cli, 'seed', ...flags], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
    if (status !== 0) throw new Error('The demo data could not be made; the reason stands above.');
    writeFileSync(note, stdout);
  }
  return { folder, members: (JSON.parse(readFileSync(note, 'utf8')) as { members: string[] }).members };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The process has no output.');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return line;
}

interface Answer {
  readonly status: number;
  readonly cookies: string;
  readonly body: string;
}

function ask(url: URL, options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: options.method ?? 'GET', headers: options.headers ?? {}, rejectUnauthorized: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').filter((pair) => !pair.endsWith('='));
        resolve({ status: answer.statusCode ?? 0, cookies: cookies.join('; '), body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.on('error', reject);
    sent.end(options.body);
  });
}

async function signIn(lanUrl: string, email: string): Promise<string> {
  const url = new URL('/support/sign-in', lanUrl);
  const page = await ask(url);
  const token = /name="token" value="([\w-]+)"/u.exec(page.body)?.[1] ?? '';
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin, cookie: page.cookies };
  const answer = await ask(url, { method: 'POST', headers, body: new URLSearchParams({ token, email, password }).toString() });
  if (answer.status !== 303) throw new Error(`${email} could not sign in (${answer.status}).`);
  return answer.cookies;
}

/** The desk, the floor, and everything needed to ask both. */
export interface Bench {
  readonly desk: { readonly pid: number; readonly lanUrl: string; readonly adminUrl: string; readonly adminToken: string };
  readonly floor: { readonly pid: number; readonly plainUrl: string; readonly tlsUrl: string };
  readonly deviceToken: string;
  readonly cookie: string;
  /** Digits of numbers that contacts have. */
  readonly numbers: readonly string[];
  stop(): Promise<void>;
}

interface Ready {
  readonly lanUrl: string;
  readonly adminUrl: string;
  readonly adminToken: string;
}

async function pairPhone({ lanUrl, adminUrl, adminToken }: Ready, everyone: boolean): Promise<{ readonly id: string; readonly token: string }> {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const admin = async (url: string, body?: object): Promise<Record<string, string>> => {
    const answer = await fetch(`${adminUrl}/admin/v1${url}`, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
    return (await answer.json()) as Record<string, string>;
  };
  const onLan = async (url: string, body: object): Promise<Record<string, string>> => {
    const answer = await ask(new URL(url, lanUrl), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return JSON.parse(answer.body) as Record<string, string>;
  };
  const lists = (await (await fetch(`${adminUrl}/admin/v1/lists`, { headers })).json()) as { items: { id: string; memberCount: number }[] };
  const [smallest] = lists.items.sort((left, right) => left.memberCount - right.memberCount);
  const pairing = await admin('/pairings', { deviceName: 'Bench', scope: { everyone, listIds: everyone ? [] : [smallest?.id ?? ''] } });
  const { claimId } = await onLan('/pair/claim', { token: pairing['token'], deviceName: 'Bench', platform: 'other' });
  await fetch(`${adminUrl}/admin/v1/pairings/${pairing['id']}/approve`, { method: 'POST', headers: { authorization: headers.authorization } });
  const done = await onLan('/pair/complete', { token: pairing['token'], claimId });
  return { id: done['deviceId'] ?? '', token: done['deviceToken'] ?? '' };
}

interface Person {
  readonly id: string;
  readonly numbers: readonly { readonly e164: string | null }[];
}

/** Numbers of people all over the base, and the contact of the member who signs in. */
async function findPeople({ adminUrl, adminToken }: Ready, email: string): Promise<{ readonly numbers: string[]; readonly memberContact: string }> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const get = async (url: string) =>
    (await (await fetch(`${adminUrl}/admin/v1${url}`, { headers })).json()) as { items: { id: string; email: string | null }[] };
  const numbers: string[] = [];
  for (const letter of ['a', 'b', 'k', 'm', 's', 'z']) {
    for (const { id } of (await get(`/contacts?search=${letter}&limit=40`)).items) {
      const person = (await (await fetch(`${adminUrl}/admin/v1/contacts/${id}`, { headers })).json()) as Person;
      numbers.push(...person.numbers.flatMap(({ e164 }) => (e164 === null ? [] : [e164.slice(1)])));
    }
  }
  const [member] = (await get(`/contacts?search=${encodeURIComponent(email)}&limit=1`)).items;
  return { numbers, memberContact: member?.id ?? '' };
}

/** Starts the desk and the floor on one database. The phone gets the smallest list, or everybody. */
export async function startBench({ everyone = false } = {}): Promise<Bench> {
  const { folder, members } = seededFolder();
  const ports = ['--lan-host', '127.0.0.1', '--lan-port', '0', '--admin-port', '0', '--bootstrap-port', '0'];
  const desk = spawn(process.execPath, [cli, 'serve', '--data', folder, ...ports, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DOORLINE_LOG_LEVEL: 'warn' },
  });
  const ready = JSON.parse(await firstLine(desk)) as Ready;
  const [email = ''] = members;
  const { numbers, memberContact } = await findPeople(ready, email);
  const floor = spawn(process.execPath, [path.join(import.meta.dirname, 'floor.ts'), folder, memberContact], { stdio: ['ignore', 'pipe', 'inherit'] });
  const floorUrls = JSON.parse(await firstLine(floor)) as { plainUrl: string; tlsUrl: string };
  const phone = await pairPhone(ready, everyone);
  return {
    desk: { ...ready, pid: desk.pid ?? 0 },
    floor: { ...floorUrls, pid: floor.pid ?? 0 },
    deviceToken: phone.token,
    cookie: await signIn(ready.lanUrl, email),
    numbers,
    async stop() {
      await fetch(`${ready.adminUrl}/admin/v1/devices/${phone.id}/revoke`, { method: 'POST', headers: { authorization: `Bearer ${ready.adminToken}` } });
      floor.kill('SIGTERM');
      desk.kill('SIGTERM');
      await Promise.all([once(desk, 'close'), once(floor, 'close')]);
    },
  };
}
