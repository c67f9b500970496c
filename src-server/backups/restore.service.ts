import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { carryOutRestore } from '../config/pending-restore.ts';
import { connect, databaseFile } from '../database/connect.ts';
import { findDamage } from '../database/integrity.ts';
import { newestVersion, versionOf } from '../database/migrate.ts';
import { createVault } from '../kernel/data-folder.ts';
import { newId } from '../kernel/ids.ts';
import { attachmentFolder, databaseName, isAttachmentPath, keyName, type BackupManifest } from './backup-manifest.ts';
import { NewerBackup, UnusableBackup } from './backups.errors.ts';
import type { OnBackupProgress } from './backups.service.ts';
import { findSealed, listAttachmentFiles } from './backups.queries.ts';
import { readArchive } from './read-archive.ts';

/** What a restore came to. */
export interface Restored {
  readonly createdAt: string;
  readonly doorlineVersion: string;
  /** Where the data that was there before lies now; null when the folder held none. */
  readonly keptIn: string | null;
  readonly attachments: number;
  readonly missing: readonly string[];
}

function readKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new UnusableBackup('its key is not a key.');
  return key;
}

/** Opens the unpacked database and sees that database, key and attachments belong together. */
async function checkTogether(staged: string, manifest: BackupManifest): Promise<void> {
  const file = path.join(staged, databaseName);
  const damage = await findDamage(file);
  if (damage.length > 0) throw new UnusableBackup(`its database is damaged (${damage[0] ?? ''}).`);
  const vault = createVault(readKey(path.join(staged, keyName)));
  const present = new Set([...manifest.files.map(({ path: name }) => name), ...manifest.missing]);

  const database = connect(file);
  try {
    const found = versionOf(database.connection);
    if (found > newestVersion) throw new NewerBackup(manifest.doorlineVersion);
    if (found !== manifest.databaseVersion) throw new UnusableBackup('its database is not of the version its list of contents says.');
    const sealed = await findSealed(database.db);
    if (sealed !== undefined && !opens(vault, sealed.private_key_sealed)) throw new UnusableBackup('its key does not open the secrets in its database.');
    let after = '';
    for (;;) {
      const rows = await listAttachmentFiles(database.db, { after, limit: 1000 });
      const lost = rows.find((row) => !present.has(`${attachmentFolder}/${row.storage_name}`));
      if (lost !== undefined) throw new UnusableBackup(`the attachment ${lost.storage_name} is missing from it.`);
      if (rows.length < 1000) return;
      after = rows.at(-1)?.id ?? '';
    }
  } finally {
    await database.close();
  }
}

function opens(vault: ReturnType<typeof createVault>, sealed: string): boolean {
  try {
    vault.open(sealed);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts a backup in place of what is in the data folder, which must be locked by the caller. Everything is unpacked and
 * checked beside the live data first; the old data is kept, and phones revoked since stay revoked.
 * @throws UnusableBackup, NewerBackup, NoRoom, UnusableBackupFile, each before anything was touched
 */
export async function restoreBackup(
  root: string,
  { file, onProgress = () => undefined }: { readonly file: string; readonly onProgress?: OnBackupProgress },
): Promise<Restored> {
  const stagedName = `.restore-${newId()}`;
  const staged = path.join(root, stagedName);
  mkdirSync(staged, { mode: 0o700 });
  try {
    const manifest = await readArchive(file, { into: staged, onBytes: (done, total) => onProgress({ label: 'Reading the backup (bytes)', done, total }) });
    if (manifest.databaseVersion > newestVersion) throw new NewerBackup(manifest.doorlineVersion);
    await checkTogether(staged, manifest);

    const hadDesk = existsSync(databaseFile(root));
    const kept = `before-restore-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`;
    carryOutRestore(root, { staged: stagedName, kept });
    return {
      createdAt: manifest.createdAt,
      doorlineVersion: manifest.doorlineVersion,
      keptIn: hadDesk ? path.join(root, kept) : null,
      attachments: manifest.files.filter((archived) => isAttachmentPath(archived.path)).length,
      missing: manifest.missing,
    };
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}
