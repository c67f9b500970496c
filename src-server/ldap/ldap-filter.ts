import type { AsnType } from 'asn1js';
import { bytesOf, partsOf, textOf, BadMessage } from './ber-values.ts';

/** A search filter (RFC 4511, 4.5.1.7) as data. What we don't know is `unknown`, which is true of nothing (RFC 4512, undefined). */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'equal' | 'at-least' | 'at-most'; readonly attribute: string; readonly value: string }
  | { readonly kind: 'substrings'; readonly attribute: string; readonly initial: string; readonly any: readonly string[]; readonly final: string }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: 'unknown' };

const deepest = 20;
const mostParts = 64;

/** Options such as `;binary` change nothing here. */
function attributeOf(value: AsnType | undefined): string {
  return (textOf(value).split(';')[0] ?? '').toLowerCase();
}

function readSubstrings(parts: readonly AsnType[]): Filter {
  let initial = '';
  let final = '';
  const any: string[] = [];
  for (const part of partsOf(parts[1])) {
    const text = bytesOf(part).toString('utf8');
    if (part.idBlock.tagNumber === 0) initial = text;
    else if (part.idBlock.tagNumber === 2) final = text;
    else any.push(text);
  }
  return { kind: 'substrings', attribute: attributeOf(parts[0]), initial, any, final };
}

function assertion(kind: 'equal' | 'at-least' | 'at-most', parts: readonly AsnType[]): Filter {
  if (parts.length !== 2) throw new BadMessage('An assertion is an attribute and a value.');
  return { kind, attribute: attributeOf(parts[0]), value: textOf(parts[1]) };
}

interface Budget {
  left: number;
}

function read(value: AsnType | undefined, depth: number, budget: Budget): Filter {
  budget.left -= 1;
  if (value === undefined || value.idBlock.tagClass !== 3) throw new BadMessage('This is no filter.');
  if (depth > deepest || budget.left < 0) throw new BadMessage('This filter is too long.');
  const each = (parts: readonly AsnType[]) => parts.map((part) => read(part, depth + 1, budget));
  switch (value.idBlock.tagNumber) {
    case 0:
      return { kind: 'and', filters: each(partsOf(value)) };
    case 1:
      return { kind: 'or', filters: each(partsOf(value)) };
    case 2:
      return { kind: 'not', filter: read(partsOf(value)[0], depth + 1, budget) };
    case 3:
    // Approximately is up to the server (RFC 4511, 4.5.1.7.6): here it is equality, which is generous already.
    case 8:
      return assertion('equal', partsOf(value));
    case 4:
      return readSubstrings(partsOf(value));
    case 5:
      return assertion('at-least', partsOf(value));
    case 6:
      return assertion('at-most', partsOf(value));
    case 7:
      return { kind: 'present', attribute: bytesOf(value).toString('utf8').toLowerCase() };
    default:
      return { kind: 'unknown' };
  }
}

/** @throws BadMessage */
export function readFilter(value: AsnType | undefined): Filter {
  return read(value, 0, { left: mostParts });
}
