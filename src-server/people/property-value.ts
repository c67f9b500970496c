import { createHash } from 'node:crypto';
import type { Property } from './people.contract.ts';

export type PropertyType = Property['type'];

/** What a value must fit. */
export interface ValueRule {
  readonly type: PropertyType;
  readonly options: readonly string[];
}

export type ReadValue = { readonly value: string } | { readonly problem: string };

function readNumber(typed: string): ReadValue {
  const plain = typed.replace(/[\s\u00A0']/gu, '').replace(',', '.');
  if (!/^-?\d{1,15}(\.\d{1,9})?$/u.test(plain)) return { problem: `“${typed}” is not a number. Write digits, such as 1200 or 12.5.` };
  return { value: plain };
}

function readDate(typed: string): ReadValue {
  const day = /^(\d{4}-\d{2}-\d{2})(T.*)?$/u.exec(typed)?.[1];
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00.000Z`);
  const isReal = day !== undefined && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  return isReal ? { value: day } : { problem: `“${typed}” is not a date. Write year, month and day, such as 2026-03-31.` };
}

function readCheckbox(typed: string): ReadValue {
  const lower = typed.toLowerCase();
  if (['true', 'yes', '1', 'tak', 'ja'].includes(lower)) return { value: 'true' };
  if (['false', 'no', '0', 'nie', 'nein'].includes(lower)) return { value: 'false' };
  return { problem: `“${typed}” is neither yes nor no. Write true or false.` };
}

function readChoice(typed: string, options: readonly string[]): ReadValue {
  const chosen = options.find((option) => option.toLowerCase() === typed.toLowerCase());
  return chosen === undefined ? { problem: `“${typed}” is not one of the choices: ${options.join(', ')}.` } : { value: chosen };
}

const readers: Readonly<Record<PropertyType, (typed: string, options: readonly string[]) => ReadValue>> = {
  text: (typed) => ({ value: typed }),
  number: readNumber,
  date: readDate,
  checkbox: readCheckbox,
  choice: readChoice,
};

/** Brings what was typed into the form that is kept, or says why it does not fit. An empty text is no value. */
export function readPropertyValue(rule: ValueRule, typed: string): ReadValue {
  const trimmed = typed.trim();
  return trimmed === '' ? { value: '' } : readers[rule.type](trimmed, rule.options);
}

/** The internal name of a property: its label in bare lower-case letters, digits and underscores. */
export function propertyName(label: string): string {
  const folded = label.replace(/[łŁ]/gu, 'l').replace(/ß/gu, 'ss').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const bare = folded
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^_+|_+$/gu, '')
    .slice(0, 60);
  // Labels in other scripts would all be called the same.
  const lost = /[^\P{L}a-z]/u.test(folded) ? createHash('sha256').update(folded).digest('hex').slice(0, 8) : '';
  return [bare === '' ? 'property' : bare, lost].filter((part) => part !== '').join('_');
}
