import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { isAttachmentPath, manifestName, type BackupManifest } from './backup-manifest.ts';

/** A file to be put into a backup. */
export interface ArchivedFile {
  readonly path: string;
  readonly file: string;
  readonly byteSize: number;
}

type OnBytes = (bytes: number) => void;
type ListedFile = BackupManifest['files'][number];

/** Thrown away with the archive: a file changed its size while it was read. */
class FileChanged extends Error {}

function waitForDrain(entry: { once(event: 'drain', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    entry.once('drain', resolve);
  });
}

/** Undefined: somebody removed the file since it was looked for, as one may while the desk goes on working. */
function openIfThere(file: string): Promise<FileHandle | undefined> {
  return open(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Puts the file's bytes into the archive and hashes them on the way. */
async function copyInto(archive: Pack, source: FileHandle, { file, onBytes }: { readonly file: ArchivedFile; readonly onBytes: OnBytes }): Promise<string> {
  const hash = createHash('sha256');
  let byteSize = 0;
  const added = Promise.withResolvers<undefined>();
  const entry = archive.entry({ name: file.path, size: file.byteSize, mode: 0o600 }, (error) =>
    error === null || error === undefined ? added.resolve(undefined) : added.reject(error),
  );
  // When the disk refuses, the archive is torn down and its entry with it. `writeArchive` says so; here nobody may be listening.
  entry.on('error', () => undefined);
  added.promise.catch(() => undefined);
  for await (const chunk of source.createReadStream({ highWaterMark: 1024 * 1024, autoClose: false }) as AsyncIterable<Buffer>) {
    byteSize += chunk.length;
    if (byteSize > file.byteSize) throw new FileChanged(`${file.path} grew while it was backed up.`);
    hash.update(chunk);
    onBytes(chunk.length);
    // An entry that was torn down never drains.
    if (!entry.write(chunk)) await Promise.race([waitForDrain(entry), added.promise]);
  }
  if (byteSize !== file.byteSize) throw new FileChanged(`${file.path} shrank while it was backed up.`);
  entry.end(null);
  await added.promise;
  return hash.digest('hex');
}

async function addFile(archive: Pack, file: ArchivedFile, onBytes: OnBytes): Promise<ListedFile | undefined> {
  // Before its header is written, which can't be taken back.
  const source = await openIfThere(file.file);
  if (source === undefined) return undefined;
  try {
    return { path: file.path, byteSize: file.byteSize, sha256: await copyInto(archive, source, { file, onBytes }) };
  } finally {
    await source.close();
  }
}

async function syncFolderOf(file: string): Promise<void> {
  // Windows has no handle for folders, and does not need it.
  if (process.platform === 'win32') return;
  const folder = await open(path.dirname(file), 'r');
  await folder.sync();
  await folder.close();
}

/**
 * Writes the files and their list into one tar.gz. It appears under its name only when it is whole and on disk.
 * `manifest` is finished with what was really written; the answer names the attachments that were gone by then.
 */
export async function writeArchive(
  target: string,
  files: readonly ArchivedFile[],
  { manifest, onBytes }: { readonly manifest: Omit<BackupManifest, 'files'>; readonly onBytes: OnBytes },
): Promise<string[]> {
  const partial = `${target}.part`;
  const archive = pack();
  // It holds the key that opens every secret of the desk, so it is for this user only.
  const writing = pipeline(
    archive as AsyncIterable<Buffer>,
    createGzip({ level: constants.Z_BEST_SPEED }),
    createWriteStream(partial, { mode: 0o600, flush: true }),
  );
  try {
    const gone: string[] = [];
    const filling = (async () => {
      const listed: ListedFile[] = [];
      for (const file of files) {
        const added = await addFile(archive, file, onBytes);
        if (added === undefined) gone.push(file.path);
        else listed.push(added);
      }
      const list: BackupManifest = { ...manifest, files: listed, missing: [...manifest.missing, ...gone.filter(isAttachmentPath)] };
      archive.entry({ name: manifestName, mode: 0o600 }, JSON.stringify(list));
      archive.finalize();
    })();
    // A full disk ends the writing while the filling still waits for it to go on.
    await Promise.race([filling.then(() => writing), writing.then(() => filling)]);
    await rename(partial, target);
    await syncFolderOf(target);
    return gone.filter(isAttachmentPath);
  } catch (error) {
    archive.destroy();
    await writing.catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}
