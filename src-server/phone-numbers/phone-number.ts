import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import type { NumberProblemCode } from './number-problems.ts';
import {
  digitsOf,
  hardPieces,
  isWithheld,
  numberRuns,
  plainText,
  possibleCuts,
  scientificNumber,
  takeExtension,
  vanityDigits,
  withoutFeatureCodes,
  withoutUri,
} from './number-text.ts';
import { isShortNumber } from './short-numbers.ts';

/** The rules and number plans that numbers are read with. Numbers read with others are read again in the background. */
export const metadataVersion = 'libphonenumber-js 1.13.16, rules 3';

export type NumberKind = 'e164' | 'short' | 'internal' | 'withheld' | 'unreadable';

/** One telephone number as it was understood. */
export interface ReadNumber {
  /** The piece of the field it was read from, exactly as typed. */
  readonly raw: string;
  readonly kind: NumberKind;
  readonly e164: string | null;
  /** The calling code the E.164 number begins with. */
  readonly callingCode: string | null;
  readonly extension: string | null;
  /** The digits of a short or internal number. */
  readonly digits: string | null;
  /** For a switchboard written as `…-0`: the E.164 digits that all its direct numbers begin with. */
  readonly switchboardBase: string | null;
  readonly suggestion: string | null;
  readonly problem: NumberProblemCode | null;
}

export interface ReadOptions {
  /** Country of numbers without a country code: ISO 3166-1 alpha-2. */
  readonly country: string;
}

const nothing = { e164: null, callingCode: null, extension: null, digits: null, switchboardBase: null, suggestion: null, problem: null } as const;
const longestE164 = 15;
const longestInternal = 5;
const longestShort = 6;
/** A field longer than this is prose; it is read for one number only. */
const longestField = 200;
/** A text longer than this is read for none. */
const longestText = 1000;
/** Digits of one number with its extension, at most. */
const mostDigits = longestE164 + longestShort;

function countryOf(country: string): CountryCode | undefined {
  return isSupportedCountry(country) ? country : undefined;
}

function parse(text: string, country: string): PhoneNumber | undefined {
  const defaultCountry = countryOf(country);
  return defaultCountry === undefined ? parsePhoneNumberFromString(text) : parsePhoneNumberFromString(text, defaultCountry);
}

interface Understood {
  readonly e164: string;
  readonly callingCode: string;
  readonly extension: string | null;
  readonly switchboardBase: string | null;
}

/** The number, if the number plan of its country has it. What libphonenumber takes for a long extension is a second number. */
function validNumber(text: string, country: string): Understood | undefined {
  const parsed = parse(text, country);
  if (parsed === undefined || !parsed.isValid() || (parsed.ext?.length ?? 0) > 6) return undefined;
  // Germany's plan allows more digits than E.164 (ITU-T E.164, 6.2.1) does.
  if (parsed.number.length > longestE164 + 1) return undefined;
  return { e164: parsed.number, callingCode: parsed.countryCallingCode, extension: parsed.ext ?? null, switchboardBase: null };
}

const internationalPrefixes = ['00', '011', '810'];

/** Reads what is not valid as it stands but can only mean one thing. */
function mended(text: string, country: string): Understood | undefined {
  const digits = digitsOf(text);
  const isInternational = text.startsWith('+');
  if (!isInternational) {
    for (const prefix of internationalPrefixes) {
      const found = digits.startsWith(prefix) ? validNumber(`+${digits.slice(prefix.length)}`, country) : undefined;
      if (found !== undefined) return found;
    }
  }
  // +0048 and +48 0048: the country was said twice.
  const saidOnce = digits.replace(/^00/u, '').replace(/^(\d{1,3})00\1/u, '$1');
  const once = isInternational && saidOnce !== digits ? validNumber(`+${saidOnce}`, country) : undefined;
  if (once !== undefined) return once;
  const withoutTrunk = /\(0\)/u.test(text) ? validNumber(text.replace('(0)', ''), country) : undefined;
  if (withoutTrunk !== undefined) return withoutTrunk;

  const parsed = parse(text, country);
  if (parsed?.nationalNumber.startsWith('0') === true) {
    const found = validNumber(`+${parsed.countryCallingCode}${parsed.nationalNumber.replace(/^0+/u, '')}`, country);
    if (found !== undefined) return found;
  }
  return directDial(text, country) ?? olderForm(parsed, country);
}

