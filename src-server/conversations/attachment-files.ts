import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { newSecret } from '../kernel/secrets.ts';
import { StorageUnavailable, UploadInterrupted } from './attachments.errors.ts';
import { sniffedBytes } from './media-type.ts';

// Files on disk. A name is random and says nothing; while a file is still arriving it ends in `.part`.

const partial = '.part';

export function isPartial(name: string): boolean {
  return name.endsWith(partial);
}

export interface StoredFile {
  readonly storageName: string;
  readonly byteSize: number;
  /** Hex. */
  readonly sha256: string;
  /** The first `sniffedBytes`. */
  readonly head: Buffer;
}

interface Arrival {
  readonly stream: Readable;
  readonly fileName: string;
  /** Called with the bytes so far; throws to refuse more. */
  readonly onSize: (bytes: number) => void;
  /** Called once all bytes are there; throws to refuse the file. */
  readonly onEnd: (bytes: number) => void;
}

const diskErrors = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE']);

/** Runs a step on the disk; what the disk refuses is said in words that help. */
async function onDisk<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    throw diskErrors.has(failure.code ?? '') ? new StorageUnavailable(failure) : error;
  }
}

/**
 * Chunks as they arrive; a connection that breaks becomes an error that says so. When the reader stops early the rest is
 * read and thrown away rather than the stream destroyed: only so does a browser that is still sending get our answer.
 */
async function* arriving({ stream, fileName }: Arrival): AsyncGenerator<Uint8Array> {
  const chunks = stream.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        throw new UploadInterrupted(fileName, error);
      });
      if (next.done === true) return;
      yield next.value as Uint8Array; // Of a stream of bytes.
    }
  } finally {
    await chunks.return?.();
    stream.on('error', () => undefined);
    stream.resume();
  }
}

/** Makes the names in a folder durable. Windows does so by itself and can't open a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file so that it survives a power cut: the bytes are flushed, then the file gets its name, then the name is
 * flushed. Only then does it resolve. When anything fails on the way, nothing stays behind.
 * @throws StorageUnavailable, UploadInterrupted, and whatever `onSize` and `onEnd` throw.
 */
export async function writeDurably(folder: string, arrival: Arrival): Promise<StoredFile> {
  const storageName = newSecret(160);
  const target = path.join(folder, storageName);
  const arrived = `${target}${partial}`;
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let byteSize = 0;
  let headSize = 0;

  try {
    const file = await onDisk(() => open(arrived, 'wx', 0o600));
    try {
      for await (const chunk of arriving(arrival)) {
        byteSize += chunk.byteLength;
        arrival.onSize(byteSize);
        hash.update(chunk);
        if (headSize < sniffedBytes) {
          head.push(chunk.subarray(0, sniffedBytes - headSize));
          headSize += Math.min(chunk.byteLength, sniffedBytes - headSize);
        }
        await onDisk(() => file.writeFile(chunk));
      }
      arrival.onEnd(byteSize);
      await onDisk(() => file.sync());
    } finally {
      await file.close();
    }
    await onDisk(() => rename(arrived, target));
    await onDisk(() => syncFolder(folder));
  } catch (error) {
    await Promise.all([rm(arrived, { force: true }), rm(target, { force: true })]);
    throw error;
  }
  return { storageName, byteSize, sha256: hash.digest('hex'), head: Buffer.concat(head) };
}

export async function removeFile(folder: string, name: string): Promise<void> {
  await rm(path.join(folder, name), { force: true });
}
