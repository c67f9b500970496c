import { getCountries } from 'libphonenumber-js/max';
import { foldForSearch } from '../database/search.ts';

// Brings the values of exports into the form they are kept in. Each answers undefined for what it does not understand.

const displayLanguages = ['en', 'pl', 'de', 'fr', 'es', 'it', 'cs', 'uk'];

function fold(text: string): string {
  return foldForSearch(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.\s]+/gu, ' ')
    .trim();
}

function namesOf(type: 'region' | 'language', codes: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const locale of displayLanguages) {
    const display = new Intl.DisplayNames([locale], { type, fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name !== undefined && !names.has(fold(name))) names.set(fold(name), code);
    }
  }
  return names;
}

function everyPair(): string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(97 + index));
  return letters.flatMap((left) => letters.map((right) => left + right));
}

// Names people write that no list of countries has.
const countryAliases: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  brd: 'DE',
  rp: 'PL',
  'rzeczpospolita polska': 'PL',
  'czech republic': 'CZ',
  'republika czeska': 'CZ',
  holland: 'NL',
  holandia: 'NL',
  russia: 'RU',
};

/** Made once, because putting together the names of all countries takes a while. */
export interface Names {
  /** ISO 3166-1 alpha-2 of a country's code or name. */
  country(text: string): string | undefined;
  /** BCP 47 language of a code or name: `pl`, `en-US`. */
  language(text: string): string | undefined;
}

export function loadNames(): Names {
  const regions = namesOf('region', getCountries());
  const languages = namesOf('language', everyPair());
  const codes = new Set(regions.values());
  const languageCodes = new Set(languages.values());
  return {
    country(text) {
      const trimmed = text.trim();
      const code = trimmed.toUpperCase();
      if (codes.has(code)) return code;
      return regions.get(fold(trimmed)) ?? countryAliases[fold(trimmed)];
    },
    language(text) {
      const trimmed = text.trim();
      const [, language = '', region] = /^([a-z]{2})(?:[-_]([a-z]{2}))?$/iu.exec(trimmed) ?? [];
      if (languageCodes.has(language.toLowerCase())) return region === undefined ? language.toLowerCase() : `${language.toLowerCase()}-${region.toUpperCase()}`;
      return languages.get(fold(trimmed.replace(/\s*\(.*\)$/u, '')));
    },
  };
}

