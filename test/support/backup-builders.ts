import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { onTestFinished } from 'vitest';
import { makeBackup } from '#server/backups/backups.service.ts';
import { openDataFolder } from '#server/config/open-data-folder.ts';
import { databaseFile } from '#server/database/connect.ts';
import { openDatabase } from '#server/database/open-database.ts';
import { ensureServerCertificate } from '#server/certificates/certificates.service.ts';
import { newId } from '#server/kernel/ids.ts';
import { systemActor, type Context } from '#server/kernel/context.ts';
import { createLog } from '#server/kernel/log.ts';
import { temporaryFolder } from './test-context.ts';

/** A desk whose database can be closed before the test's end, as a restore needs. */
export interface GivenDesk {
  readonly ctx: Context;
  readonly folder: string;
  close(): Promise<void>;
}

export async function openDeskIn(folder: string): Promise<GivenDesk> {
  const data = openDataFolder(folder);
  const database = await openDatabase(databaseFile(data.root));
  let isOpen = true;
  async function close(): Promise<void> {
    if (isOpen) await database.close();
    isOpen = false;
  }
  onTestFinished(close);
  const ctx: Context = { db: database.db, hot: database.hot, actor: systemActor, now: () => new Date(), log: createLog({ level: 'silent' }), folder: data };
  return { ctx, folder, close };
}

/** An attachment as an upload leaves it: a row and its file. */
export async function givenAttachmentFile(ctx: Context, content: Buffer = randomBytes(5000)): Promise<{ readonly id: string; readonly file: string }> {
  const id = newId();
  const storageName = randomBytes(12).toString('hex');
  const file = path.join(ctx.folder.attachments, storageName);
  mkdirSync(ctx.folder.attachments, { recursive: true });
  writeFileSync(file, content);
  await ctx.db
    .insertInto('attachments')
    .values({
      id,
      message_id: null,
      uploaded_by: 'agent:owner',
      file_name: 'photo.jpg',
      media_type: 'image/jpeg',
      byte_size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      storage_name: storageName,
      created_at: new Date().toISOString(),
    })
    .execute();
  return { id, file };
}

/** A desk with a secret, some attachments, and a backup of all of it. */
export async function givenBackup(): Promise<GivenDesk & { readonly backup: string }> {
  const desk = await openDeskIn(temporaryFolder());
  await ensureServerCertificate(desk.ctx);
  for (let count = 0; count < 3; count += 1) await givenAttachmentFile(desk.ctx);
  const backup = path.join(temporaryFolder(), 'desk.tar.gz');
  await makeBackup(desk.ctx, { target: backup });
  return { ...desk, backup };
}

/** One entry of an archive, to be put together again differently. */
export interface ArchiveEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly type?: 'file' | 'symlink' | 'directory' | 'link';
  readonly linkname?: string;
}

export async function readEntries(archive: string): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  const reader = extract();
  reader.on('entry', (header, stream, next) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(chunk as Buffer)); // Of an archive of bytes.
    stream.on('end', () => {
      entries.push({ name: header.name, content: Buffer.concat(chunks) });
      next();
    });
  });
  reader.end(gunzipSync(readFileSync(archive)));
  await finished(reader);
  return entries;
}

export async function writeEntries(archive: string, entries: readonly ArchiveEntry[]): Promise<void> {
  const writer = pack();
  for (const { name, content, type = 'file', linkname } of entries) {
    const header = { name, type, ...(linkname === undefined ? {} : { linkname }) };
    if (type === 'file') writer.entry({ ...header, size: content.length }, content);
    else writer.entry({ ...header, size: 0 }, '');
  }
  writer.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of writer as AsyncIterable<Buffer>) chunks.push(chunk);
  writeFileSync(archive, gzipSync(Buffer.concat(chunks)));
}

/** The entry of a changed file, with its line in the list of contents changed to match. */
export function withContent(entries: readonly ArchiveEntry[], name: string, content: Buffer): ArchiveEntry[] {
  return withManifest(
    entries.map((entry) => (entry.name === name ? { ...entry, content } : entry)),
    (manifest) => ({
      ...manifest,
      files: manifest.files.map((file) =>
        file.path === name ? { ...file, byteSize: content.length, sha256: createHash('sha256').update(content).digest('hex') } : file,
      ),
    }),
  );
}

type Manifest = { files: { path: string; byteSize: number; sha256: string }[] } & Record<string, unknown>;

export function withManifest(entries: readonly ArchiveEntry[], change: (manifest: Manifest) => object): ArchiveEntry[] {
  return entries.map((entry) =>
    entry.name === 'manifest.json' ? { ...entry, content: Buffer.from(JSON.stringify(change(JSON.parse(entry.content.toString()) as Manifest))) } : entry,
  );
}
