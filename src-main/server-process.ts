import path from 'node:path';
import { utilityProcess } from 'electron';
import type { ReadyMessage, ServerChild } from './server/server-supervisor.ts';

/** Reads the server's first line; undefined for anything that is not its ready message. */
export function parseReady(line: string): ReadyMessage | undefined {
  try {
    const message = JSON.parse(line) as Partial<ReadyMessage>;
    return message.event === 'ready' && typeof message.adminUrl === 'string' && typeof message.adminToken === 'string' ? (message as ReadyMessage) : undefined;
  } catch {
    return undefined;
  }
}

/** Hands on complete lines of a stream that comes in pieces. */
export function eachLine(onLine: (line: string) => void): (piece: Buffer | string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}

/** Starts the same server entry as `doorline serve`, as Electron's utility process: a process of its own, not a window's. */
export function startServerProcess(options: { readonly appRoot: string; readonly dataFolder: string; readonly onLog: (line: string) => void }): ServerChild {
  const entry = path.join(options.appRoot, 'dist/server/cli.js');
  const child = utilityProcess.fork(entry, ['serve', '--data', options.dataFolder, '--json'], { serviceName: 'Doorline server', stdio: 'pipe' });
  let lastComplaint = '';
  const readyListeners: ((ready: ReadyMessage) => void)[] = [];

  child.stdout?.on(
    'data',
    eachLine((line) => {
      const ready = parseReady(line);
      // The ready line holds the console's key: it goes to its listeners and never into the log.
      if (ready === undefined) options.onLog(line);
      else for (const listener of readyListeners) listener(ready);
    }),
  );
  child.stderr?.on(
    'data',
    eachLine((line) => {
      lastComplaint = line;
      options.onLog(line);
    }),
  );

  return {
    onReady: (listener) => readyListeners.push(listener),
    onExit: (listener) => child.once('exit', (code) => listener({ code, message: lastComplaint })),
    // A utility process can't be sent SIGTERM on Windows; the server drains on this message as it does on the signal.
    stop: () => child.postMessage({ event: 'stop' }),
    kill: () => void child.kill(),
  };
}
