import path from 'node:path';
import { requireFile } from '../backups/read-archive.ts';
import { restoreBackup } from '../backups/restore.service.ts';
import { dataFolderOf, readFlags } from '../config/flags.ts';
import { makeDataFolder } from '../config/open-data-folder.ts';
import { finishRestore } from '../config/pending-restore.ts';
import { takeDataLock } from '../database/data-lock.ts';
import { DeskInUse } from './open-desk.ts';
import type { Output } from './output.ts';

/** `doorline restore FILE`: puts a backup in place. The server must not run; the old data is kept beside the new. */
export async function run(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = readFlags(args, { data: { type: 'string' } }, { names: ['The backup to restore'] });
  const root = path.resolve(dataFolderOf(values.data));
  const file = path.resolve(positionals[0] ?? '');
  // Before the folder is made: a mistyped name leaves nothing behind.
  requireFile(file);
  makeDataFolder(root);
  const lock = takeDataLock(root);
  if (lock === undefined) throw new DeskInUse(root);
  try {
    finishRestore(root);
    const restored = await restoreBackup(root, { file, onProgress: out.progress });
    for (const name of restored.missing) out.warn(`${name} was missing already when the backup was made.`);
    out.result(
      { event: 'done', ...restored },
      `Restored the backup of ${restored.createdAt} with ${restored.attachments.toLocaleString('en')} attachments.${
        restored.keptIn === null ? '' : `\nThe data that was here before is in ${restored.keptIn}; remove it when you no longer need it.`
      }`,
    );
    return 0;
  } finally {
    lock.release();
  }
}
