import type { Context } from '../kernel/context.ts';
import {
  aliasDigits,
  aliasKey,
  exactKey,
  extensionKey,
  extensionRange,
  internalKey,
  nationalKey,
  shortKey,
  switchboardKey,
} from '../phone-numbers/number-keys.ts';
import { explainNumberProblem } from '../phone-numbers/number-problems.ts';
import { digitsOf } from '../phone-numbers/number-text.ts';
import { callingCodeOf, homeOf, isTrunkZeroMissing, readNumber, type ReadNumber } from '../phone-numbers/phone-number.ts';
import type { MatchKind } from './caller-id.contract.ts';
import { keyInUse, ownersByKey, ownersByRange, type OwnerRow } from './caller-id.queries.ts';

// Finds the stored numbers that a calling number may be, in steps from certain to careful; the first step that finds
// somebody ends the search. Fewer than nine digits never match in part: that is how wrong names come about.

/** Tells what each step did, in words. Nothing is put into words unless somebody listens. */
export type Tell = (step: string, outcome: () => string) => void;

export interface Found {
  readonly kind: MatchKind;
  readonly rows: readonly OwnerRow[];
}

export interface Search {
  readonly ctx: Context;
  readonly read: ReadNumber;
  /** As it was reported. */
  readonly number: string;
  /** The desk's own country. */
  readonly country: string;
  readonly tell: Tell;
}

const fewestDigits = 9;
/** No number is longer (ITU-T E.164, 6.2.1). */
const mostDigits = 15;
const mostDirectDigits = 4;

async function ownersOf({ ctx }: Search, keys: Iterable<string>): Promise<OwnerRow[]> {
  const rows: OwnerRow[] = [];
  for (const key of new Set(keys)) {
    if ((await ctx.hot.first(keyInUse, { key })) !== undefined) rows.push(...(await ctx.hot.all(ownersByKey, { key })));
  }
  return rows;
}

function countInWords(rows: readonly OwnerRow[]): string {
  if (rows.length === 0) return 'Nobody has it.';
  return rows.length === 1 ? 'One match.' : `${rows.length} matches.`;
}

/**
 * Digits that may stand for a complete international number although they lost their plus sign on the way. Not where
 * they are a national number as people here write it: +43 1 234 5678 must not answer for 431 234 5678 in Canada.
 */
function internationalDigits({ number, read, country }: Search): string | undefined {
  const isBare = !/^\s*(?:\+|0)/u.test(number);
  const isNational = read.e164 !== null && !isTrunkZeroMissing(number, read.e164, country);
  return isBare && !isNational ? digitsOf(number) : undefined;
}

async function exact(search: Search): Promise<OwnerRow[]> {
  const { read, country, tell } = search;
  if (read.kind === 'short' || read.kind === 'internal') {
    const digits = read.digits ?? '';
    const rows = await ownersOf(search, [read.kind === 'short' ? shortKey(digits, country) : internalKey(digits)]);
    tell(read.kind === 'short' ? `Short number ${digits} of ${country}` : `Internal number ${digits}`, () => countInWords(rows));
    return rows;
  }
  if (read.e164 === null) return [];
  const digits = read.e164.slice(1);
  const rows = await ownersOf(search, [read.extension === null ? exactKey(digits) : extensionKey(digits, read.extension)]);
  tell(`Exactly ${read.e164}${read.extension === null ? '' : ` with extension ${read.extension}`}`, () => countInWords(rows));
  return rows;
}

async function exactWithoutExtension(search: Search): Promise<OwnerRow[]> {
  const { ctx, read, tell } = search;
  if (read.e164 === null) return [];
  const digits = read.e164.slice(1);
  const plain = read.extension === null ? [] : await ownersOf(search, [exactKey(digits)]);
  // Whoever has the number itself answers for an extension nobody has; other extensions are other people.
  const rows = plain.length > 0 ? plain : await ctx.hot.all(ownersByRange, extensionRange(digits));
  tell('The same number, whatever the extension', () => countInWords(rows));
  return rows;
}

/** Other forms of the same line, and forms that lost their plus sign or zero on the way. */
async function alias(search: Search): Promise<OwnerRow[]> {
  const { read, tell } = search;
  const own = read.e164?.slice(1);
  const international = internationalDigits(search);
  const suggested = read.suggestion === null || read.problem === 'excel-damaged' ? [] : [read.suggestion.slice(1)];
  const candidates = [own, international, ...suggested].filter((digits) => digits !== undefined);
  const keys = candidates.flatMap((digits) => [aliasKey(digits), exactKey(digits), ...aliasDigits(digits).map(exactKey)]);
  const rows = await ownersOf(
    search,
    keys.filter((key) => own === undefined || key !== exactKey(own)),
  );
  tell('Other forms of this number (lost plus sign, older national forms)', () => countInWords(rows));
  return rows;
}

