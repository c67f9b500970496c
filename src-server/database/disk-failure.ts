import { AppError } from '../kernel/app-error.ts';

/** The disk takes nothing more, or fails. What was acknowledged before is safe and can still be read. */
export class DiskFailure extends AppError {
  readonly kind = 'unavailable';
  readonly code: 'disk-full' | 'disk-broken';

  constructor(isFull: boolean, cause: unknown) {
    super(
      isFull
        ? 'Nothing was changed, because the disk with the desk’s data is full. Free some space on it, then try again.'
        : 'Nothing was changed, because the disk with the desk’s data can’t be written to. See whether it is connected, healthy and not read-only, then try again.',
    );
    this.code = isFull ? 'disk-full' : 'disk-broken';
    this.cause = cause;
  }
}

const full = /^(?:SQLITE_FULL|ENOSPC|EDQUOT)$/u;
const broken = /^(?:SQLITE_(?:IOERR|READONLY|CANTOPEN)(?:_\w+)?|EROFS|EIO)$/u;

/** What the disk refused, whoever noticed; undefined for any other error. */
export function diskFailureOf(error: unknown): DiskFailure | undefined {
  // By name, so that a command that opens no database need not load its library.
  const isFromDisk = error instanceof Error && (error.name === 'SqliteError' || 'syscall' in error);
  const code = isFromDisk ? String((error as { readonly code?: unknown }).code) : '';
  if (full.test(code)) return new DiskFailure(true, error);
  return broken.test(code) ? new DiskFailure(false, error) : undefined;
}
