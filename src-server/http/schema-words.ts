import { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

type Issue = z.core.$ZodRawIssue;

function limitInWords(issue: Extract<Issue, { readonly code: 'too_big' | 'too_small' }>): string {
  const [limit, which] = issue.code === 'too_big' ? [issue.maximum, 'most'] : [issue.minimum, 'least'];
  if (which === 'least' && Number(limit) === 1 && issue.origin === 'string') return 'Write something here.';
  const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };
  return `At ${which} ${limit.toLocaleString('en')}${units[issue.origin] ?? ''}.`;
}

function inWords(issue: Issue): string | undefined {
  if (issue.code === 'too_big' || issue.code === 'too_small') return limitInWords(issue);
  if (issue.code === 'invalid_value') return `Use one of these: ${issue.values.join(', ')}.`;
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined ? 'This is missing.' : `This has to be ${kinds[issue.expected] ?? issue.expected}.`;
}

/** Lets schemas that have no words of their own for what does not fit say it in a sentence instead of in the library's terms. */
export function useWordsForSchemas(): void {
  z.config({ customError: inWords });
}
