import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { programFolder } from '#server/config/program-folder.ts';

// The real program in a process of its own, as `doorline` starts it.

const root = programFolder(import.meta.dirname);

let built: Promise<string> | undefined;

const copyName = (pid: number | '*') => `cli-of-${pid}`;

/** Removes the copies of test processes that were ended before they could do it themselves. */
function removeOldCopies(cache: string): void {
  for (const copy of globSync(path.join(cache, copyName('*')))) {
    if (!existsSync(`/proc/${copy.split('-').at(-1)}`)) rmSync(copy, { recursive: true, force: true });
  }
}

/** The built command line. Once in a test process its own entry sees to it that the build is current. */
export function builtCli(): Promise<string> {
  built ??= (async () => {
    const entry = spawn(process.execPath, [path.join(root, 'bin', 'doorline.mjs'), '--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const [code] = (await once(entry, 'close')) as [number | null];
    if (code !== 0) throw new Error('The server could not be built; the reason stands above.');
    // A copy of its own, so that a build that is made meanwhile does not change the program under the tests.
    const cache = path.join(root, '.cache');
    if (process.platform === 'linux') removeOldCopies(cache);
    const copy = path.join(cache, copyName(process.pid));
    cpSync(path.join(root, 'dist', 'server'), copy, { recursive: true });
    process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
    return path.join(copy, 'cli.js');
  })();
  return built;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  return said;
}

/** Runs a command to its end. */
export async function runCli(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [await builtCli(), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const said = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

export interface RunningDesk {
  readonly child: ChildProcess;
  readonly lanUrl: string;
  readonly adminUrl: string;
  readonly adminToken: string;
  readonly bootstrapUrl: string | null;
  /** Calls the console's plane; `url` starts after `/admin/v1`. */
  call(method: string, url: string, body?: object): Promise<Response>;
  /** Sends the signal and resolves with how the process ended. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts `doorline serve` on free ports and waits until it is ready. Killed after the test if it still runs; `atEnd` says when else. */
export async function startDesk(
  folder: string,
  flags: readonly string[] = [],
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<RunningDesk> {
  const ports = ['--lan-host', '127.0.0.1', '--lan-port', '0', '--admin-port', '0', '--bootstrap-port', '0'];
  const child = spawn(process.execPath, [await builtCli(), 'serve', '--data', folder, ...ports, ...flags, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = collect(child);
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  atEnd(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });

  const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>, ended.then(() => undefined)]);
  if (line === undefined) throw new Error(`The server did not start: ${said.stderr}`);
  const ready = JSON.parse(line[0]) as Omit<RunningDesk, 'child' | 'call' | 'end'>;
  return {
    ...ready,
    child,
    call: (method, url, body) =>
      fetch(`${ready.adminUrl}/admin/v1${url}`, {
        method,
        headers: { authorization: `Bearer ${ready.adminToken}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async end(signal) {
      child.kill(signal);
      const [code, ending] = await ended;
      return { code, signal: ending };
    },
  };
}
