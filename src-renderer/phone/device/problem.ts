import { words } from '../words/words.ts';

/** An error whose message is meant for the person. */
export class Told extends Error {}

/** The server said no. Its words are fit to be shown. */
export class Refused extends Told {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(status: number, problem: { readonly detail?: string; readonly code?: string; readonly errors?: { path: string; message: string }[] }) {
    super(problem.detail ?? words.problems.notUnderstood);
    this.status = status;
    this.code = problem.code ?? '';
    this.fields = problem.errors ?? [];
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
  if (error instanceof Refused) return error.fields[0]?.message ?? error.message;
  return error instanceof Told ? error.message : words.problems.unknown;
}
