import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { firstBrokenEntry } from '../audit/audit.service.ts';
import { databaseFile } from '../database/connect.ts';
import { findDamage } from '../database/integrity.ts';
import type { Context } from '../kernel/context.ts';
import type { OnBackupProgress } from './backups.service.ts';
import { countAttachments, findSealed, listAttachmentFiles } from './backups.queries.ts';

/** One part of the data and what is wrong with it. */
export interface Finding {
  readonly part: 'database' | 'key' | 'attachments' | 'audit-log';
  /** Empty: it is sound. */
  readonly problems: readonly string[];
}

async function hashOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) hash.update(chunk);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

async function checkAttachments(ctx: Context, onProgress: OnBackupProgress): Promise<string[]> {
  const total = await countAttachments(ctx.db);
  const problems: string[] = [];
  let done = 0;
  let after = '';
  for (;;) {
    const rows = await listAttachmentFiles(ctx.db, { after, limit: 500 });
    for (const row of rows) {
      const hash = await hashOf(path.join(ctx.folder.attachments, row.storage_name));
      if (hash === undefined) problems.push(`The file of attachment ${row.id} (attachments/${row.storage_name}) is missing or can’t be read.`);
      else if (hash !== row.sha256) problems.push(`The file of attachment ${row.id} (attachments/${row.storage_name}) was changed.`);
      after = row.id;
      done += 1;
      onProgress({ label: 'Reading attachments', done, total });
    }
    if (rows.length < 500) return problems;
  }
}

async function checkKey(ctx: Context): Promise<string[]> {
  const sealed = await findSealed(ctx.db);
  if (sealed === undefined) return [];
  try {
    ctx.folder.vault.open(sealed.private_key_sealed);
    return [];
  } catch {
    return ['secret.key does not open the secrets in the database. Put back the key that belongs to it, or restore a backup.'];
  }
}

/** Looks through everything the desk keeps, without changing a byte. Works beside a running server. */
export async function checkDesk(ctx: Context, onProgress: OnBackupProgress): Promise<Finding[]> {
  const damage = await findDamage(databaseFile(ctx.folder.root));
  if (damage.length > 0) return [{ part: 'database', problems: damage }];
  const broken = await firstBrokenEntry(ctx);
  return [
    { part: 'database', problems: [] },
    { part: 'key', problems: await checkKey(ctx) },
    { part: 'attachments', problems: await checkAttachments(ctx, onProgress) },
    { part: 'audit-log', problems: broken === null ? [] : [`Entry ${broken} of the audit log was changed after it was written.`] },
  ];
}
