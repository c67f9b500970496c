import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { attachmentHeaders } from './attachment-headers.ts';
import { removeFile, writeDurably } from './attachment-files.ts';
import { FileMissing, FileTooLarge, UploadQuotaUsed } from './attachments.errors.ts';
import {
  attachmentById,
  bytesUploadedSince,
  claimRows,
  deleteUnclaimedRow,
  insertWithinQuota,
  listAttachmentsOf,
  type AttachmentRow,
} from './attachments.queries.ts';
import type { Attachment } from './conversations.contract.ts';
import { safeFileName } from './file-name.ts';
import { sniffMediaType } from './media-type.ts';

/** Whose upload it is; only they can put it into a message. */
export type Uploader = `agent:${string}` | `member:${string}` | `device:${string}`;

export interface Upload {
  readonly stream: Readable;
  /** As the sender has it. */
  readonly fileName: string;
  readonly uploadedBy: Uploader;
  /** The most one file may have. */
  readonly maxBytes: number;
}

export function toAttachment(row: AttachmentRow): Attachment {
  return { id: row.id, fileName: row.file_name, mediaType: row.media_type, byteSize: row.byte_size, createdAt: row.created_at };
}

const gigabyte = 1024 ** 3;

/** What one person may send within a day: plenty for any real case, little enough that nobody fills the disk. */
function dailyQuota({ uploadedBy, maxBytes }: Upload): number {
  return uploadedBy.startsWith('agent:') ? Math.max(20 * gigabyte, 100 * maxBytes) : Math.max(gigabyte, 10 * maxBytes);
}

/**
 * Streams a file to disk and keeps it until a message takes it along. When this resolves, the file survives a power cut.
 * When it rejects, nothing of it is left.
 * @throws FileTooLarge, UploadQuotaUsed, UploadInterrupted, StorageUnavailable, InvalidInput for an empty file
 */
export async function storeUpload(ctx: Context, upload: Upload): Promise<Attachment> {
  const fileName = safeFileName(upload.fileName);
  const quota = { bytes: dailyQuota(upload), since: new Date(ctx.now().getTime() - 86_400_000).toISOString() };
  const used = await ctx.hot.first(bytesUploadedSince, { uploadedBy: upload.uploadedBy, since: quota.since });
  const left = quota.bytes - (used?.bytes ?? 0);

  const stored = await writeDurably(ctx.folder.attachments, {
    stream: upload.stream,
    fileName,
    onSize(bytes) {
      if (bytes > upload.maxBytes) throw new FileTooLarge(fileName, upload.maxBytes);
      if (bytes > left) throw new UploadQuotaUsed(quota.bytes);
    },
    onEnd(bytes) {
      // A multipart parser that cut the file at its own limit says so on the stream.
      if ('truncated' in upload.stream && upload.stream.truncated === true) throw new FileTooLarge(fileName, upload.maxBytes);
      if (bytes === 0) throw new InvalidInput([{ path: 'file', message: `“${fileName}” is empty. Choose another file.` }]);
    },
  });

  const row = {
    id: newId(),
    uploaded_by: upload.uploadedBy,
    file_name: fileName,
    media_type: await sniffMediaType(stored.head),
    byte_size: stored.byteSize,
    sha256: stored.sha256,
    storage_name: stored.storageName,
    created_at: isoNow(ctx),
  };
  try {
    if (!(await insertWithinQuota(ctx.db, row, quota))) throw new UploadQuotaUsed(quota.bytes);
  } catch (error) {
    await removeFile(ctx.folder.attachments, stored.storageName);
    throw error;
  }
  return toAttachment({ ...row, message_id: null });
}

/** Takes back an upload that no message has taken yet. */
export async function discardUpload(ctx: Context, id: string, uploadedBy: Uploader): Promise<void> {
  const row = await deleteUnclaimedRow(ctx.db, id, uploadedBy);
  if (row === undefined) throw new NotFound('This file');
  await removeFile(ctx.folder.attachments, row.storage_name);
}

/**
 * Puts waiting uploads into a message, all or none. Call it in the transaction that writes the message.
 * @throws InvalidInput when one is not there any more, is in another message already or is somebody else's
 */
export async function claimAttachments(
  ctx: Context,
  claim: { readonly ids: readonly string[]; readonly uploadedBy: Uploader; readonly messageId: string },
): Promise<Attachment[]> {
  if (claim.ids.length === 0) return [];
  const ids = [...new Set(claim.ids)];
  const claimed = await inTransaction(ctx, async (ctx) => claimRows(ctx.db, { ...claim, ids }));
  if (claimed !== ids.length)
    throw new InvalidInput([{ path: 'attachmentIds', message: 'A file is no longer there: uploads are kept for a day. Attach it again.' }]);
  return (await listAttachmentsOf(ctx.db, claim.messageId)).map(toAttachment);
}

/** A file to be sent: its bytes and the headers that make them harmless. */
export interface OpenedAttachment {
  readonly stream: Readable;
  readonly headers: Readonly<Record<string, string>>;
}

/** Opens an attachment's file. Whether the caller may see it is decided before. */
export async function openStoredFile(
  ctx: Context,
  file: Pick<AttachmentRow, 'file_name' | 'media_type' | 'byte_size' | 'storage_name'>,
  wish: 'show' | 'download',
): Promise<OpenedAttachment> {
  const handle = await open(path.join(ctx.folder.attachments, file.storage_name), 'r').catch((error: unknown) => {
    ctx.log.error({ err: error }, 'an attachment’s file is missing');
    throw new FileMissing(file.file_name);
  });
  const headers = attachmentHeaders({ fileName: file.file_name, mediaType: file.media_type, byteSize: file.byte_size }, wish);
  return { stream: handle.createReadStream(), headers };
}

/** Opens any attachment: for agents. Customers go through `openCustomerAttachment`. */
export async function openAttachment(ctx: Context, id: string, wish: 'show' | 'download' = 'show'): Promise<OpenedAttachment> {
  const row = await ctx.hot.first(attachmentById, { id });
  if (row === undefined) throw new NotFound('This file');
  return openStoredFile(ctx, row, wish);
}
