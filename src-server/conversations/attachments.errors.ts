import { AppError } from '../kernel/app-error.ts';

function inWords(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Math.round(value * 10) / 10} ${units[unit] ?? ''}`;
}

/** The file is bigger than one file may be. */
export class FileTooLarge extends AppError {
  readonly kind = 'too-large';
  readonly code = 'file-too-large';
  override readonly details: { readonly fileName: string; readonly maxBytes: number };

  constructor(fileName: string, maxBytes: number) {
    super(`“${fileName}” is larger than ${inWords(maxBytes)}, which is the most one file may have. Send a smaller file, or several.`);
    this.details = { fileName, maxBytes };
  }
}

/** Somebody has sent as much in a day as one person may. */
export class UploadQuotaUsed extends AppError {
  readonly kind = 'too-many-requests';
  readonly code = 'upload-quota-used';

  constructor(quotaBytes: number) {
    super(`You have sent files of ${inWords(quotaBytes)} within a day, which is the most that is taken. Try again tomorrow.`);
  }
}

/** The upload ended before the file did. */
export class UploadInterrupted extends AppError {
  readonly kind = 'invalid';
  readonly code = 'upload-interrupted';

  constructor(fileName: string, cause: unknown) {
    super(`“${fileName}” did not arrive completely. Nothing was kept; send it again.`);
    this.cause = cause;
  }
}

/** The disk took no more. */
export class StorageUnavailable extends AppError {
  readonly kind = 'unavailable';
  readonly code: 'storage-full' | 'storage-broken';

  constructor(cause: NodeJS.ErrnoException) {
    const isFull = cause.code === 'ENOSPC' || cause.code === 'EDQUOT';
    super(
      isFull
        ? 'The file was not kept: the server’s disk is full. The support team has to free some space on it first.'
        : 'The file was not kept: the server can’t write to its disk. The support team has to look at it first.',
    );
    this.code = isFull ? 'storage-full' : 'storage-broken';
    this.cause = cause;
  }
}

/** The row is there, the file is not: somebody removed it behind our back, or a restore was not complete. */
export class FileMissing extends AppError {
  readonly kind = 'gone';
  readonly code = 'file-missing';

  constructor(fileName: string) {
    super(`“${fileName}” is missing on the server’s disk. Restoring the attachments folder from a backup brings it back.`);
  }
}
