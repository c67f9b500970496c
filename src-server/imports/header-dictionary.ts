import { readFileSync } from 'node:fs';
import path from 'node:path';
import { programFolder } from '../config/program-folder.ts';
import type { ImportObject } from './imports.contract.ts';

// The names that columns have in exports: the labels of each language, and HubSpot's internal names. A language is one
// file in resources/import-headers.

const languages = ['en', 'pl', 'de'] as const;
const objects = ['contacts', 'companies', 'tickets', 'deals'] as const;

/** What a column's name stands for. `keep`: nothing built in, worth keeping as a property. `skip`: worth nothing here. */
export interface KnownHeader {
  readonly field: string;
  /** Where the name is from: HubSpot's internal names or a language. */
  readonly from: 'hubspot' | (typeof languages)[number];
  /** Earlier names of a field are the usual ones; of two columns for one field the more usual one is taken. */
  readonly rank: number;
}

/** The same name however it is spelled: letter case, accents, signs and blanks do not matter. */
export function foldHeader(header: string): string {
  return header
    .replace(/ \(\d+\)$/u, '')
    .replace(/[łŁ]/gu, 'l')
    .replace(/ß/gu, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

type Dictionary = Readonly<Record<ImportObject, ReadonlyMap<string, KnownHeader>>>;

function readDictionary(): Dictionary {
  const maps = { contacts: new Map<string, KnownHeader>(), companies: new Map(), tickets: new Map(), deals: new Map() };
  for (const from of ['hubspot', ...languages] as const) {
    const file = path.join(programFolder(), 'resources', 'import-headers', `${from}.json`);
    const names = JSON.parse(readFileSync(file, 'utf8')) as Record<ImportObject, Record<string, string[]>>; // Our own file.
    for (const object of objects) {
      for (const [field, headers] of Object.entries(names[object])) {
        for (const [rank, header] of headers.entries()) {
          const folded = foldHeader(header);
          if (!maps[object].has(folded)) maps[object].set(folded, { field, from, rank });
        }
      }
    }
  }
  return maps;
}

const dictionary = readDictionary();

export function knownHeader(object: ImportObject, header: string): KnownHeader | undefined {
  return dictionary[object].get(foldHeader(header));
}
