import { foldForSearch } from '../database/search.ts';
import { saysWords } from '../people/people-search.ts';
import type { WrittenEntry } from './ldap-answers.ts';
import type { Filter } from './ldap-filter.ts';

/** An entry by its attributes, named as RFC 4519 and RFC 2798 write them. */
export interface Entry extends WrittenEntry {
  /** Tells entries apart. */
  readonly id: string;
}

// What telephones ask by, in the words of RFC 4519 and in those their makers made up.
const aliases: Readonly<Record<string, string>> = {
  commonname: 'cn',
  name: 'cn',
  surname: 'sn',
  gn: 'givenname',
  organizationname: 'o',
  company: 'o',
  userid: 'uid',
};
const numberAttributes = new Set([
  'telephonenumber',
  'mobile',
  'mobiletelephonenumber',
  'homephone',
  'hometelephonenumber',
  'othertelephone',
  'othermobile',
  'other',
  'ipphone',
  'phone',
]);
const nameAttributes = new Set(['cn', 'sn', 'givenname', 'displayname', 'o']);

function canonical(attribute: string): string {
  return aliases[attribute] ?? attribute;
}

export function isNumberAttribute(attribute: string): boolean {
  return numberAttributes.has(attribute);
}

export function isNameAttribute(attribute: string): boolean {
  return nameAttributes.has(canonical(attribute));
}

export function isIdAttribute(attribute: string): boolean {
  return canonical(attribute) === 'uid';
}

/** The text an assertion looks for, without the wild cards and the placeholders that some telephones leave in. */
export function assertedText(filter: Filter): string {
  if (filter.kind === 'equal') return filter.value.replace(/[%*]/gu, ' ').trim();
  if (filter.kind !== 'substrings') return '';
  return [filter.initial, ...filter.any, filter.final]
    .join(isNumberAttribute(filter.attribute) ? '' : ' ')
    .replace(/[%*]/gu, ' ')
    .trim();
}

function valuesOf(entry: Entry, attribute: string): readonly string[] {
  const wanted = canonical(attribute);
  return entry.attributes.flatMap(([name, values]) => {
    const own = name.toLowerCase();
    return own === wanted || (isNumberAttribute(wanted) && isNumberAttribute(own)) ? values : [];
  });
}

function comparable(text: string): string {
  return foldForSearch(text).toLowerCase();
}

/** Whose numbers an assertion of a number found. */
export type NumberHits = (filter: Filter) => ReadonlySet<string>;

function says(entry: Entry, filter: Extract<Filter, { attribute: string }>, hits: NumberHits): boolean {
  if (isNumberAttribute(filter.attribute)) return hits(filter).has(entry.id);
  const values = valuesOf(entry, filter.attribute);
  const text = assertedText(filter);
  if (isNameAttribute(filter.attribute)) return values.length > 0 && (text === '' || saysWords(values, text));
  return values.some((value) => comparable(value) === comparable(text));
}

/** Whether an entry fits a filter. Names are compared as the search for people does, numbers by who was found by them. */
export function fits(entry: Entry, filter: Filter, hits: NumberHits): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((part) => fits(entry, part, hits));
    case 'or':
      return filter.filters.some((part) => fits(entry, part, hits));
    case 'not':
      // What is unknown stays unknown when it is turned round (RFC 4511, 4.5.1.7).
      return filter.filter.kind !== 'unknown' && !fits(entry, filter.filter, hits);
    case 'equal':
    case 'substrings':
      return says(entry, filter, hits);
    case 'present':
      return valuesOf(entry, filter.attribute).length > 0;
    case 'at-least':
      return valuesOf(entry, filter.attribute).some((value) => comparable(value) >= comparable(filter.value));
    case 'at-most':
      return valuesOf(entry, filter.attribute).some((value) => comparable(value) <= comparable(filter.value));
    case 'unknown':
    default:
      return false;
  }
}

/** The part of an entry that was asked for (RFC 4511, 4.5.1.8). */
export function selected(entry: Entry, asked: { readonly attributes: readonly string[]; readonly typesOnly: boolean }): WrittenEntry {
  const wanted = asked.attributes.map((attribute) => attribute.toLowerCase());
  const isAll = wanted.length === 0 || wanted.includes('*') || wanted.includes('+');
  const kept = entry.attributes.filter(
    ([name, values]) => values.length > 0 && (isAll || wanted.some((attribute) => canonical(attribute) === name.toLowerCase())),
  );
  return { dn: entry.dn, attributes: kept.map(([name, values]): [string, readonly string[]] => [name, asked.typesOnly ? [] : values]) };
}