function isOneNumber(rows: readonly OwnerRow[]): boolean {
  return new Set(rows.map((row) => row.e164)).size === 1;
}

/** A number without country code that is none here: somebody's in another country whose numbers are in the base. */
async function otherCountry(search: Search): Promise<OwnerRow[]> {
  const { number, read, tell } = search;
  const digits = digitsOf(number);
  const step = 'Read as a number of another country we have contacts in';
  if (read.e164 !== null || number.trim().startsWith('+')) {
    tell(step, () => 'Not tried: the number is complete.');
    return [];
  }
  const forms = [digits, digits.replace(/^0/u, ''), digits.replace(/^06/u, ''), digits.replace(/^[18]/u, '')].filter((form) => form.length >= fewestDigits);
  const found = await ownersOf(search, forms.map(nationalKey));
  const rows = found.filter((row) => row.e164 !== null && readNumber(digits, { country: homeOf(row.e164).country ?? '' }).e164 === row.e164);
  tell(step, () => (rows.length > 0 && !isOneNumber(rows) ? 'Several numbers fit, so none is taken.' : countInWords(rows)));
  return isOneNumber(rows) ? rows : [];
}

/** A direct number of a switchboard whose block is known: the company, never a person. */
async function switchboard(search: Search): Promise<OwnerRow[]> {
  const { read, number, country, tell } = search;
  const digits = read.e164?.slice(1) ?? completedDigits(number, country);
  for (let cut = 0; cut <= mostDirectDigits && digits.length - cut >= fewestDigits - 1; cut += 1) {
    const base = digits.slice(0, digits.length - cut);
    const rows = await ownersOf(search, [switchboardKey(base)]);
    if (rows.length === 0) continue;
    tell('Direct numbers of a switchboard', () => `It begins with ${base}, which is a company’s switchboard.`);
    return rows;
  }
  tell('Direct numbers of a switchboard', () => 'No switchboard begins like this.');
  return [];
}

function completedDigits(number: string, country: string): string {
  const digits = digitsOf(number);
  if (/^\s*\+/u.test(number)) return digits;
  return digits.startsWith('00') ? digits.slice(2) : `${callingCodeOf(country) ?? ''}${digits.replace(/^0/u, '')}`;
}

/** The end of a number that can't be read as it stands, for instance because the exchange put digits before it. */
async function ending(search: Search): Promise<OwnerRow[]> {
  const { read, number, tell } = search;
  const step = `The last digits, ${fewestDigits} at least`;
  if (read.e164 !== null) {
    tell(step, () => 'Not tried: the number is complete, so only itself may match.');
    return [];
  }
  const digits = digitsOf(number);
  const hasCode = /^\s*\+/u.test(number);
  for (let length = Math.min(digits.length, mostDigits); length >= fewestDigits; length -= 1) {
    const end = digits.slice(-length);
    const found = await ownersOf(search, [nationalKey(end), exactKey(end)]);
    const rows = found.filter((row) => !hasCode || (row.e164 !== null && digits.startsWith(homeOf(row.e164).callingCode)));
    if (rows.length === 0) continue;
    tell(step, () => (isOneNumber(rows) ? `One number ends with ${end}, so it may be that one.` : 'Several numbers end like this, so none is taken.'));
    return isOneNumber(rows) ? rows : [];
  }
  tell(step, () => (digits.length < fewestDigits ? 'Not tried: too few digits.' : 'Nobody’s number ends like this.'));
  return [];
}

/** Whose number it is, by the first step that finds somebody; undefined when nobody's. */
export async function searchNumber(search: Search): Promise<Found | undefined> {
  const { read, country, tell } = search;
  if (read.kind === 'withheld') {
    tell('Read the number', () => 'The caller withholds the number. Nobody is looked up.');
    return undefined;
  }
  tell('Read the number', () =>
    read.kind === 'unreadable'
      ? `It can’t be read as a number of ${country}. ${explainNumberProblem(read.problem)}`
      : `Understood as ${read.e164 ?? `the ${read.kind} number ${read.digits ?? ''}`}.`,
  );
  const steps = [
    ['exact', exact],
    ['exact', exactWithoutExtension],
    ['alias', alias],
    ['maybe', otherCountry],
    ['ddi', switchboard],
    ['maybe', ending],
  ] as const;
  const isComplete = read.kind !== 'short' && read.kind !== 'internal';
  for (const [kind, step] of isComplete ? steps : steps.slice(0, 1)) {
    const rows = await step(search);
    if (rows.length > 0) return { kind, rows };
  }
  tell('Result', () => 'Nobody is known by this number.');
  return undefined;
}
