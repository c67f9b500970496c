import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { UnusableDataFolder } from './open-data-folder.ts';

const largest = 10 * 1024 * 1024;
const kept = 5;

/** The server's log in the data folder, so that standard output stays free for what the command says. */
export interface LogFile {
  readonly destination: ReturnType<typeof pino.destination>;
  /** Starts a new file when this one is large; the last five are kept. */
  rotateIfLarge(): void;
  close(): void;
}

function openDestination(file: string): LogFile['destination'] {
  try {
    return pino.destination({ dest: file, sync: true, mkdir: true, mode: 0o600 });
  } catch (error) {
    throw new UnusableDataFolder(path.dirname(file), error);
  }
}

/** @throws UnusableDataFolder */
export function openLogFile(folder: string): LogFile {
  const file = path.join(folder, 'doorline.log');
  // Written at once: what a crash leaves behind is what is needed most.
  const destination = openDestination(file);

  function shift(): void {
    rmSync(`${file}.${kept}`, { force: true });
    for (let number = kept - 1; number >= 1; number -= 1) {
      if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
    }
    renameSync(file, `${file}.1`);
  }

  return {
    destination,
    rotateIfLarge() {
      if (!existsSync(file) || statSync(file).size < largest) return;
      shift();
      destination.reopen();
    },
    close() {
      destination.flushSync();
      destination.end();
    },
  };
}
