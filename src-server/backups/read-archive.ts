import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { attachmentFolder, BackupManifest, backupFormat, importFolder, isBackupPath, keyName, manifestName } from './backup-manifest.ts';
import { NewerBackup, NoRoom, UnusableBackup, UnusableBackupFile } from './backups.errors.ts';

const largestManifest = 256 * 1024 * 1024;
/** Left free on the disk whatever the archive claims to hold. */
const reserve = 64 * 1024 * 1024;

/** How far the reading is, in bytes of the archive. */
export type OnBytes = (done: number, total: number) => void;

interface FoundFile {
  readonly byteSize: number;
  readonly sha256: string;
}

/** One file of the archive as it comes by. */
type Entry = AsyncIterable<Buffer> & { readonly header: Header };

/** Where an entry's bytes go while they are hashed; undefined: nowhere. */
async function takeIn(entry: Entry, file: string | undefined): Promise<FoundFile> {
  const hash = createHash('sha256');
  let byteSize = 0;
  async function* counted(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      hash.update(chunk);
      byteSize += chunk.length;
      yield chunk;
    }
  }
  const target =
    file === undefined ? new Writable({ write: (_chunk, _encoding, done) => done() }) : createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true });
  await pipeline(entry, counted, target);
  return { byteSize, sha256: hash.digest('hex') };
}

async function readManifest(entry: Entry): Promise<BackupManifest> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  let json: unknown;
  try {
    json = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new UnusableBackup('its list of contents is damaged.');
  }
  const format = (json as { readonly format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > backupFormat) throw new NewerBackup(`backup format ${format}`);
  const manifest = BackupManifest.safeParse(json);
  if (!manifest.success) throw new UnusableBackup('its list of contents is damaged.');
  return manifest.data;
}

function compare(manifest: BackupManifest, found: ReadonlyMap<string, FoundFile>): void {
  const listed = new Set<string>();
  for (const file of manifest.files) {
    if (listed.has(file.path)) throw new UnusableBackup(`its list of contents names ${file.path} twice.`);
    listed.add(file.path);
    const real = found.get(file.path);
    if (real === undefined) throw new UnusableBackup(`${file.path} is missing from it.`);
    if (real.byteSize !== file.byteSize || real.sha256 !== file.sha256) throw new UnusableBackup(`${file.path} in it is damaged.`);
  }
  for (const name of found.keys()) if (!listed.has(name)) throw new UnusableBackup(`it holds ${name}, which its list of contents does not know.`);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The size of a backup's file. @throws UnusableBackupFile when there is none. */
export function requireFile(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new UnusableBackupFile(file, 'there is no such file');
  if (!found.isFile()) throw new UnusableBackupFile(file, 'it is not a file');
  return found.size;
}

/**
 * Reads a backup from end to end and compares every file with its list of contents. With `into` it is unpacked there.
 * @throws UnusableBackup, NewerBackup, NoRoom, UnusableBackupFile
 */
export async function readArchive(
  file: string,
  { into, onBytes = () => undefined }: { readonly into?: string; readonly onBytes?: OnBytes } = {},
): Promise<BackupManifest> {
  const total = requireFile(file);
  if (into !== undefined) {
    for (const folder of [attachmentFolder, importFolder]) await mkdir(path.join(into, folder), { recursive: true, mode: 0o700 });
  }

  const raw = createReadStream(file);
  let read = 0;
  raw.on('data', (chunk) => {
    read += chunk.length;
    onBytes(read, total);
  });
  const entries = extract();
  // Both are Node streams in all but their types.
  const unpacking = pipeline(raw, createGunzip(), entries as unknown as NodeJS.WritableStream);
  // Its failure is reported by the loop below, which reads the same stream.
  unpacking.catch(() => undefined);

  const found = new Map<string, FoundFile>();
  let manifest: BackupManifest | undefined;
  try {
    for await (const entry of entries as unknown as AsyncIterable<Entry>) {
      const { name, type, size } = entry.header;
      if (type !== 'file') throw new UnusableBackup(`it holds “${name}”, which is not a plain file.`);
      if (manifest !== undefined) throw new UnusableBackup('something follows its list of contents.');
      if (name === manifestName) {
        if (size > largestManifest) throw new UnusableBackup('its list of contents is too long.');
        manifest = await readManifest(entry);
        continue;
      }
      if (!isBackupPath(name)) throw new UnusableBackup(`it holds “${name}”, which has no place in a backup.`);
      if (found.has(name)) throw new UnusableBackup(`it holds ${name} twice.`);
      if (into !== undefined) {
        const free = await freeBytes(into);
        if (size + reserve > free) throw new NoRoom(into, size + reserve, free);
      }
      found.set(name, await takeIn(entry, into === undefined ? undefined : path.join(into, name)));
    }
    await unpacking;
  } catch (error) {
    raw.destroy();
    if (error instanceof UnusableBackup || error instanceof NewerBackup || error instanceof NoRoom) throw error;
    if (isDiskError(error)) throw new UnusableBackupFile(file, (error as Error).message);
    throw new UnusableBackup('the file is damaged or cut off.');
  }
  if (manifest === undefined) throw new UnusableBackup('it has no list of contents, so it is not a whole backup of Doorline.');
  compare(manifest, found);
  if (!found.has(keyName)) throw new UnusableBackup(`${keyName} is missing from it.`);
  return manifest;
}

function isDiskError(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
