/** What went wrong, in terms of what the caller may do about it. `http/errors.ts` maps each kind to a status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'too-early'
  | 'too-large'
  | 'unsupported'
  | 'too-many-requests'
  | 'unavailable';

/** One thing wrong with one input. `path` names the field as the caller wrote it, e.g. `contacts[3].email`. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * A refusal we expect. Its message is a whole sentence that says what happened and what to do, fit to be shown.
 * `code` is stable: clients and translations rely on it.
 */
export abstract class AppError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly FieldProblem[];
}

/** Input that does not fit. Each problem names its field. */
export class InvalidInput extends AppError {
  readonly kind = 'invalid';
  readonly code = 'invalid-input';
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super(fields.map((field) => `${field.path}: ${field.message}`).join(' '));
    this.fields = fields;
  }
}

/** The thing asked for is not there, or must look as if it were not. */
export class NotFound extends AppError {
  readonly kind = 'not-found';
  readonly code = 'not-found';

  constructor(what: string) {
    super(`${what} was not found. It may have been removed.`);
  }
}
