import { fileTypeFromBuffer } from 'file-type';

/** How much of a file's start is looked at. */
export const sniffedBytes = 65_536;

// Raster pictures and PDF: nothing in them runs with the rights of our pages. SVG and HTML would.
const inlineTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf']);

/** Whether a browser may show it inside a page. Anything else is only ever offered as a download. */
export function isInlineType(mediaType: string): boolean {
  return inlineTypes.has(mediaType);
}

const byteOrderMarks = [
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

/** The text of the file's start, undefined when it is not text. A character cut at the end does not count against it. */
function textOf(head: Uint8Array): string | undefined {
  const encoding = byteOrderMarks.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))?.encoding ?? 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    // oxlint-disable-next-line no-control-regex -- control characters are what tells binary data from text.
    return /[\0-\u{8}\u{E}-\u{1A}\u{1C}-\u{1F}]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function typeOfText(text: string): string {
  const start = text.trimStart().toLowerCase();
  if (/<svg[\s>/:]/u.test(start) && start.startsWith('<')) return 'image/svg+xml';
  if (
    /^(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body|script|iframe|meta|base|link|style|title|img|a|div|p|table|form|object|embed)[\s>/]/u.test(start)
  )
    return 'text/html';
  return start.startsWith('<?xml') ? 'application/xml' : 'text/plain';
}

/** What a file is, read from its own bytes (the first `sniffedBytes` of them). The sender's word for it is never asked. */
export async function sniffMediaType(head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  // A PNG that moves is still a PNG.
  if (found?.mime === 'image/apng') return 'image/png';
  if (found !== undefined && found.mime !== 'application/xml') return found.mime;
  const text = textOf(head);
  return text === undefined ? 'application/octet-stream' : typeOfText(text);
}
