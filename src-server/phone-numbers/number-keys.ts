import type { ReadNumber } from './phone-number.ts';

// What a number is looked up by. Each key is one seek in number_keys; callers of one step know which keys they want.

/** `+48221234567` without an extension. */
export function exactKey(digits: string): string {
  return `e:${digits}`;
}

export function extensionKey(digits: string, extension: string): string {
  return `x:${digits}#${extension}`;
}

/** All extensions of a number lie between these two keys. */
export function extensionRange(digits: string): { readonly from: string; readonly to: string } {
  return { from: `x:${digits}#`, to: `x:${digits}$` };
}

/** Another E.164 form of the same line that a network may show. */
export function aliasKey(digits: string): string {
  return `a:${digits}`;
}

/** The digits without the country code. */
export function nationalKey(national: string): string {
  return `n:${national}`;
}

/** What all direct numbers of a switchboard begin with. */
export function switchboardKey(digits: string): string {
  return `d:${digits}`;
}

export function shortKey(digits: string, country: string): string {
  return `short:${country}:${digits}`;
}

export function internalKey(digits: string): string {
  return `int:${digits}`;
}

/** Other forms of one line: with and without Mexico's old 1, Brazil's mobile 9, Argentina's mobile 9. */
export function aliasDigits(digits: string): string[] {
  if (/^52\d{10}$/u.test(digits)) return [`521${digits.slice(2)}`];
  if (/^55\d{2}9\d{8}$/u.test(digits)) return [`${digits.slice(0, 4)}${digits.slice(5)}`];
  if (/^549\d{10}$/u.test(digits)) return [`54${digits.slice(3)}`];
  if (/^54\d{10}$/u.test(digits)) return [`549${digits.slice(2)}`];
  return [];
}

/** What a person marked as a switchboard without writing `-0`: the block is what stands before its zeros. */
export function markedSwitchboardBase(e164: string): string {
  return e164.slice(1).replace(/0{1,3}$/u, '');
}

export interface KeyedNumber extends Pick<ReadNumber, 'kind' | 'e164' | 'callingCode' | 'extension' | 'digits' | 'switchboardBase'> {
  readonly country: string;
  readonly isSwitchboard: boolean;
}

/** All keys of a stored number. Withheld and unreadable ones have none: they are never matched. */
export function keysOf(number: KeyedNumber): string[] {
  if (number.kind === 'short' && number.digits !== null) return [shortKey(number.digits, number.country)];
  if (number.kind === 'internal' && number.digits !== null) return [internalKey(number.digits)];
  if (number.kind !== 'e164' || number.e164 === null) return [];

  const digits = number.e164.slice(1);
  const own = number.extension === null ? exactKey(digits) : extensionKey(digits, number.extension);
  const keys = [own, nationalKey(digits.slice(number.callingCode?.length ?? 0)), ...aliasDigits(digits).map(aliasKey)];
  if (number.isSwitchboard) keys.push(switchboardKey(number.switchboardBase ?? markedSwitchboardBase(number.e164)));
  return keys;
}