const symbols: readonly (readonly [symbol: string, currency: string])[] = [
  ['zł', 'PLN'],
  ['zl', 'PLN'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['$', 'USD'],
  ['kč', 'CZK'],
  ['kc', 'CZK'],
  ['ft', 'HUF'],
  ['₴', 'UAH'],
  ['¥', 'JPY'],
  ['fr.', 'CHF'],
];

/** ISO 4217 of a code or sign. */
export function readCurrency(text: string): string | undefined {
  const lower = text.trim().toLowerCase();
  const code = /(?:^|[^a-z])([a-z]{3})(?:[^a-z]|$)/u.exec(lower)?.[1]?.toUpperCase();
  if (code !== undefined && Intl.supportedValuesOf('currency').includes(code)) return code;
  return symbols.find(([symbol]) => lower.includes(symbol))?.[1];
}

const currencyOfCountry: Readonly<Record<string, string>> = {
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  GB: 'GBP',
  US: 'USD',
  CH: 'CHF',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  RO: 'RON',
  UA: 'UAH',
  CA: 'CAD',
  AU: 'AUD',
  JP: 'JPY',
  BR: 'BRL',
  MX: 'MXN',
  IN: 'INR',
};

/** The currency amounts without one are taken to be in. */
export function usualCurrency(country: string): string {
  return currencyOfCountry[country] ?? 'EUR';
}

/** An amount as decimal text, whatever marks thousands and decimals: `1 200,50 zł` is `1200.50`. */
export function readAmount(text: string): string | undefined {
  const bare = text.replace(/[^\d.,\-']/gu, '').replaceAll("'", '');
  if (!/\d/u.test(bare) || /\d-/u.test(bare)) return undefined;
  const last = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
  const mark = bare[last];
  const decimals = last === -1 ? 0 : bare.length - last - 1;
  const isOnlyMark = mark !== undefined && bare.indexOf(mark) === last;
  const hasBoth = bare.includes(',') && bare.includes('.');
  // One mark before exactly three digits separates thousands, unless the other mark does so already.
  const isDecimal = last !== -1 && isOnlyMark && (decimals !== 3 || hasBoth);
  const whole = (isDecimal ? bare.slice(0, last) : bare).replace(/[.,]/gu, '');
  const fraction = isDecimal ? bare.slice(last + 1).slice(0, 4) : '';
  const amount = fraction === '' ? whole : `${whole === '' || whole === '-' ? `${whole}0` : whole}.${fraction}`;
  return /^-?\d{1,15}(?:\.\d{1,4})?$/u.test(amount) ? amount : undefined;
}

export function readYesOrNo(text: string): boolean | undefined {
  const word = fold(text);
  if (['true', 'yes', '1', 'tak', 'ja', 'prawda', 'wahr'].includes(word)) return true;
  if (['false', 'no', '0', 'nie', 'nein', 'falsz', 'falsch'].includes(word)) return false;
  return undefined;
}

/** Several ids in one value: `101;102`. */
export function readIds(text: string): string[] {
  return text
    .split(/[;,\s]+/u)
    .map((id) => id.replace(/\.0+$/u, ''))
    .filter((id) => /^[\w-]{1,64}$/u.test(id));
}

const address = /[^\s@<>()[\];,"]+@[^\s@<>()[\];,"]+\.[^\s@<>()[\];,"]+/gu;

/** The e-mail addresses in a text such as `Anna (anna@example.com); Jan <jan@example.com>`. */
export function readAddresses(text: string): string[] {
  return [...text.matchAll(address)].map(([found]) => found.toLowerCase().replace(/[.:]+$/u, ''));
}

/** A domain without what stands around it: `https://www.acme.pl/kontakt` is `acme.pl`. */
export function readDomain(text: string): string | undefined {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//u, '')
    .replace(/^www\./u, '')
    .replace(/[/?#:].*$/u, '');
  return /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,}$/u.test(bare) && bare.length <= 253 ? bare : undefined;
}

const priorities: readonly (readonly ['low' | 'medium' | 'high' | 'urgent', readonly string[]])[] = [
  ['low', ['low', 'niski', 'niska', 'niedrig', 'gering', 'minor']],
  ['medium', ['medium', 'normal', 'sredni', 'srednia', 'normalny', 'mittel', 'standard']],
  ['high', ['high', 'wysoki', 'wysoka', 'hoch', 'major']],
  ['urgent', ['urgent', 'critical', 'emergency', 'pilny', 'pilne', 'krytyczny', 'dringend', 'kritisch', 'blocker']],
];

export function readPriority(text: string): 'low' | 'medium' | 'high' | 'urgent' | undefined {
  const word = fold(text);
  return priorities.find(([, words]) => words.includes(word))?.[0];
}

/** `Jan van der Berg` is Jan and van der Berg; `Kowalski, Jan` is Jan and Kowalski. */
export function splitName(text: string): { readonly firstName: string; readonly lastName: string } {
  const name = text.replace(/\s+/gu, ' ').trim();
  const turned = /^([^,]+), (\S.*)$/u.exec(name);
  if (turned !== null) return { firstName: turned[2] ?? '', lastName: turned[1] ?? '' };
  const [first = '', ...others] = name.split(' ');
  return { firstName: first, lastName: others.join(' ') };
}

const closedWords =
  /\b(?:closed|solved|resolved|done|completed?|finished|won|lost|zamkn\w*|rozwiaz\w*|zakoncz\w*|wygran\w*|przegran\w*|utracon\w*|geschlossen|gelost|erledigt|abgeschlossen|gewonnen|verloren)\b/u;

/** Whether a stage of this name is the end of the way. */
export function soundsClosed(stage: string): boolean {
  return closedWords.test(fold(stage).replace(/[^a-z0-9]+/gu, ' '));
}

// What other programs call the stages that every desk has, by our own names for them.
const stageSynonyms: Readonly<Record<string, readonly string[]>> = {
  new: ['new', 'nowe', 'nowy', 'neu', 'open', 'otwarte', 'offen'],
  'in progress': ['in progress', 'waiting on us', 'oczekiwanie na nas', 'w toku', 'wartet auf uns', 'in bearbeitung'],
  'waiting for customer': ['waiting on contact', 'waiting for contact', 'pending', 'oczekiwanie na kontakt', 'wartet auf kontakt', 'waiting on customer'],
  closed: ['closed', 'zamkniete', 'geschlossen', 'solved', 'resolved'],
};

/** Whether two names of a stage mean the same one. */
export function isSameStage(left: string, right: string): boolean {
  const [one, other] = [fold(left), fold(right)];
  if (one === other) return true;
  return Object.entries(stageSynonyms).some(([own, names]) => [own, ...names].includes(one) && [own, ...names].includes(other));
}

/** A name as agents are looked up by: letter case and accents do not matter. */
export function agentKey(name: string): string {
  return fold(name);
}
