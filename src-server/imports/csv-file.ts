import { Readable } from 'node:stream';
import { parse, type Parser } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { UnusableFile } from './imports.errors.ts';
import { detectEncoding, readText, type FileEncoding, type TextEncodingName } from './text-encoding.ts';

/** How a CSV file is written. */
export interface CsvFormat {
  readonly encoding: FileEncoding;
  readonly delimiter: string;
  /** Characters before the header, such as Excel's line `sep=;`. */
  readonly preamble: number;
}

export interface CsvRow {
  /** Counted from 1, without the header. */
  readonly number: number;
  readonly values: readonly string[];
}

const delimiters = [',', ';', '\t', '|'];
const sampleLength = 256 * 1024;
/** A record longer than this is a quote that was never closed. */
const longestRecord = 1_048_576;

// Spreadsheets write rows of nothing but delimiters, above the header and by the hundred below the last row.
const options = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
  max_record_size: longestRecord,
} as const;

async function startOf(file: string, encoding: FileEncoding): Promise<string> {
  let start = '';
  for await (const text of readText(file, encoding)) {
    start += text;
    if (start.length >= sampleLength) break;
  }
  return start.slice(0, sampleLength);
}

/** How well a delimiter explains the text: the number of columns that the rows agree on. */
function scoreOf(sample: string, delimiter: string): number {
  try {
    const rows: string[][] = parseAtOnce(sample, { ...options, delimiter, to: 50 });
    const width = rows[0]?.length ?? 0;
    const agreeing = rows.filter((row) => row.length === width).length;
    return width < 2 ? 0 : (agreeing / rows.length) * 100 + Math.min(width, 50);
  } catch {
    return 0;
  }
}

/** Finds out encoding and delimiter. `country` decides where the text does not. */
export async function detectFormat(file: string, country: string): Promise<CsvFormat> {
  const encoding = await detectEncoding(file, country);
  const start = await startOf(file, encoding);
  if (start.trim() === '') throw new UnusableFile('The file is empty. Export the list again and choose the new file.');
  const declared = /^sep=(.)\r?\n/u.exec(start);
  if (declared !== null) return { encoding, delimiter: declared[1] ?? ',', preamble: declared[0].length };
  // The last line of the sample may be cut off.
  const sample = start.length < sampleLength ? start : start.slice(0, Math.max(start.lastIndexOf('\n'), 1));
  const scores = delimiters.map((delimiter) => ({ delimiter, score: scoreOf(sample, delimiter) }));
  const best = scores.reduce((left, right) => (right.score > left.score ? right : left));
  return { encoding, delimiter: best.score === 0 ? ',' : best.delimiter, preamble: 0 };
}

async function* withoutPreamble(file: string, format: CsvFormat): AsyncGenerator<string> {
  let toSkip = format.preamble;
  for await (const text of readText(file, format.encoding)) {
    const skipped = Math.min(toSkip, text.length);
    toSkip -= skipped;
    if (skipped < text.length) yield text.slice(skipped);
  }
}

/** The header and then the rows of a file, read bit by bit. Close it when it is not read to its end. */
export interface OpenCsv {
  readonly header: readonly string[];
  rows(): AsyncGenerator<CsvRow>;
  close(): void;
}

/** @throws UnusableFile when there is no header */
export async function openCsv(file: string, format: CsvFormat): Promise<OpenCsv> {
  const source = Readable.from(withoutPreamble(file, format));
  const parser = source.pipe(parse({ ...options, delimiter: format.delimiter }));
  source.on('error', (error) => parser.destroy(error));
  const records = recordsOf(parser);
  const first = await records.next();
  if (first.done === true) throw new UnusableFile('The file has no rows. Export the list again and choose the new file.');
  return {
    header: uniqueHeaders(first.value),
    async *rows() {
      let number = 0;
      for await (const values of records) {
        number += 1;
        yield { number, values };
      }
    },
    close() {
      source.destroy();
      parser.destroy();
    },
  };
}

async function* recordsOf(parser: Parser): AsyncGenerator<string[]> {
  try {
    for await (const record of parser) yield record as string[]; // Without `columns` a record is an array of texts.
  } catch (error) {
    throw readingError(error);
  }
}

function readingError(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'CSV_MAX_RECORD_SIZE' || code === 'CSV_QUOTE_NOT_CLOSED') {
    const line = error instanceof Error && 'lines' in error ? ` near line ${String(error.lines)}` : '';
    return new UnusableFile(`A quotation mark${line} is opened and never closed, so the rows after it can’t be told apart. Mend it or export the list again.`);
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** Column names as they stand, made different where two are the same but for letter case, or one is missing. */
function uniqueHeaders(values: readonly string[]): string[] {
  const taken = new Set<string>();
  return values.map((value, index) => {
    const typed = value.replace(/\s+/gu, ' ').trim();
    // A name that means something else to JavaScript than to everybody is none.
    const name = typed === '' || typed === '__proto__' ? `Column ${index + 1}` : typed;
    let unique = name;
    for (let count = 2; taken.has(unique.toLowerCase()); count += 1) unique = `${name} (${count})`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

const encodingNames: Readonly<Record<TextEncodingName, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1250': 'Windows-1250',
  'windows-1252': 'Windows-1252',
  'iso-8859-2': 'ISO 8859-2',
};

export function encodingInWords({ name, skip }: FileEncoding): string {
  return name === 'utf-8' && skip > 0 ? 'UTF-8 with byte order mark' : encodingNames[name];
}
