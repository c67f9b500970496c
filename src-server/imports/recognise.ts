import { propertyName } from '../people/property-value.ts';
import { foldHeader, knownHeader } from './header-dictionary.ts';
import type { ImportMapping, ImportObject } from './imports.contract.ts';
import { numberFields } from './targets.ts';

/** What a file seems to hold, by the names of its columns. */
export interface Recognition {
  readonly source: 'hubspot' | 'other';
  readonly object: ImportObject;
  /** 0 to 1. */
  readonly confidence: number;
}

// How much a column says about the kind of record: a contact is nearly certain by a last name, a phone number says little.
const weights: Readonly<Record<ImportObject, Readonly<Record<string, number>>>> = {
  contacts: { firstName: 3, lastName: 3, fullName: 1, email: 2, mobile: 2, jobTitle: 2, companyName: 1, phone: 1 },
  companies: { domain: 4, name: 2, phone: 1, city: 1 },
  tickets: { subject: 2, stage: 3, priority: 3, description: 1, category: 1, closedAt: 1 },
  deals: { amount: 4, stage: 3, name: 2, currency: 2, closeDate: 2 },
};
const objects = ['contacts', 'companies', 'tickets', 'deals'] as const;
const otherWeight = 0.5;
const certainScore = 8;

// Names that hardly anybody but HubSpot gives to columns, folded as headers are. One of an id is enough, of others two.
const hubspotIds = new Set(
  [
    'Record ID',
    'Record ID - Contact',
    'Record ID - Company',
    'Record ID - Ticket',
    'Record ID - Deal',
    'Identyfikator rekordu',
    'ID rekordu',
    'Datensatz-ID',
  ].map(foldHeader),
);
const hubspotNames = new Set(
  [
    'Contact owner',
    'Company owner',
    'Deal owner',
    'Ticket owner',
    'Właściciel kontaktu',
    'Właściciel firmy',
    'Właściciel transakcji',
    'Właściciel zgłoszenia',
    'Kontakt-Owner',
    'Contact-Owner',
    'Ticket-Owner',
    'Deal-Owner',
    'Unternehmens-Owner',
    'Lifecycle Stage',
    'Etap cyklu życia',
    'Lifecycle-Phase',
    'Lead Status',
    'Ticket name',
    'Ticket status',
    'Deal Name',
    'Deal Stage',
    'Company Domain Name',
    'Associated Company',
    'Associated Company IDs',
    'Associated Contact',
    'Associated Contact IDs',
    'Primary Associated Company ID',
  ].map(foldHeader),
);

function isHubspot(headers: readonly string[]): boolean {
  if (headers.some((header) => header.startsWith('hs_'))) return true;
  const folded = headers.map(foldHeader);
  return folded.some((header) => hubspotIds.has(header)) || folded.filter((header) => hubspotNames.has(header)).length >= 2;
}

function scoreOf(object: ImportObject, headers: readonly string[]): number {
  const fields = new Set(headers.map((header) => knownHeader(object, header)?.field).filter((field) => field !== undefined));
  let score = 0;
  for (const field of fields) score += weights[object][field] ?? (field === 'keep' || field === 'skip' ? 0 : otherWeight);
  return score;
}

/** Tells source and kind of record. `object` overrules what the columns say. */
export function recognise(headers: readonly string[], object?: ImportObject): Recognition {
  const scores = objects.map((candidate) => ({ object: candidate, score: scoreOf(candidate, headers) })).sort((left, right) => right.score - left.score);
  const best = scores.find((candidate) => candidate.object === object) ?? scores[0] ?? { object: 'contacts' as const, score: 0 };
  const next = scores.find((candidate) => candidate.object !== best.object)?.score ?? 0;
  const known = headers.filter((header) => knownHeader(best.object, header) !== undefined).length / Math.max(1, headers.length);
  const clear = best.score === 0 ? 0 : Math.max(0, Math.min(1, (best.score - next) / best.score + 0.5));
  const confidence = Math.min(1, best.score / certainScore) * clear * (0.5 + known / 2);
  return { source: isHubspot(headers) ? 'hubspot' : 'other', object: best.object, confidence: Math.round(confidence * 100) / 100 };
}

/** Fields that several columns may fill together. */
export const collectingFields: ReadonlySet<string> = new Set(['companyIds', 'contactIds', 'additionalEmails', 'otherPhone']);
const mostGuessedProperties = 15;

export interface MappedColumn {
  readonly header: string;
  readonly isFilled: boolean;
}

/**
 * Guesses what each column is. A column that stands for nothing built in becomes a property if it holds something;
 * when very many do, none is, because exports of everything hold hundreds of figures nobody asked for.
 */
export function guessMapping(object: ImportObject, columns: readonly MappedColumn[]): ImportMapping {
  const mapping: ImportMapping = {};
  const takenBy = new Map<string, { header: string; rank: number }>();
  const properties = new Set<string>();
  const unknown = columns.filter(({ header, isFilled }) => isFilled && knownHeader(object, header) === undefined).length;
  for (const { header, isFilled } of columns) {
    const known = knownHeader(object, header);
    mapping[header] = null;
    if (known === undefined || known.field === 'keep') {
      const isWanted = isFilled && (known !== undefined || unknown <= mostGuessedProperties);
      if (isWanted) mapping[header] = `property:${freeProperty(header, properties)}`;
      continue;
    }
    if (known.field === 'skip') continue;
    if (collectingFields.has(known.field)) {
      mapping[header] = known.field;
      continue;
    }
    const taken = takenBy.get(known.field);
    if (taken === undefined || known.rank < taken.rank) {
      if (taken !== undefined) mapping[taken.header] = secondChoice(object, known.field);
      takenBy.set(known.field, { header, rank: known.rank });
      mapping[header] = known.field;
    } else mapping[header] = secondChoice(object, known.field);
  }
  return mapping;
}

/** Columns whose names differ in signs only are properties of their own. */
function freeProperty(header: string, taken: Set<string>): string {
  const name = propertyName(header);
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}_${count}`;
  taken.add(free);
  return free;
}

/** What a second column for the same field is used for: no number and no address is left behind. */
function secondChoice(object: ImportObject, field: string): string | null {
  if (field === 'email') return 'additionalEmails';
  if (!numberFields.has(field)) return null;
  // A company has one field for numbers, which takes several.
  return object === 'contacts' ? 'otherPhone' : field;
}
