import { Readable } from 'node:stream';
import { storeUpload, type Uploader } from '#server/conversations/attachments.service.ts';
import type { Context } from '#server/kernel/context.ts';

const megabyte = 1_048_576;

/** Stores a file as if it had just been uploaded. */
export function givenUpload(
  ctx: Context,
  upload: { readonly content?: string | Uint8Array; readonly fileName?: string; readonly uploadedBy?: Uploader; readonly maxBytes?: number } = {},
) {
  return storeUpload(ctx, {
    stream: Readable.from([Buffer.from(upload.content ?? 'some text')]),
    fileName: upload.fileName ?? 'note.txt',
    uploadedBy: upload.uploadedBy ?? 'agent:owner',
    maxBytes: upload.maxBytes ?? 25 * megabyte,
  });
}

/** The body and headers of a multipart/form-data request with one file, as a browser writes it. */
export function multipartOf(file: { readonly fileName: string; readonly content: string | Uint8Array; readonly type?: string }) {
  const boundary = '----doorline-test-boundary';
  const escaped = file.fileName.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${escaped}"\r\ncontent-type: ${file.type ?? 'application/octet-stream'}\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(file.content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
