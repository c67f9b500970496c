import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The ready line of `doorline serve --json`. */
export interface Ready {
  readonly lanUrl: string;
  readonly adminUrl: string;
  readonly adminToken: string;
  readonly bootstrapUrl?: string;
}

/** A running desk: the real program, as a user would start it. */
export interface Desk extends Ready {
  readonly folder: string;
  readonly process: ChildProcess;
  /** Calls the admin plane as the console does. `path` starts after /admin/v1. */
  admin(method: string, path: string, body?: object): Promise<Response>;
  /** A link that opens the console in a browser. */
  consoleLink(): Promise<string>;
  stop(): Promise<void>;
}

const cli = path.resolve('bin/doorline.mjs');

/** Runs a `doorline` command to its end. */
export function doorline(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Starts `doorline serve` on a folder and waits until it listens. */
export async function startDesk(options: { readonly folder?: string; readonly lanHost?: string } = {}): Promise<Desk> {
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'doorline-e2e-'));
  const child = spawn(
    process.execPath,
    [cli, 'serve', '--data', folder, '--lan-host', options.lanHost ?? '127.0.0.1', '--lan-port', '0', '--admin-port', '0', '--bootstrap-port', '0', '--json'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DOORLINE_LOG_LEVEL: 'warn' } },
  );
  let complaints = '';
  child.stderr.on('data', (piece: Buffer) => (complaints += piece.toString()));
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with code ${String(code)}: ${complaints}`)));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as Ready));
  });

  return {
    ...ready,
    folder,
    process: child,
    admin: (method, route, body) =>
      fetch(`${ready.adminUrl}/admin/v1${route}`, {
        method,
        headers: { authorization: `Bearer ${ready.adminToken}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async consoleLink() {
      const { stdout } = await doorline('console', '--data', folder, '--json');
      return (JSON.parse(stdout) as { url: string }).url;
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await new Promise((resolve) => child.once('exit', resolve));
      }
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
