import { existsSync } from 'node:fs';
import { readdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { recordAct } from '../audit/audit.service.ts';
import { makeFolder } from '../config/make-folder.ts';
import { connect, databaseFile } from '../database/connect.ts';
import { findDamage } from '../database/integrity.ts';
import { newestVersion } from '../database/migrate.ts';
import { copyDatabase } from '../database/snapshot.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import { version } from '../kernel/version.ts';
import { attachmentFolder, backupFormat, databaseName, importFolder, keyName } from './backup-manifest.ts';
import type { Backup } from './backups.contract.ts';
import { BackupRunning, NoRoom, UnusableBackup, UnusableBackupFile } from './backups.errors.ts';
import { deleteBackup, findNewestGood, insertBackup, listAttachmentFiles, listBackupRows, listImportFiles, type BackupRow } from './backups.queries.ts';
import { readArchive } from './read-archive.ts';
import { writeArchive, type ArchivedFile } from './write-archive.ts';

/** How many of our own backups are kept. */
const kept = 14;

/** How far a backup is. */
export type OnBackupProgress = (progress: { readonly label: string; readonly done: number; readonly total: number }) => void;

function toBackup(row: BackupRow): Backup {
  return {
    id: row.id,
    fileName: path.basename(row.file_path),
    filePath: row.file_path,
    byteSize: row.byte_size,
    isVerified: row.is_verified === 1,
    error: row.error,
    createdAt: row.created_at,
  };
}

/** The newest backups, newest first. They are few, so it is one page. */
export async function listBackups(ctx: Context): Promise<Page<Backup>> {
  return { items: (await listBackupRows(ctx.db, 100)).map(toBackup), nextCursor: null };
}

/**
 * The files of imports, so that one which was checked, or stopped half-way, can go on after a restore, and one which was
 * undone can be run again. Old ones are forgotten on purpose, so a file that is not there is no gap.
 */
async function importFilesOf(ctx: Context, db: Context['db']): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  for (const row of await listImportFiles(db)) {
    const name = path.basename(row.file_path);
    const file = path.join(ctx.folder.imports, name);
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined) files.push({ path: `${importFolder}/${name}`, file, byteSize: found.size });
  }
  return files;
}

/** The files a copy of the database knows, and the names of attachments that are not there. */
async function filesOf(ctx: Context, snapshot: string): Promise<{ readonly files: ArchivedFile[]; readonly missing: string[] }> {
  const copy = connect(snapshot);
  try {
    const files = await importFilesOf(ctx, copy.db);
    const missing: string[] = [];
    let after = '';
    for (;;) {
      const rows = await listAttachmentFiles(copy.db, { after, limit: 1000 });
      for (const row of rows) {
        const file = path.join(ctx.folder.attachments, row.storage_name);
        const found = await stat(file).catch(() => undefined);
        const archived = { path: `${attachmentFolder}/${row.storage_name}`, file, byteSize: row.byte_size };
        if (found?.size === row.byte_size) files.push(archived);
        else missing.push(archived.path);
        after = row.id;
      }
      if (rows.length < 1000) return { files, missing };
    }
  } finally {
    await copy.close();
  }
}

async function refuseWithoutRoom(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < neededBytes) throw new NoRoom(folder, neededBytes, bavail * bsize);
}

async function prepareTarget(ctx: Context, target: string): Promise<void> {
  const folder = path.dirname(target);
  try {
    makeFolder(folder);
    await refuseWithoutRoom(folder, (await stat(databaseFile(ctx.folder.root))).size);
  } catch (error) {
    if (error instanceof NoRoom) throw error;
    throw new UnusableBackupFile(target, error instanceof Error ? error.message : String(error));
  }
  if (existsSync(target)) throw new UnusableBackupFile(target, 'there is a file of this name already');
}

/**
 * Writes everything into `target` while the desk goes on working, and reads it back from end to end.
 * @throws NoRoom, UnusableBackupFile, UnusableBackup when what was written is not what should be there
 */
