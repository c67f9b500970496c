import type { ImportAnalysis, ImportBatch, ImportObject } from '#server/imports/imports.contract.ts';

const one: Readonly<Record<ImportObject, string>> = { contacts: 'contact', companies: 'company', tickets: 'ticket', deals: 'deal' };

/** "1 contact", "4,981 contacts". */
export function counted(count: number, object: ImportObject): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one[object] : object}`;
}

export function rowsInWords(count: number): string {
  return count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`;
}

const separators: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

/** "HubSpot’s contacts", "a table of contacts". */
export function recognisedAs({ source, object }: Pick<ImportAnalysis, 'source' | 'object'>): string {
  return source === 'hubspot' ? `HubSpot’s ${object}` : `A table of ${object}`;
}

/** How the file is written: rows, separator, encoding. */
export function writtenAs({ rowCount, delimiter, encoding }: Pick<ImportAnalysis, 'rowCount' | 'delimiter' | 'encoding'>): string {
  const separated = separators[delimiter];
  return [rowsInWords(rowCount), separated === undefined ? undefined : `separated by ${separated}`, encoding].filter((part) => part !== undefined).join(' · ');
}

const states: Readonly<Record<ImportBatch['state'], string>> = {
  analysed: 'Not started',
  'dry-running': 'Being checked',
  checked: 'Checked, not imported',
  running: 'Running',
  done: 'Imported',
  failed: 'Failed',
  cancelled: 'Cancelled',
  undoing: 'Being taken back',
  undone: 'Taken back',
};

export function batchState(state: ImportBatch['state']): string {
  return states[state];
}

/** Fields that take what several columns hold. */
const collecting: ReadonlySet<string> = new Set(['phone', 'mobile', 'otherPhone', 'additionalEmails', 'companyIds', 'contactIds']);

/** The fields that more than one column would fill: of each row the first filled one would win, silently. */
export function doubledTargets(mapping: Readonly<Record<string, string | null>>): ReadonlySet<string> {
  const seen = new Set<string>();
  const doubled = new Set<string>();
  for (const target of Object.values(mapping)) {
    if (target === null || collecting.has(target)) continue;
    if (seen.has(target)) doubled.add(target);
    seen.add(target);
  }
  return doubled;
}
