import { z } from 'zod';

// What is wrong with input, in words for whoever typed it or wrote the program that sent it. A schema that has better
// words of its own keeps them.

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
  null: 'null',
};

const formats: Readonly<Record<string, string>> = {
  datetime: 'Write an instant in UTC such as 2026-03-31T09:00:00Z.',
  date: 'Write a day such as 2026-03-31.',
  email: 'Write an e-mail address such as anna@example.com.',
  url: 'Write a whole address such as https://example.com/page.',
};

function tooBig({ origin, maximum }: { readonly origin: string; readonly maximum: number | bigint }): string {
  if (origin === 'string') return `Write at most ${maximum} characters.`;
  return origin === 'array' || origin === 'set' ? `Give at most ${maximum}.` : `Give a number up to ${maximum}.`;
}

function tooSmall({ origin, minimum }: { readonly origin: string; readonly minimum: number | bigint }): string {
  if (origin === 'string') return Number(minimum) === 1 ? 'Fill this in.' : `Write at least ${minimum} characters.`;
  return origin === 'array' || origin === 'set' ? `Give at least ${minimum}.` : `Give a number from ${minimum} on.`;
}

function oneOf(values: readonly unknown[]): string {
  return `Choose one of ${values.map(String).join(', ')}.`;
}

function inWords(issue: Parameters<z.core.$ZodErrorMap>[0]): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This is missing.' : `Send ${kinds[issue.expected] ?? issue.expected} here.`;
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_format':
      return formats[issue.format] ?? (issue.pattern === undefined ? undefined : `It must look like ${issue.pattern}.`);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      // Of several kinds of object, told apart by one field.
      return Array.isArray(issue['options']) ? oneOf(issue['options']) : undefined;
    case 'unrecognized_keys':
      return `There is no ${issue.keys.join(', ')} here. Leave it out.`;
    case 'not_multiple_of':
      return `Give a multiple of ${issue.divisor}.`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    default:
      return undefined;
  }
}

/** Lets every schema of this process speak so. */
export function speakPlainly(): void {
  z.config({ customError: inWords });
}
