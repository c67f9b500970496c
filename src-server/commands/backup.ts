import path from 'node:path';
import { makeBackup } from '../backups/backups.service.ts';
import { dataFolderOf, readFlags } from '../config/flags.ts';
import { openDesk } from './open-desk.ts';
import type { Output } from './output.ts';

/** `doorline backup FILE`: everything into one verified file, also while the server runs. */
export async function run(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = readFlags(args, { data: { type: 'string' } }, { names: ['The file to write the backup to'] });
  const desk = await openDesk(dataFolderOf(values.data), { mustExist: true });
  try {
    const backup = await makeBackup(desk.ctx, { target: path.resolve(positionals[0] ?? ''), onProgress: out.progress });
    if (backup.error !== null) out.warn(backup.error);
    out.result(
      { event: 'done', ...backup },
      `Backed up to ${backup.filePath} (${(backup.byteSize / 1_000_000).toLocaleString('en', { maximumSignificantDigits: 2 })} MB), read back and verified.\nIt holds the key to all secrets of the desk: keep it where only you can read it.`,
    );
    return 0;
  } finally {
    await desk.close();
  }
}
