import { AppError } from '../kernel/app-error.ts';

/** The file is not a backup this program can restore. Nothing was changed. */
export class UnusableBackup extends AppError {
  readonly kind = 'invalid';
  readonly code = 'unusable-backup';

  constructor(why: string) {
    super(`This backup can’t be restored: ${why} Nothing was changed; try an older backup.`);
  }
}

/** A newer Doorline made the backup. */
export class NewerBackup extends AppError {
  readonly kind = 'conflict';
  readonly code = 'newer-backup';

  constructor(version: string) {
    super(`This backup was made by a newer Doorline (${version}). Install that version or a later one first. Nothing was changed.`);
  }
}

/** The disk has too little room. */
export class NoRoom extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'no-room';

  constructor(place: string, neededBytes: number, freeBytes: number) {
    const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000).toLocaleString('en');
    super(
      `There is too little room in “${place}”: ${megabytes(neededBytes)} MB are needed, ${megabytes(freeBytes)} MB are free. Make room or choose another disk.`,
    );
  }
}

/** The backup's file can't be written or read where it was asked for. */
export class UnusableBackupFile extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'unusable-backup-file';

  constructor(file: string, why: string) {
    super(`“${file}” can’t be used for a backup: ${why}. Choose another file or folder.`);
  }
}

/** A backup is being made already. */
export class BackupRunning extends AppError {
  readonly kind = 'conflict';
  readonly code = 'backup-running';

  constructor() {
    super('A backup is being made right now. Wait until it is done.');
  }
}
