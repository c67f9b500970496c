import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A second host on a network of its own: a Linux network namespace joined to this one by a virtual cable. What runs
 * inside reaches this machine only over that network, as a customer's PC or a phone would.
 */
export interface Lan {
  /** This machine's address on the network. */
  readonly serverAddress: string;
  /** An executable that starts `program` on the other host. */
  wrap(program: string): string;
  /** Runs a program on the other host to its end; its exit code and output. */
  run(program: string, args: readonly string[]): Promise<{ code: number | null; output: string }>;
  close(): void;
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

/** Makes the namespace. Needs root and iproute2, which `npm test` brings; without them it throws and says so. */
export function openLan(): Lan {
  const name = `door${process.pid % 10_000}`;
  const [here, there] = [`${name}a`, `${name}b`];
  const subnet = `10.${100 + (process.pid % 100)}.${process.pid % 250}`;
  try {
    ip('netns', 'add', name);
    ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
    ip('addr', 'add', `${subnet}.1/24`, 'dev', here);
    ip('link', 'set', here, 'up');
    ip('-n', name, 'addr', 'add', `${subnet}.2/24`, 'dev', there);
    ip('-n', name, 'link', 'set', there, 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
  } catch (error) {
    throw new Error('The network namespace for the LAN parts can’t be made: run the tests as root on Linux with iproute2 installed.', { cause: error });
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'doorline-lan-'));
  const children = new Set<ChildProcess>();

  return {
    serverAddress: `${subnet}.1`,
    wrap(program) {
      const file = path.join(folder, path.basename(program));
      writeFileSync(file, `#!/bin/sh\nexec ip netns exec ${name} ${program} "$@"\n`);
      chmodSync(file, 0o755);
      return file;
    },
    run(program, args) {
      return new Promise((resolve, reject) => {
        const child = spawn('ip', ['netns', 'exec', name, program, ...args], { stdio: 'pipe' });
        children.add(child);
        let output = '';
        child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
        child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
        child.on('error', reject);
        child.on('exit', (code) => {
          children.delete(child);
          resolve({ code, output });
        });
      });
    },
    close() {
      for (const child of children) child.kill('SIGKILL');
      ip('netns', 'del', name);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
