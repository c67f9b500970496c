import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { foldForSearch } from '../database/search.ts';

// What people are found by. Both sides of the search go through here: what is written into the index, and what was
// typed. The index holds bare lower-case words, so that it stays small and every question is answered by prefixes.

/** What the index knows of one contact or company. */
export interface SearchedText {
  readonly names: readonly string[];
  readonly email: string | null;
  readonly numbers: readonly { readonly e164: string | null; readonly raw: string }[];
  /** Records that narrow a search: the contact's lists and its company. */
  readonly listIds?: readonly string[];
  readonly companyId?: string | null;
}

// Private-use characters count as letters in the index and can't be typed, because `wordsOf` leaves them out.
const listMark = '\uE000';
const companyMark = '\uE001';

const expansions: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const collapsible = /ae|oe|ue/gu;
const shortestCollapsed = 5;
const mostTypedWords = 8;

/** A word as the index keeps it: lower case, without accents. */
function bare(word: string): string {
  return foldForSearch(word).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function collapse(word: string): string {
  return word.replace(collapsible, (pair) => pair.charAt(0));
}

function wordsOf(text: string): string[] {
  return text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** Every spelling a word is found by: Müller also as Mueller, Mueller also as Muller. */
function spellings(word: string): string[] {
  const lower = word.toLowerCase();
  const plain = bare(lower);
  const expanded = bare(lower.replace(/[äöüøå]/gu, (letter) => expansions[letter] ?? letter));
  return [plain, expanded, collapse(plain)];
}

// No calling code is the beginning of another, so the first that fits is the one.
const callingCodes = new Set<string>(getCountries().map((country) => getCountryCallingCode(country)));

/** The digits after the calling code of an E.164 number: what people type at home. */
export function nationalDigits(e164: string): string {
  const digits = e164.replace(/\D/gu, '');
  const length = [1, 2, 3].find((candidate) => callingCodes.has(digits.slice(0, candidate)));
  return length === undefined ? digits : digits.slice(length);
}

function numberWords({ e164, raw }: SearchedText['numbers'][number]): string[] {
  if (e164 !== null) return [e164.slice(1), nationalDigits(e164)];
  const digits = raw.replace(/\D/gu, '');
  return digits.length < 3 ? [] : [digits];
}

function mark(sign: string, id: string): string {
  return sign + id.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** The words of a text as the index keeps them. */
export function bareWords(text: string): string[] {
  return wordsOf(text).map(bare);
}

/** The words one contact or company is found by, each once. */
export function searchText(record: SearchedText): string {
  const words = new Set<string>();
  for (const text of record.names) {
    for (const word of wordsOf(text)) for (const spelling of spellings(word)) words.add(spelling);
    // O’Brien is typed OBrien as well.
    for (const joined of text.match(/[\p{L}\p{M}]+['’][\p{L}\p{M}]+/gu) ?? []) words.add(bare(joined.replace(/['’]/gu, '')));
  }
  for (const word of wordsOf(record.email ?? '')) words.add(bare(word));
  for (const number of record.numbers) for (const word of numberWords(number)) words.add(word);
  for (const id of record.listIds ?? []) words.add(mark(listMark, id));
  if (record.companyId !== undefined && record.companyId !== null) words.add(mark(companyMark, record.companyId));
  return [...words].join(' ');
}

function begunWith(word: string): string {
  return `"${word}"*`;
}

function anyOf(terms: readonly string[]): string {
  const different = [...new Set(terms)];
  return different.length === 1 ? (different[0] ?? '') : `(${different.join(' OR ')})`;
}

function wordTerm(word: string): string {
  const plain = bare(word);
  const collapsed = collapse(plain);
  return anyOf(collapsed.length >= shortestCollapsed ? [begunWith(plain), begunWith(collapsed)] : [begunWith(plain)]);
}

/** A number as typed, from its start: with or without country code, trunk zero, or blanks between groups. */
function numberTerm(groups: readonly string[]): string {
  const typed = groups.join(' ').replaceAll('(0)', '');
  const digits = typed.replace(/\D/gu, '');
  const readings = [digits.replace(/^00/u, '')];
  if (/^0[1-9]/u.test(digits)) readings.push(digits.slice(1));
  const terms = readings.map(begunWith);
  // “24 7” may also be two words of a name.
  if (groups.length > 1) terms.push(`(${groups.map((group) => begunWith(group.replace(/\D/gu, ''))).join(' AND ')})`);
  return anyOf(terms);
}

/** In an address, whatever stands before the end is complete. */
function addressTerms(address: string): string[] {
  const words = bareWords(address);
  return words.map((word, index) => (index === words.length - 1 ? begunWith(word) : `"${word}"`));
}

function isPartOfNumber(chunk: string): boolean {
  return /^[+(]?\d[\d()./-]*$/u.test(chunk) || /^\(\+?\d+\)$/u.test(chunk);
}

function typedTerms(typed: string): string[] {
  const terms: string[] = [];
  let groups: string[] = [];
  const endNumber = () => {
    if (groups.length > 0) terms.push(numberTerm(groups));
    groups = [];
  };
  for (const chunk of typed.split(/\s+/u)) {
    if (isPartOfNumber(chunk)) {
      groups.push(chunk);
      continue;
    }
    endNumber();
    if (chunk.includes('@')) terms.push(...addressTerms(chunk));
    else terms.push(...wordsOf(chunk).map(wordTerm));
  }
  endNumber();
  return terms.slice(0, mostTypedWords);
}

export interface SearchQuestion {
  readonly search?: string | undefined;
  readonly listId?: string | undefined;
  /** At least one of these. */
  readonly listIds?: readonly string[];
  readonly companyId?: string | undefined;
}

/**
 * The match expression for what was typed: each word must begin a word of the record. Undefined when nothing
 * searchable was asked, so that nothing can match.
 */
export function searchExpression({ search, listId, listIds, companyId }: SearchQuestion): string | undefined {
  const typed = search === undefined ? [] : typedTerms(search);
  if (search !== undefined && search !== '' && typed.length === 0) return undefined;
  const terms = [...typed];
  if (listId !== undefined) terms.push(`"${mark(listMark, listId)}"`);
  if (listIds !== undefined) terms.push(anyOf(listIds.map((id) => `"${mark(listMark, id)}"`)));
  if (companyId !== undefined) terms.push(`"${mark(companyMark, companyId)}"`);
  return terms.length === 0 ? undefined : terms.join(' AND ');
}

/** Whether each typed word begins a word of the texts, by the same spellings as in the index. */
export function saysWords(texts: readonly string[], typed: string): boolean {
  const known = texts.flatMap(wordsOf).flatMap(spellings);
  return wordsOf(typed).every((word) => {
    const plain = bare(word);
    const collapsed = collapse(plain);
    const forms = collapsed.length >= shortestCollapsed ? [plain, collapsed] : [plain];
    return known.some((candidate) => forms.some((form) => candidate.startsWith(form)));
  });
}