/** `22 1234567-12`: the number before the hyphen, and what is dialled inside. */
function directDial(text: string, country: string): Understood | undefined {
  const found = /^(.*\d)\s*-\s*(\d{1,5})$/u.exec(text);
  const head = found === null ? undefined : validNumber(found[1] ?? '', country);
  if (found === null || head === undefined || head.extension !== null) return undefined;
  const isSwitchboard = /^0$/u.test(found[2] ?? '');
  return { ...head, extension: isSwitchboard ? null : (found[2] ?? null), switchboardBase: isSwitchboard ? head.e164.slice(1) : null };
}

/** Mexico dropped the 1 (and 044, 045) before mobile numbers in 2020, Brazil put a 9 before them by 2016. */
function olderForm(parsed: PhoneNumber | undefined, country: string): Understood | undefined {
  if (parsed?.countryCallingCode === '52') {
    const digits = parsed.nationalNumber.replace(/^(?:1|044|045)(?=\d{10}$)/u, '');
    return validNumber(`+52${digits}`, country);
  }
  if (parsed?.countryCallingCode === '55' && parsed.nationalNumber.length === 10) {
    return validNumber(`+55${parsed.nationalNumber.slice(0, 2)}9${parsed.nationalNumber.slice(2)}`, country);
  }
  return undefined;
}

/** `089 1234567-0` is a switchboard: its direct numbers begin with the same digits. */
function withSwitchboard(understood: Understood, text: string): Understood {
  const endsLikeOne = understood.switchboardBase === null && understood.extension === null && /\d\s*-\s*0$/u.test(text) && understood.e164.endsWith('0');
  return endsLikeOne ? { ...understood, switchboardBase: understood.e164.slice(1, -1) } : understood;
}

function unreadable(raw: string, problem: NumberProblemCode, suggestion: string | null = null): ReadNumber {
  return { ...nothing, raw, kind: 'unreadable', problem, suggestion };
}

function readable(raw: string, understood: Understood, extension: string | null = null): ReadNumber {
  return { ...nothing, raw, kind: 'e164', ...understood, extension: extension ?? understood.extension };
}

/** What a number that can't be read might be. Guesses are only ever suggested, never used. */
function guess(text: string, country: string): { readonly problem: NumberProblemCode; readonly suggestion: string } | undefined {
  const digits = digitsOf(text);
  const plus = !text.startsWith('+') && digits.length >= 9 ? validNumber(`+${digits}`, country) : undefined;
  if (plus !== undefined) return { problem: 'lost-plus', suggestion: plus.e164 };
  const parsed = parse(text, country);
  const zero = parsed === undefined ? undefined : validNumber(`+${parsed.countryCallingCode}0${parsed.nationalNumber}`, country);
  if (zero !== undefined) return { problem: 'lost-zero', suggestion: zero.e164 };
  return undefined;
}

function problemOf(text: string, country: string): NumberProblemCode {
  const digits = digitsOf(text);
  if (/^0*$/u.test(digits)) return 'no-number';
  if (digits.length <= longestShort && !text.startsWith('+')) return 'too-short';
  const length = validatePhoneNumberLength(text, countryOf(country));
  if (length === 'TOO_SHORT' || length === 'NOT_A_NUMBER') return 'too-short';
  if (length === 'TOO_LONG') return 'too-long';
  if (length === 'INVALID_COUNTRY') return 'unknown-country';
  return 'unknown-range';
}

/** Reads bare digits with punctuation. */
function readDigits(raw: string, { text, extension }: { readonly text: string; readonly extension: string | null }, country: string): ReadNumber {
  const digits = digitsOf(text);
  if (digits === '') return unreadable(raw, 'no-number');
  const isFew = digits.length <= longestShort && !text.startsWith('+');
  if (isFew && isShortNumber(digits, country)) return { ...nothing, raw, kind: 'short', digits };

  const understood = validNumber(text, country) ?? (isFew ? undefined : mended(text, country));
  if (understood !== undefined) return readable(raw, withSwitchboard(understood, text), extension);

  if (isFew && digits.length >= 2 && digits.length <= longestInternal && !/^0+$/u.test(digits)) return { ...nothing, raw, kind: 'internal', digits };
  const guessed = guess(text, country);
  if (guessed !== undefined) return unreadable(raw, guessed.problem, guessed.suggestion);
  return unreadable(raw, problemOf(text, country));
}

