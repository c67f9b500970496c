import { writeFileSync } from 'node:fs';

// A contacts export as a real office would hand it over: every way a number is written, duplicates, letters of three
// languages, several numbers in one field, and what a spreadsheet did to some of them. The same `seed` and `rows` make the
// same file, byte for byte.

export type ExportLanguage = 'en' | 'pl' | 'de';
export type ExportEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'windows-1250';

export interface ExportOptions {
  readonly rows: number;
  readonly language?: ExportLanguage;
  readonly encoding?: ExportEncoding;
  readonly delimiter?: ',' | ';' | '\t';
  readonly seed?: number;
}

const headers: Readonly<Record<ExportLanguage, readonly string[]>> = {
  en: [
    'Record ID',
    'First Name',
    'Last Name',
    'Email',
    'Phone Number',
    'Mobile Phone Number',
    'Company Name',
    'Job Title',
    'Contact owner',
    'Create Date',
    'Last Activity Date',
    'Country/Region',
    'Lifecycle Stage',
    'Associated Company IDs',
    'Flat number',
  ],
  pl: [
    'Identyfikator rekordu',
    'Imię',
    'Nazwisko',
    'E-mail',
    'Numer telefonu',
    'Numer telefonu komórkowego',
    'Nazwa firmy',
    'Stanowisko',
    'Właściciel kontaktu',
    'Data utworzenia',
    'Data ostatniej aktywności',
    'Kraj/region',
    'Etap cyklu życia',
    'Associated Company IDs',
    'Numer mieszkania',
  ],
  de: [
    'Datensatz-ID',
    'Vorname',
    'Nachname',
    'E-Mail',
    'Telefonnummer',
    'Mobiltelefonnummer',
    'Unternehmensname',
    'Jobbezeichnung',
    'Kontakt-Owner',
    'Erstelldatum',
    'Datum der letzten Aktivität',
    'Land/Region',
    'Lifecycle-Phase',
    'Associated Company IDs',
    'Wohnungsnummer',
  ],
};

const firstNames = ['Anna', 'Łukasz', 'Małgorzata', 'Jürgen', 'Zofia', 'Björn', 'Michał', 'Käthe', 'Agnieszka', 'Piotr', 'Grażyna', 'Stanisław'];
const lastNames = [
  'Zieliński',
  'Müller',
  'Wójcik',
  'Großmann',
  'Dąbrowska',
  'Kowalczyk',
  'O’Brien',
  'Źrebiec',
  'Schröder',
  'Nowak-Łęcka',
  'van der Berg',
  'Śliwa',
];
const companies = ['Zielone Tarasy', 'Wärmetechnik Bäcker GmbH', 'Żabka Łódź; oddział 3', 'ACME, Inc.', 'Spółdzielnia „Słoneczna”', 'Nordlicht'];
const jobs = ['Zarządca', 'Hausmeister', 'Property manager', '', '', 'Prezes'];
const stages = ['Lead', 'Customer', 'Opportunity', ''];

/** A small generator with a known sequence (mulberry32), so that a file can be made again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Numbers nobody can ring: 50x for mobiles and 22 for Warsaw, counted up, so that each belongs to one row. */
function mobileOf(row: number): string {
  return `50${String(row % 10_000_000).padStart(7, '0')}`;
}

function landlineOf(row: number): string {
  return `22${String(2_000_000 + (row % 7_000_000)).padStart(7, '0')}`;
}

function grouped(digits: string, sizes: readonly number[], separator: string): string {
  let start = 0;
  return sizes
    .map((size) => {
      const group = digits.slice(start, start + size);
      start += size;
      return group;
    })
    .join(separator);
}

function writtenMobile(row: number, style: number): string {
  const digits = mobileOf(row);
  const styles = [
    `+48${digits}`,
    grouped(digits, [3, 3, 3], ' '),
    `0048 ${grouped(digits, [3, 3, 3], '-')}`,
    `48${digits}`,
    `0 ${grouped(digits, [3, 3, 3], ' ')}`,
  ];
  return styles[style % styles.length] ?? digits;
}

