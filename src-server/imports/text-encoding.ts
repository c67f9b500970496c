import { createReadStream } from 'node:fs';
import { UnusableFile } from './imports.errors.ts';

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1250' | 'windows-1252' | 'iso-8859-2';

/** How a text file is written. `skip` is the number of bytes of its byte order mark. */
export interface FileEncoding {
  readonly name: TextEncodingName;
  readonly skip: number;
}

const marks: readonly { readonly bytes: readonly number[]; readonly name: TextEncodingName }[] = [
  { bytes: [0xef, 0xbb, 0xbf], name: 'utf-8' },
  { bytes: [0xff, 0xfe], name: 'utf-16le' },
  { bytes: [0xfe, 0xff], name: 'utf-16be' },
];

const signatures: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or a ZIP archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x1f, 0x8b], what: 'a compressed file' },
];

// Many programs write a web page or XML and call it a table.
const markup = /^(?:\uFEFF|ï»¿)?\s*<(?:!doctype|html|head|meta|table|\?xml)/iu;

function startsWith(start: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => start[index] === byte);
}

// Countries that wrote Windows-1250 before Unicode; all others are taken for Windows-1252.
const centralEuropean = new Set(['PL', 'CZ', 'SK', 'HU', 'SI', 'HR', 'BA', 'RO', 'AL', 'RS', 'ME']);

// Bytes that are letters in names in one code page and signs that no name holds in another.
const lettersOf: Readonly<Record<'windows-1250' | 'windows-1252' | 'iso-8859-2', RegExp>> = {
  'windows-1250': /[ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰăâîșțşţ]/u,
  'windows-1252': /[äöüßÄÖÜàâçéèêëîïôùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛŸŒÆáíñóúÁÍÑÓÚåøÅØãõÃÕ]/u,
  'iso-8859-2': /[ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽ]/u,
};

/** Tells the 8-bit code pages apart by how many of the bytes above ASCII would be letters of names. */
function guessCodePage(counts: readonly number[], country: string): TextEncodingName {
  const preferred: readonly ('windows-1250' | 'windows-1252' | 'iso-8859-2')[] = centralEuropean.has(country)
    ? ['windows-1250', 'iso-8859-2', 'windows-1252']
    : ['windows-1252', 'windows-1250', 'iso-8859-2'];
  const scored = preferred.map((name) => {
    const decoder = new TextDecoder(name);
    let score = 0;
    for (let byte = 0x80; byte < 0x100; byte += 1) {
      const count = counts[byte] ?? 0;
      if (count > 0) score += lettersOf[name].test(decoder.decode(Uint8Array.of(byte))) ? count : -count;
    }
    return { name, score };
  });
  return scored.reduce((best, candidate) => (candidate.score > best.score ? candidate : best)).name;
}

/** Finds out how a file is written by reading all of it once: one letter at its very end may decide. */
export async function detectEncoding(file: string, country: string): Promise<FileEncoding> {
  const counts: number[] = Array.from({ length: 256 }, () => 0);
  const strict = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let mark: FileEncoding | undefined;
  let isFirst = true;
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    const bytes = chunk as Buffer; // A stream without an encoding hands out buffers.
    if (isFirst) {
      refuseOtherFiles(bytes);
      mark = readMark(bytes);
      if (mark !== undefined && mark.name !== 'utf-8') return mark;
      isFirst = false;
    }
    for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
    if (isUtf8) isUtf8 = decodes(strict, bytes);
  }
  if (isBinary(counts)) throw new UnusableFile('This is not a text file. Export the list as CSV and choose that file.');
  if (isUtf8 && decodes(strict, undefined)) return mark ?? { name: 'utf-8', skip: 0 };
  return { name: guessCodePage(counts, country), skip: 0 };
}

function refuseOtherFiles(start: Buffer): void {
  const isMarkup = markup.test(start.toString('latin1', 0, 200));
  const what = isMarkup ? 'a web page or XML' : signatures.find(({ bytes }) => startsWith(start, bytes))?.what;
  if (what !== undefined) throw new UnusableFile(`This is ${what}, not a CSV file. Open it, choose “Save as” and “CSV UTF-8”, then choose that file.`);
}

/** A stray control character comes with real exports; one in a hundred comes with programs, pictures and sounds. */
function isBinary(counts: readonly number[]): boolean {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const controls = counts.slice(0, 0x20).reduce((sum, count, byte) => ([0x09, 0x0a, 0x0b, 0x0c, 0x0d].includes(byte) ? sum : sum + count), 0);
  return (counts[0] ?? 0) > 0 || (controls > 5 && controls > all / 100);
}

function readMark(start: Buffer): FileEncoding | undefined {
  const found = marks.find(({ bytes }) => startsWith(start, bytes));
  if (found !== undefined) return { name: found.name, skip: found.bytes.length };
  // UTF-16 without a mark: every other byte of Latin text is zero.
  const sample = start.subarray(0, 200);
  const zeros = { even: 0, odd: 0 };
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1;
  if (zeros.odd > sample.length / 4 && zeros.even === 0) return { name: 'utf-16le', skip: 0 };
  if (zeros.even > sample.length / 4 && zeros.odd === 0) return { name: 'utf-16be', skip: 0 };
  return undefined;
}

/** Undefined ends the text, so that a letter cut off at the end is found too. */
function decodes(decoder: TextDecoder, bytes: Buffer | undefined): boolean {
  try {
    if (bytes === undefined) decoder.decode();
    else decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The text of a file, piece by piece. */
export async function* readText(file: string, encoding: FileEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.name);
  for await (const chunk of createReadStream(file, { start: encoding.skip, highWaterMark: 128 * 1024 })) {
    const text = decoder.decode(chunk as Buffer, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