/** A damaged number is only restored where every digit is still there, and even then only suggested. */
function readScientific(raw: string, { digits, exponent }: { readonly digits: string; readonly exponent: number }, country: string): ReadNumber {
  const isWhole = digits.length === exponent + 1 && digits.length >= 9;
  const restored = isWhole ? (validNumber(digits, country) ?? validNumber(`+${digits}`, country)) : undefined;
  return unreadable(raw, 'excel-damaged', restored?.e164 ?? null);
}

/** Finds the number among words and notes. */
function readAmongWords(raw: string, text: string, country: string): ReadNumber {
  const vanity = vanityDigits(text);
  if (vanity !== undefined) {
    // 1-800-FLOWERS is North American wherever it is written.
    const isNorthAmerican = /^\D*1\D*8(?:00|33|44|55|66|77|88)/u.test(vanity);
    const understood = validNumber(vanity, country) ?? (isNorthAmerican ? validNumber(`+${digitsOf(vanity)}`, country) : undefined);
    if (understood !== undefined) return readable(raw, understood);
  }
  const whole = validNumber(text, country);
  if (whole !== undefined) return readable(raw, withSwitchboard(whole, text));

  const { rest, extension } = takeExtension(text);
  const runs = numberRuns(rest);
  const long = runs.filter((run) => run.digits >= 7);
  if (long.length === 1 && long[0] !== undefined) return readDigits(raw, { text: long[0].text.trim(), extension }, country);

  const letters = text.replaceAll(/[Oo]/gu, '0').replaceAll(/[lI]/gu, '1');
  const corrected = /^[+\d\s().-]+$/u.test(letters) ? validNumber(letters, country) : undefined;
  if (corrected !== undefined) return unreadable(raw, 'letters-for-digits', corrected.e164);
  // `wew. 101` and `tel. 112` are numbers; `room 12` is a remark.
  if (runs.length === 0) return extension === null ? unreadable(raw, 'no-number') : readDigits(raw, { text: extension, extension: null }, country);
  const labelled = /^(?:tel(?:efon)?|phone|nr|numer|no)\.?:?\s*(\d[\d\s]*)$/iu.exec(rest);
  if (labelled !== null) return readDigits(raw, { text: labelled[1] ?? '', extension }, country);
  return unreadable(raw, long.length === 0 ? 'no-number' : 'too-long');
}

const bareNumber = /^\+?[\d\s().-]+$/u;

/**
 * Reads the one number in `raw`. When there may be several, use `readNumbers`.
 * Never throws, whatever the text.
 */
