/** The server said no. Its words are fit to be shown. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(status: number, problem: { readonly detail?: string; readonly code?: string; readonly errors?: { path: string; message: string }[] }) {
    super(problem.detail ?? 'The desk answered in a way this page does not understand. Try again.');
    this.status = status;
    this.code = problem.code ?? '';
    this.fields = problem.errors ?? [];
  }
}

/** The desk was not reached at all. */
export class NotReached extends Error {
  constructor(options?: ErrorOptions) {
    super('The desk was not reached. Check that this phone is on the office network, then try again.', options);
  }
}

/** What to tell the person. */
export function inWords(error: unknown): string {
  if (error instanceof Refused) return error.fields[0]?.message ?? error.message;
  if (error instanceof Error) return error.message;
  return 'Something went wrong. Try again.';
}
