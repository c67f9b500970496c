import { words } from '../words/words.ts';

/** An error whose message is meant for the person. */
export class Told extends Error {}

/** What the desk answers when it refuses (RFC 9457). */
export interface Problem {
  readonly detail?: string;
  readonly code?: string;
  /** The id of the request, for whoever looks into it. */
  readonly instance?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

type Refusals = typeof words.refusals;

/** The reader's words for a refusal; undefined where the page has none for it. */
export function refusalInWords({ code = '', instance = '', errors = [] }: Problem, refusals: Refusals = words.refusals): string | undefined {
  const { fields, unreadable, ...byCode } = refusals;
  const [field] = errors;
  const ofField = field === undefined ? undefined : (fields as Readonly<Record<string, string>>)[field.path];
  if (ofField !== undefined) return ofField;
  // Refused before it came to a route that knows what it is about.
  if (/^(?:fst_|broken-form$|refused$)/u.test(code)) return unreadable;
  const own = (byCode as Readonly<Record<string, string>>)[code];
  return code === 'internal' && own !== undefined ? `${own} ${instance}` : own;
}

/** The server said no. Its words are fit to be shown, but English: the page has its own where it knows the code. */
export class Refused extends Told {
  readonly status: number;
  readonly code: string;

  constructor(status: number, problem: Problem) {
    super(refusalInWords(problem) ?? problem.errors?.[0]?.message ?? problem.detail ?? words.problems.notUnderstood);
    this.status = status;
    this.code = problem.code ?? '';
  }
}

/** The desk was not reached at all. */
export class NotReached extends Told {
  constructor(options?: ErrorOptions) {
    super(words.problems.notReached, options);
  }
}

/** What to tell the person. What a browser says of its own troubles is in English and of no use to anybody. */
export function inWords(error: unknown): string {
  return error instanceof Told ? error.message : words.problems.unknown;
}