function writtenLandline(row: number, kind: number): string {
  const digits = landlineOf(row);
  const own = grouped(digits, [2, 3, 2, 2], ' ');
  if (kind === 0) return `(22) ${grouped(digits.slice(2), [3, 2, 2], '-')} wew. ${10 + (row % 90)}`;
  if (kind === 1) return `${own}; ${writtenMobile(row + 5_000_000, row)}`;
  if (kind === 2) return `${own} / ${writtenMobile(row + 5_000_000, 1)}`;
  if (kind === 3) return '4,85E+10';
  if (kind === 4) return `030 ${1_000_000 + (row % 8_000_000)}`;
  if (kind === 5) return 'brak';
  return kind < 9 ? '' : own;
}

function dateOf(row: number, hour: number): string {
  const day = new Date(Date.UTC(2021, 0, 4) + (row % 1500) * 86_400_000).toISOString().slice(0, 10);
  return `${day} ${String(hour).padStart(2, '0')}:${String(row % 60).padStart(2, '0')}`;
}

function asciiName(text: string): string {
  return text
    .replace(/[łŁ]/gu, 'l')
    .replace(/ß/gu, 'ss')
    .normalize('NFD')
    .replace(/[^A-Za-z]/gu, '')
    .toLowerCase();
}

/** One row's values. Each 25th repeats the record of the row before under the same id, with a number more. */
function valuesOf(row: number, random: () => number): string[] {
  const isDuplicate = row % 25 === 0 && row > 0;
  const person = isDuplicate ? row - 1 : row;
  const pick = (list: readonly string[], salt: number) => list[(person * 7 + salt) % list.length] ?? '';
  const first = pick(firstNames, 0);
  const last = pick(lastNames, Math.floor(person / firstNames.length));
  const company = person % 3 === 0 ? '' : pick(companies, Math.floor(person / 5));
  const email = person % 6 === 5 ? '' : `${asciiName(first)}.${asciiName(last)}${person}@example.com`;
  const kind = Math.floor(random() * 20);
  return [
    String(100_000 + person),
    first,
    last,
    email,
    isDuplicate ? grouped(landlineOf(person), [2, 3, 2, 2], ' ') : writtenLandline(person, kind),
    person % 4 === 3 ? '' : writtenMobile(person, person),
    company,
    pick(jobs, 3),
    person % 2 === 0 ? 'Support' : 'Jan Nieobecny',
    dateOf(person, 9),
    person % 5 === 0 ? '' : dateOf(person + 200, 14),
    ['Poland', 'Polska', '', ''][person % 4] ?? '',
    pick(stages, 1),
    company === '' ? '' : String(900_000 + companies.indexOf(company)),
    person % 3 === 1 ? String(1 + (person % 120)) : '',
  ];
}

function quoted(value: string, delimiter: string): string {
  return value.includes(delimiter) || /["\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

// Letters of the export above ASCII, by their bytes in Windows-1250 (ISO has no name for it in Node's Buffer).
const windows1250 = new Map(
  Array.from(new TextDecoder('windows-1250').decode(Uint8Array.from({ length: 128 }, (_, index) => index + 128)), (letter, index): [string, number] => [
    letter,
    index + 128,
  ]),
);

function encode(text: string, encoding: ExportEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8-bom') return Buffer.from(`\uFEFF${text}`);
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
  return Buffer.from(Array.from(text, (letter) => windows1250.get(letter) ?? letter.codePointAt(0) ?? 63));
}

/** The file's content. */
export function hubspotExport({ rows, language = 'en', encoding = 'utf-8-bom', delimiter = ',', seed = 1 }: ExportOptions): Buffer {
  const random = randomFrom(seed);
  const lines = [headers[language], ...Array.from({ length: rows }, (_, row) => valuesOf(row, random))];
  return encode(lines.map((line) => `${line.map((value) => quoted(value, delimiter)).join(delimiter)}\r\n`).join(''), encoding);
}

export function writeHubspotExport(file: string, options: ExportOptions): void {
  writeFileSync(file, hubspotExport(options));
}
