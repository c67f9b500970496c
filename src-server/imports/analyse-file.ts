import { formatForScreen, readNumbers } from '../phone-numbers/phone-number.ts';
import { openCsv, detectFormat, encodingInWords, type CsvFormat } from './csv-file.ts';
import { detectDateOrder, readDay, readInstant, zoneClock, type DateOrder, type ZoneClock } from './dates.ts';
import { foldHeader } from './header-dictionary.ts';
import type { ImportAnalysis, ImportObject } from './imports.contract.ts';
import { guessMapping, recognise } from './recognise.ts';
import { isTooLong, shorten } from './row-reader.ts';
import { dateFields, numberFields, targetsOf } from './targets.ts';
import { loadNames, readAmount, readDomain, readPriority, type Names } from './values.ts';

// Looks at a whole file before anything is imported: how it is written, what it holds, what is wrong with it.

export interface Analysed {
  readonly analysis: ImportAnalysis;
  readonly format: CsvFormat;
}

export interface AnalyseOptions {
  /** The desk's own country and time zone decide what the file leaves open. */
  readonly country: string;
  readonly timeZone: string;
  readonly object?: ImportObject | undefined;
  /** Custom properties by kind of record that columns may be mapped to. */
  readonly properties: (object: ImportObject) => Promise<readonly { readonly name: string; readonly label: string }[]>;
}

const rowsLookedAt = 1000;
const samplesShown = 5;

interface Looked {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly rowCount: number;
  readonly longerRows: number;
}

async function lookThrough(file: string, format: CsvFormat): Promise<Looked> {
  const csv = await openCsv(file, format);
  const rows: (readonly string[])[] = [];
  let rowCount = 0;
  let longerRows = 0;
  for await (const row of csv.rows()) {
    rowCount = row.number;
    if (rows.length < rowsLookedAt) rows.push(row.values);
    if (isTooLong(row.values, csv.header.length)) longerRows += 1;
  }
  return { header: csv.header, rows, rowCount, longerRows };
}

interface SampleTools {
  readonly country: string;
  readonly clock: ZoneClock;
  readonly names: Names;
}

/** A value as it would be imported, for the eye. */
function sampleOf(text: string, target: string | null, { country, clock, names, dateOrder }: SampleTools & { readonly dateOrder: DateOrder }): string {
  if (target === null) return shorten(text);
  if (numberFields.has(target))
    return readNumbers(text, { country })
      .map((read) => (read.e164 === null ? shorten(read.raw) : formatForScreen(read.e164, country)))
      .join(', ');
  if (target === 'closeDate') return readDay(text, dateOrder) ?? shorten(text);
  if (dateFields.has(target)) return readInstant(text, dateOrder, clock)?.slice(0, 16).replace('T', ' ') ?? shorten(text);
  const converted: Readonly<Record<string, () => string | undefined>> = {
    country: () => names.country(text),
    language: () => names.language(text),
    amount: () => readAmount(text),
    domain: () => readDomain(text),
    priority: () => readPriority(text),
  };
  return shorten(converted[target]?.() ?? text);
}

function valuesOf(rows: readonly (readonly string[])[], index: number): string[] {
  return rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');
}

/** What spreadsheets did to a column of numbers. */
function damageOf(header: string, values: readonly string[], country: string): string[] {
  const problems = values.flatMap((value) => readNumbers(value, { country }).map((read) => read.problem));
  const count = (code: string) => problems.filter((problem) => problem === code).length;
  const warnings: string[] = [];
  const cut = count('excel-damaged');
  const lost = count('lost-plus') + count('lost-zero');
  const others = problems.filter((problem) => problem !== null).length - cut - lost;
  if (cut > 0) {
    warnings.push(
      `“${header}”: ${numbers(cut)} like 4,85E+10. A spreadsheet has rounded them and their last digits are lost. Export the list again without opening it in a spreadsheet, or mend them later.`,
    );
  }
  if (lost > 0) warnings.push(`“${header}”: ${numbers(lost)} that may have lost a plus sign or a zero: listed afterwards, each with a suggestion.`);
  if (others > 0) warnings.push(`“${header}”: ${numbers(others)} that can’t be read: kept as typed and listed afterwards.`);
  return warnings;
}

