import { closeSync, existsSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { DestinationStream } from 'pino';
import { makeFolder } from './make-folder.ts';
import { UnusableDataFolder } from './open-data-folder.ts';

const largest = 10 * 1024 * 1024;
const kept = 5;

/** The server's log in the data folder, so that standard output stays free for what the command says. */
export interface LogFile {
  readonly destination: DestinationStream;
  /** Starts a new file when this one is large; the last five are kept. */
  rotateIfLarge(): void;
  close(): void;
}

/**
 * Each line is written at once: what a crash leaves behind is what is needed most. A line the disk does not take is lost;
 * a full disk must not end what still works. Pino's own writer throws there, and waits for ever when it is to end.
 * @throws UnusableDataFolder
 */
export function openLogFile(folder: string): LogFile {
  const file = path.join(folder, 'doorline.log');
  let handle = open();

  function open(): number {
    try {
      makeFolder(folder);
      return openSync(file, 'a', 0o600);
    } catch (error) {
      throw new UnusableDataFolder(folder, error);
    }
  }

  function shift(): void {
    rmSync(`${file}.${kept}`, { force: true });
    for (let number = kept - 1; number >= 1; number -= 1) {
      if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
    }
    renameSync(file, `${file}.1`);
  }

  return {
    destination: {
      write(line) {
        try {
          writeSync(handle, line);
        } catch {
          // There is nowhere to say so.
        }
      },
    },
    rotateIfLarge() {
      if (fstatSync(handle).size < largest) return;
      shift();
      const full = handle;
      handle = open();
      closeSync(full);
    },
    close() {
      closeSync(handle);
      // The number may soon mean another file, and a straggler may still want to log.
      handle = -1;
    },
  };
}
