import { AppError } from '../kernel/app-error.ts';

type Failure = 'disk-full' | 'disk-broken' | 'database-damaged';

const words: Readonly<Record<Failure, string>> = {
  'disk-full': 'Nothing was changed, because the disk with the desk’s data is full. Free some space on it, then try again.',
  'disk-broken':
    'Nothing was changed, because the disk with the desk’s data can’t be written to. See whether it is connected, healthy and not read-only, then try again.',
  'database-damaged':
    'Nothing was changed, because a part of the database is damaged. Stop Doorline, keep a copy of its data folder, and restore the newest good backup with “doorline restore FILE”.',
};

const codes: readonly (readonly [RegExp, Failure])[] = [
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT)$/u, 'disk-full'],
  [/^(?:SQLITE_(?:IOERR|READONLY|CANTOPEN)(?:_\w+)?|EROFS|EIO)$/u, 'disk-broken'],
  [/^SQLITE_(?:CORRUPT|NOTADB)(?:_\w+)?$/u, 'database-damaged'],
];

/** The disk takes nothing more, or fails. What was acknowledged before is safe, unless the database itself is damaged. */
export class DiskFailure extends AppError {
  readonly kind = 'unavailable';
  readonly code: Failure;

  constructor(code: Failure, cause: unknown) {
    super(words[code]);
    this.code = code;
    this.cause = cause;
  }
}

/** What the disk refused, whoever noticed; undefined for any other error. */
export function diskFailureOf(error: unknown): DiskFailure | undefined {
  // By name, so that a command that opens no database need not load its library.
  const isFromDisk = error instanceof Error && (error.name === 'SqliteError' || 'syscall' in error);
  const code = isFromDisk ? String((error as { readonly code?: unknown }).code) : '';
  const failure = codes.find(([pattern]) => pattern.test(code))?.[1];
  return failure === undefined ? undefined : new DiskFailure(failure, error);
}
