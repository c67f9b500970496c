import { AppError, type FieldProblem } from '../kernel/app-error.ts';

/** The file can't be imported as it is. The message says why and how to get one that can. */
export class UnusableFile extends AppError {
  readonly kind = 'unsupported';
  readonly code = 'unusable-import-file';

  constructor(message: string) {
    super(message);
    this.name = 'UnusableFile';
  }
}

export class FileTooLarge extends AppError {
  readonly kind = 'too-large';
  readonly code = 'import-file-too-large';

  constructor(megabytes: number) {
    super(`The file is larger than ${megabytes} MB. Split it, or import it on this PC with “doorline import”.`);
  }
}

/** The upload ended before the file did. */
export class UploadCutOff extends AppError {
  readonly kind = 'invalid';
  readonly code = 'upload-interrupted';
  override readonly fields: readonly FieldProblem[];

  constructor(fileName: string, cause: unknown) {
    super(`The file “${fileName}” did not arrive completely. Nothing was kept; send it again.`);
    this.cause = cause;
    this.fields = [{ path: 'file', message: this.message }];
  }
}

/** The import is in a state in which this can't be done. */
export class ImportNotReady extends AppError {
  readonly kind = 'conflict';
  readonly code = 'import-not-ready';
}
