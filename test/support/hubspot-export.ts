// A contacts export as HubSpot writes it and as people then treat it: made by rule, the same each time, and messy in
// the ways real files are.

type HeaderLanguage = 'en' | 'pl' | 'de';

const headers: Readonly<Record<HeaderLanguage, readonly string[]>> = {
  en: ['Record ID', 'First Name', 'Last Name', 'Email', 'Phone Number', 'Mobile Phone Number', 'Company Name', 'Job Title', 'Create Date'],
  pl: [
    'Identyfikator rekordu',
    'Imię',
    'Nazwisko',
    'Adres e-mail',
    'Numer telefonu',
    'Numer telefonu komórkowego',
    'Nazwa firmy',
    'Stanowisko',
    'Data utworzenia',
  ],
  de: ['Datensatz-ID', 'Vorname', 'Nachname', 'E-Mail', 'Telefonnummer', 'Mobiltelefonnummer', 'Name des Unternehmens', 'Jobtitel', 'Erstellungsdatum'],
};

const firstNames = ['Anna', 'Jürgen', 'Małgorzata', 'Søren', 'Łukasz', 'Zoë', 'Björn', 'Świętosława', 'Günther', 'Chloé', 'Jan', 'Üwe'];
const lastNames = ['Müller', 'Kowalska', 'Groß', 'Żółkiewski', 'Öztürk', 'Schäfer', 'Brandt', 'Nowak', 'Wójcik', 'Straße', 'Chen', 'O’Brien'];
const companies = ['Hartmann Optik GmbH', 'Werk 2', 'Łódź Logistics Sp. z o.o.', 'Krüger & Söhne', 'Bäckerei “Zum Ofen”', 'Lab; Analytics', ''];

function pick<Item>(items: readonly Item[], index: number): Item {
  return items[index % items.length] as Item;
}

/** One German mobile number in one of five ways to write it, and now and then broken. */
function mobileOf(index: number): string {
  const subscriber = String(10_000_000 + index * 37).slice(0, 8);
  const [one, two] = [subscriber.slice(0, 3), subscriber.slice(3)];
  if (index % 97 === 0) return '4,91511E+12'; // as Excel leaves it
  if (index % 89 === 0) return 'ask reception';
  const formats = [`+49 151 ${one} ${two}`, `0151/${one}${two}`, `(0151) ${one}-${two}`, `0049 151 ${subscriber}`, `49151${subscriber}`];
  return pick(formats, index);
}

function landlineOf(index: number): string {
  if (index % 4 !== 0) return '';
  const local = String(2_000_000 + index * 13).slice(0, 7);
  if (index % 20 === 0) return `030 ${local} Durchwahl ${index % 90}`;
  if (index % 28 === 0) return `030 ${local}; 0301 ${local.slice(1)}`;
  return `030/${local}`;
}

export interface HubspotExportOptions {
  readonly rows: number;
  readonly delimiter?: ',' | ';';
  readonly language?: HeaderLanguage;
  readonly encoding?: 'utf-8' | 'utf-8-bom';
}

function quote(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || cell.includes('"') || cell.includes('\n') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Every fiftieth row repeats the person eleven rows before it, under the same id. */
export function hubspotContactsExport({ rows, delimiter = ',', language = 'en', encoding = 'utf-8-bom' }: HubspotExportOptions): Buffer {
  const lines = [headers[language].map((header) => quote(header, delimiter)).join(delimiter)];
  for (let row = 0; row < rows; row += 1) {
    const person = row > 50 && row % 50 === 0 ? row - 11 : row;
    const first = pick(firstNames, person);
    const last = pick(lastNames, Math.floor(person / firstNames.length));
    const cells = [
      String(700_000 + person),
      first,
      last,
      person % 9 === 0 ? '' : `Kontakt.${person}@Example.COM `,
      landlineOf(person),
      mobileOf(person),
      pick(companies, Math.floor(person / 5)),
      person % 3 === 0 ? 'Head of =Sales' : '',
      `2025-0${(person % 9) + 1}-1${person % 10} 08:30`,
    ];
    lines.push(cells.map((cell) => quote(cell, delimiter)).join(delimiter));
  }
  const text = `${lines.join('\r\n')}\r\n`;
  return Buffer.from(encoding === 'utf-8-bom' ? `\uFEFF${text}` : text, 'utf8');
}