export function readNumber(raw: string, { country }: ReadOptions): ReadNumber {
  if (raw.length > longestText) return unreadable(raw, 'too-long');
  const plain = plainText(raw);
  if (isWithheld(plain)) return { ...nothing, raw, kind: 'withheld' };
  if (bareNumber.test(plain)) return readDigits(raw, { text: plain, extension: null }, country);
  const scientific = scientificNumber(plain);
  if (scientific !== undefined) return readScientific(raw, scientific, country);
  if (/^\/\s*\d{1,4}$/u.test(plain)) return unreadable(raw, 'abbreviated');

  const text = withoutFeatureCodes(withoutUri(plain)).replace(/^\(\s*(\+)/u, '$1');
  const { rest, extension } = takeExtension(text);
  if (bareNumber.test(rest)) return readDigits(raw, { text: rest, extension }, country);
  if (/^[+\d][\d\s()./,-]*$/u.test(rest)) return readDigits(raw, { text: rest.replaceAll('/', ' '), extension }, country);
  return readAmongWords(raw, text, country);
}

/** Shorter numbers are never taken for one of several in a field. */
const fewestOfLong = 7;

function isLongNumber(read: ReadNumber): boolean {
  return read.kind === 'e164' && digitsOf(plainText(read.raw)).length >= fewestOfLong;
}

/** `22 123 45 67/68`: a second number that differs in its last digits only. */
const abbreviated = /^(.*\d)\s*(\/\s*\d{1,3})$/u;

/** What the ends of a field were read as: all ways to cut it come by the same ends. */
type ReadEnds = Map<string, ReadNumber[]>;

/** Reads a piece as several numbers, if it can be cut into readable ones in one way only. */
function twoNumbers(piece: string, options: ReadOptions, ends: ReadEnds): ReadNumber[] | undefined {
  const results: ReadNumber[][] = [];
  for (const [left, right] of possibleCuts(piece)) {
    if (digitsOf(left).length > mostDigits) continue;
    const first = readNumber(left, options);
    if (!isLongNumber(first)) continue;
    const others = ends.get(right) ?? readPiece(right, options, ends);
    ends.set(right, others);
    if (others.every(isLongNumber)) results.push([first, ...others]);
  }
  const meanings = new Set(results.map((reads) => reads.map((read) => read.e164).join()));
  return meanings.size === 1 ? results[0] : undefined;
}

function readPiece(piece: string, options: ReadOptions, ends: ReadEnds = new Map()): ReadNumber[] {
  const plain = plainText(piece);
  if (bareNumber.test(plain) && digitsOf(plain).length <= 13 && !plain.includes(' - ')) return [readNumber(piece, options)];

  const mayBeTwo = plain.length <= longestField && digitsOf(plain).length >= 2 * fewestOfLong;
  const halves = mayBeTwo ? twoNumbers(piece, options, ends) : undefined;
  if (halves !== undefined) return halves;

  const [, head, tail] = abbreviated.exec(piece) ?? [];
  if (head !== undefined && tail !== undefined) {
    const first = readNumber(head, options);
    if (isLongNumber(first)) return [first, readNumber(tail, options)];
  }
  return [readNumber(piece, options)];
}

/** Says what an abbreviated number would be, from the one before it. It is suggested, not taken for granted. */
function withSuggestedEnding(read: ReadNumber, before: ReadNumber | undefined): ReadNumber {
  const ending = digitsOf(read.raw);
  if (read.problem !== 'abbreviated' || before === undefined || before.e164 === null) return read;
  return { ...read, suggestion: before.e164.slice(0, -ending.length) + ending };
}

/** All the numbers of one field, in order, each with the piece of the field it was read from. An empty field has none. */
export function readNumbers(raw: string, options: ReadOptions): ReadNumber[] {
  // Most fields hold one number and nothing else.
  if (/^\s*\+?\d[\d ().-]{6,17}$/u.test(raw) && !raw.includes(' - ')) return [readNumber(raw.trim(), options)];
  if (raw.length > longestText) return [readNumber(raw, options)];
  if (plainText(raw) === '') return [];
  const reads = hardPieces(raw).flatMap((piece) => readPiece(piece, options));
  return reads.map((read, index) => withSuggestedEnding(read, reads[index - 1]));
}

/**
 * Takes a person at their word: complete E.164 of a length its country uses is a number, even when no number plan has
 * it yet. Undefined for anything else.
 */
export function insistedNumber(raw: string): ReadNumber | undefined {
  const e164 = raw.trim();
  const parsed = /^\+[1-9]\d{6,14}$/u.test(e164) ? parsePhoneNumberFromString(e164) : undefined;
  if (parsed?.isPossible() !== true) return undefined;
  return { ...nothing, raw: e164, kind: 'e164', e164, callingCode: parsed.countryCallingCode };
}

/** The number as people of `homeCountry` write it: national form at home, international elsewhere. */
export function formatForScreen(e164: string, homeCountry: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined) return e164;
  const home = countryOf(homeCountry);
  return home !== undefined && getCountryCallingCode(home) === parsed.countryCallingCode ? parsed.formatNational() : parsed.formatInternational();
}

/** The country an E.164 number belongs to, where it belongs to one, and its calling code. */
export function homeOf(e164: string): { readonly country: string | undefined; readonly callingCode: string } {
  const parsed = parsePhoneNumberFromString(e164);
  return { country: parsed?.country, callingCode: parsed?.countryCallingCode ?? '' };
}

export function callingCodeOf(country: string): string | undefined {
  const known = countryOf(country);
  return known === undefined ? undefined : getCountryCallingCode(known);
}

/** Whether people of `country` write this number of theirs with a leading zero that `typed` does not have. */
export function isTrunkZeroMissing(typed: string, ...[e164, country]: [e164: string, country: string]): boolean {
  return !typed.trim().startsWith('0') && formatForScreen(e164, country).replace(/^\(/u, '').startsWith('0');
}
