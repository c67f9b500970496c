import { isInlineType } from './media-type.ts';

/** ISO-8859-1 is all that `filename` may hold, and a quote or backslash would end it early: both are replaced. */
function asciiName(fileName: string): string {
  const plain = fileName.normalize('NFKD').replace(/[\u{300}-\u{36F}]/gu, '');
  const ascii = plain.replace(/[^\x20-\x7E]/gu, '_').replace(/["\\%]/gu, '_');
  return ascii === '' ? 'file' : ascii;
}

/** RFC 8187: everything but attr-char is percent-encoded. */
function extendedName(fileName: string): string {
  return encodeURIComponent(fileName).replace(/['()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Content-Disposition (RFC 6266) with the name once for old and once for current browsers. */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string): string {
  return `${kind}; filename="${asciiName(fileName)}"; filename*=UTF-8''${extendedName(fileName)}`;
}

/**
 * The headers a file is served with. What a browser could run is never served under its own type nor inline, whatever
 * its bytes are; nothing is guessed; nothing in it may load or run anything.
 */
export function attachmentHeaders(
  file: { readonly fileName: string; readonly mediaType: string; readonly byteSize: number },
  wish: 'show' | 'download',
): Record<string, string> {
  const isInline = isInlineType(file.mediaType);
  return {
    'content-type': isInline ? file.mediaType : 'application/octet-stream',
    'content-length': String(file.byteSize),
    'content-disposition': contentDisposition(isInline && wish === 'show' ? 'inline' : 'attachment', file.fileName),
    // Chromium opens its PDF viewer under this policy too.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'accept-ranges': 'none',
  };
}
