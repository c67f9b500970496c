import { digitsOf } from '../phone-numbers/number-text.ts';
import { unescapeXml } from './card-text.ts';
import type { DavReport, PropertyFilter, TextMatch } from './dav-requests.ts';

type Query = Pick<Extract<DavReport, { readonly kind: 'query' }>, 'filters' | 'isAllOf'>;

/** The values of each property of a stored card. */
function valuesOf(stored: string): Map<string, string[]> {
  const lines = unescapeXml(stored)
    .replace(/\r\n[ \t]/gu, '')
    .split('\r\n');
  const values = new Map<string, string[]>();
  for (const line of lines) {
    const parts = /^([\w-]+)(?:;[^:]*)?:(.*)$/u.exec(line);
    if (parts === null) continue;
    const [, name = '', value = ''] = parts;
    const key = name.toUpperCase();
    values.set(key, [...(values.get(key) ?? []), value.replace(/\\([\\;,])/gu, '$1').replaceAll('\\n', '\n')]);
  }
  return values;
}

// i;unicode-casemap in spirit: the same letter, whatever its case and accents.
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Numbers are compared by their digits; national ones are the end of ours. */
function comparable(property: string, text: string): string {
  return property === 'TEL' ? digitsOf(text).replace(/^0+/u, '') : folded(text);
}

function fits(property: string, values: readonly string[], { text, type, isNegated }: TextMatch): boolean {
  const wanted = comparable(property, text);
  const isFound = values.some((value) => {
    const present = comparable(property, value);
    if (property === 'TEL' && wanted === '') return false;
    if (type === 'equals') return present === wanted;
    if (type === 'starts-with') return present.startsWith(wanted);
    return type === 'ends-with' ? present.endsWith(wanted) : present.includes(wanted);
  });
  return isFound !== isNegated;
}

function fitsProperty(filter: PropertyFilter, values: ReadonlyMap<string, readonly string[]>): boolean {
  const present = values.get(filter.property) ?? [];
  if (filter.isAbsent) return present.length === 0;
  if (present.length === 0) return false;
  if (filter.matches.length === 0) return true;
  const test = (match: TextMatch) => fits(filter.property, present, match);
  return filter.isAllOf ? filter.matches.every(test) : filter.matches.some(test);
}

/** Whether a stored card is one the client searches for. No filter means all of them. */
export function fitsFilters(stored: string, { filters, isAllOf }: Query): boolean {
  if (filters.length === 0) return true;
  const values = valuesOf(stored);
  return isAllOf ? filters.every((filter) => fitsProperty(filter, values)) : filters.some((filter) => fitsProperty(filter, values));
}

/** What was typed, when the search is for one telephone number and nothing else. */
export function numberAskedFor({ filters }: Query): string | undefined {
  const [filter, ...others] = filters;
  const [match, ...more] = filter?.matches ?? [];
  if (filter?.property !== 'TEL' || match === undefined || others.length + more.length > 0 || match.isNegated) return undefined;
  return match.type === 'equals' || match.type === 'contains' ? match.text : undefined;
}