async function writeBackup(ctx: Context, target: string, onProgress: OnBackupProgress): Promise<{ readonly byteSize: number; readonly missing: string[] }> {
  const snapshot = path.join(ctx.folder.backups, `.snapshot-${newId()}.sqlite`);
  try {
    await copyDatabase(databaseFile(ctx.folder.root), snapshot, (done, total) => onProgress({ label: 'Copying the database (pages)', done, total }));
    const damage = await findDamage(snapshot);
    if (damage.length > 0) throw new UnusableBackup(`the database itself is damaged (${damage[0] ?? ''}).`);
    const { files, missing } = await filesOf(ctx, snapshot);
    const key = path.join(ctx.folder.root, keyName);
    const all: ArchivedFile[] = [
      { path: databaseName, file: snapshot, byteSize: (await stat(snapshot)).size },
      { path: keyName, file: key, byteSize: (await stat(key)).size },
      ...files,
    ];
    const total = all.reduce((sum, file) => sum + file.byteSize, 0);
    await refuseWithoutRoom(path.dirname(target), total);
    let done = 0;
    const gone = await writeArchive(target, all, {
      manifest: { format: backupFormat, doorlineVersion: version, databaseVersion: newestVersion, createdAt: isoNow(ctx), missing },
      onBytes(bytes) {
        done += bytes;
        onProgress({ label: 'Writing the backup (bytes)', done, total });
      },
    });
    await readArchive(target, { onBytes: (read, size) => onProgress({ label: 'Reading it back (bytes)', done: read, total: size }) });
    return { byteSize: (await stat(target)).size, missing: [...missing, ...gone] };
  } finally {
    for (const file of [snapshot, `${snapshot}-wal`, `${snapshot}-shm`]) await rm(file, { force: true });
  }
}

/** What a disk refuses is said as what it is; anything else is a mistake of ours. */
function inWords(error: unknown, target: string): unknown {
  const isRefusal = error instanceof Error && 'code' in error && 'syscall' in error;
  return isRefusal ? new UnusableBackupFile(target, error.message) : error;
}

function warningOf(missing: readonly string[]): string | null {
  if (missing.length === 0) return null;
  return missing.length === 1
    ? 'The file of one attachment is gone, so the backup has it not.'
    : `The files of ${missing.length} attachments are gone, so the backup has them not.`;
}

/** Makes a backup, verified, and writes down what came of it, also when it failed. */
export async function makeBackup(
  ctx: Context,
  { target, onProgress = () => undefined }: { readonly target: string; readonly onProgress?: OnBackupProgress },
): Promise<Backup> {
  const about = { id: newId(), file_path: path.resolve(target), created_at: isoNow(ctx) };
  // A place that can't be used is the asker's mistake, not a backup that failed.
  await prepareTarget(ctx, about.file_path);
  try {
    const { byteSize, missing } = await writeBackup(ctx, about.file_path, onProgress);
    const row = { ...about, byte_size: byteSize, is_verified: 1 as const, error: warningOf(missing) };
    await noteBackup(ctx, row);
    return toBackup(row);
  } catch (cause) {
    const error = inWords(cause, about.file_path);
    const why = error instanceof Error ? error.message : String(error);
    await noteBackup(ctx, { ...about, byte_size: 0, is_verified: 0, error: why });
    throw error;
  }
}

function noteBackup(ctx: Context, row: BackupRow): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await insertBackup(ctx.db, row);
    await recordAct(ctx, { action: row.is_verified === 1 ? 'backup.made' : 'backup.failed', detail: { file: row.file_path, bytes: row.byte_size } });
  });
}

/** Backups of one process, one at a time. */
export interface Backups {
  /** Makes one in the data folder and removes those beyond the newest fourteen. @throws BackupRunning */
  make(ctx: Context): Promise<Backup>;
}

export function createBackups(): Backups {
  let isRunning = false;
  return {
    async make(ctx) {
      if (isRunning) throw new BackupRunning();
      isRunning = true;
      try {
        await removeRemains(ctx);
        const name = `doorline-${isoNow(ctx).slice(0, 19).replaceAll(':', '-')}.tar.gz`;
        const backup = await makeBackup(ctx, { target: path.join(ctx.folder.backups, name) });
        await removeOldBackups(ctx);
        return backup;
      } finally {
        isRunning = false;
      }
    },
  };
}

/** What a backup that was killed left behind. A day is longer than any backup takes, so none that runs is touched. */
async function removeRemains(ctx: Context): Promise<void> {
  for (const name of await readdir(ctx.folder.backups)) {
    if (!name.startsWith('.snapshot-') && !name.endsWith('.part')) continue;
    const file = path.join(ctx.folder.backups, name);
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > 86_400_000) await rm(file, { force: true });
  }
}

/** Only files in our own folder are removed; a backup written elsewhere is somebody's to keep. */
async function removeOldBackups(ctx: Context): Promise<void> {
  const own = (await listBackupRows(ctx.db, 1000)).filter((row) => path.dirname(row.file_path) === ctx.folder.backups);
  const good = own.filter((row) => row.is_verified === 1);
  const oldest = good[kept - 1]?.created_at;
  if (oldest === undefined) return;
  for (const row of own.filter((candidate) => candidate.created_at < oldest)) {
    await rm(row.file_path, { force: true });
    await deleteBackup(ctx.db, row.id);
  }
}

/** When the newest good backup was made; undefined when there is none. */
export async function lastGoodBackup(ctx: Context): Promise<Date | undefined> {
  const row = await findNewestGood(ctx.db);
  return row === undefined ? undefined : new Date(row.created_at);
}