function numbers(count: number): string {
  return count === 1 ? '1 number' : `${count} numbers`;
}

function warningsOf(
  { rows, rowCount, longerRows, header }: Looked,
  { columns, object }: Pick<ImportAnalysis, 'columns' | 'object'>,
  country: string,
): string[] {
  const warnings: string[] = [];
  if (rowCount === 0) warnings.push('The file has a header but no rows.');
  if (longerRows > 0)
    warnings.push(
      longerRows === 1
        ? '1 row has more values than the header. A delimiter or quotation mark may be missing there; it will be refused.'
        : `${longerRows} rows have more values than the header. A delimiter or quotation mark may be missing there; they will be refused.`,
    );
  for (const [index, column] of columns.entries()) {
    if (column.target !== null && numberFields.has(column.target)) warnings.push(...damageOf(column.header, valuesOf(rows, index), country));
  }
  if (rows.some((row) => row.some((value) => value.includes('\uFFFD')))) {
    warnings.push('Some letters were lost before this file was written (�). Export the list again as UTF-8 if names matter.');
  }
  const ids = columns.findIndex((column) => column.target === 'recordId');
  const given = ids === -1 ? [] : valuesOf(rows, ids);
  if (new Set(given).size < given.length) warnings.push(`“${header[ids] ?? ''}” holds some ids more than once. Rows with one id are one record.`);
  if (object === 'tickets')
    warnings.push('Exports of tickets hold no conversations. Descriptions become internal notes, and customers see nothing until you release the tickets.');
  if (columns.every((column) => column.target === null)) warnings.push('No column was recognised. Choose what each column is.');
  return warnings;
}

/** @throws UnusableFile in a sentence that says what to do */
export async function analyseFile(file: string, options: AnalyseOptions): Promise<Analysed> {
  const format = await detectFormat(file, options.country);
  const looked = await lookThrough(file, format);
  const { header, rows, rowCount } = looked;
  const { source, object, confidence } = recognise(header, options.object);
  const properties = await options.properties(object);
  const mapping = guessMapping(
    object,
    header.map((name, index) => ({ header: name, isFilled: valuesOf(rows, index).length > 0 })),
  );
  useKnownProperties(mapping, properties);
  const tools = { country: options.country, clock: zoneClock(options.timeZone), names: loadNames() };
  const columns = header.map((name, index) => {
    const values = valuesOf(rows, index);
    const dateOrder = detectDateOrder(values, options.country);
    const target = mapping[name] ?? null;
    const samples = values.slice(0, samplesShown).map((value) => sampleOf(value, target, { ...tools, dateOrder }));
    return { header: name, target, samples, dateOrder };
  });
  const targets = [...targetsOf(object), ...properties.map(({ name, label }) => ({ field: `property:${name}`, label }))];
  return {
    format,
    analysis: {
      source,
      object,
      confidence,
      encoding: encodingInWords(format.encoding),
      delimiter: format.delimiter,
      rowCount,
      columns,
      targets,
      warnings: warningsOf(looked, { columns, object }, options.country),
    },
  };
}

/**
 * A column that is named like a property that is there goes into that one, whatever the property is called inside: first
 * those that are named exactly so, then those that are nearly. Two columns never go into one property.
 */
function useKnownProperties(mapping: Record<string, string | null>, properties: readonly { readonly name: string; readonly label: string }[]): void {
  const free = new Set(properties);
  const settled = new Set<string>();
  for (const alike of [(text: string) => text.toLowerCase(), foldHeader]) {
    for (const [header, target] of Object.entries(mapping)) {
      if (settled.has(header) || (target !== null && !target.startsWith('property:'))) continue;
      const known = [...free].find(({ label }) => alike(label) === alike(header));
      if (known === undefined) continue;
      free.delete(known);
      settled.add(header);
      mapping[header] = `property:${known.name}`;
    }
  }
}
