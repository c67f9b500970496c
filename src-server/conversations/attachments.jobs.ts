import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../kernel/context.ts';
import type { Job } from '../kernel/jobs.ts';
import { isPartial, removeFile } from './attachment-files.ts';
import { deleteUnclaimedRows, listKnownNames } from './attachments.queries.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Removes uploads that no message took within a day. The row goes first: a file without a row is found below. */
export async function removeUnclaimedUploads(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - day).toISOString();
  for (;;) {
    const rows = await deleteUnclaimedRows(ctx.db, before);
    for (const row of rows) await removeFile(ctx.folder.attachments, row.storage_name);
    if (rows.length < 500) return;
  }
}

/**
 * Removes files that nothing refers to: what a crash left half written (after an hour) and the files of deleted messages
 * (after a day, so that a file whose row is about to be written is never one of them).
 */
export async function removeStrayFiles(ctx: Context): Promise<void> {
  const folder = ctx.folder.attachments;
  const now = ctx.now().getTime();
  let unsure: string[] = [];

  async function removeUnknown(): Promise<void> {
    const known = new Set((await listKnownNames(ctx.db, unsure)).map((row) => row.storage_name));
    for (const name of unsure) if (!known.has(name)) await removeFile(folder, name);
    unsure = [];
  }

  for await (const entry of await opendir(folder)) {
    if (!entry.isFile()) continue;
    const about = await stat(path.join(folder, entry.name)).catch(() => undefined);
    if (about === undefined) continue;
    const age = now - about.mtimeMs;
    if (isPartial(entry.name)) {
      if (age > hour) await removeFile(folder, entry.name);
    } else if (age > day) {
      unsure.push(entry.name);
      if (unsure.length === 500) await removeUnknown();
    }
  }
  if (unsure.length > 0) await removeUnknown();
}

export const attachmentJobs: readonly Job[] = [
  { name: 'remove-unclaimed-uploads', everySeconds: 3600, run: removeUnclaimedUploads },
  { name: 'remove-stray-files', everySeconds: 24 * 3600, run: removeStrayFiles },
];
