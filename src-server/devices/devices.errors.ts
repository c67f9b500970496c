import { AppError } from '../kernel/app-error.ts';

/** The bearer token is missing, wrong, or of a phone that was revoked or wiped. */
export class NotPaired extends AppError {
  readonly kind = 'unauthenticated';
  readonly code = 'not-paired';

  constructor() {
    super('This phone is not paired with the desk, or no longer. Remove what it holds, and pair it again from the PC.');
  }
}

/** The phone is to remove everything first; nothing else is answered until it says that it did. */
export class DeviceIsWiping extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'device-wiping';

  constructor() {
    super('This phone is being wiped: remove all contacts and confirm with POST /api/device/v1/wiped.');
  }
}

/** The device is in a state that does not allow the act. */
export class DeviceMovedOn extends AppError {
  readonly kind = 'conflict';
  readonly code = 'device-moved-on';

  constructor(state: string) {
    super(`This phone is ${state === 'wiping' ? 'being wiped' : state} already.`);
  }
}

/** The phone drops its account by itself, or its password was stopped: renewing is making it anew. */
export class AccountToLoad extends AppError {
  readonly kind = 'conflict';
  readonly code = 'account-to-load';

  constructor() {
    super('The account on this phone has to be loaded again: open “Caller ID on the call screen” and follow the steps.');
  }
}

/** The cursor is unknown, too old, or of another time: the phone must start anew without one. */
export class CursorGone extends AppError {
  readonly kind = 'gone';
  readonly code = 'cursor-gone';

  constructor() {
    super('This cursor is unknown or too old. Read the whole directory again, without a cursor, and drop what is not in it.');
  }
}

/** The phone read the whole directory so often that something must be wrong with it. */
export class TooManyFullReads extends AppError {
  readonly kind = 'too-many-requests';
  readonly code = 'too-many-full-reads';

  constructor() {
    super('This phone has read the whole directory too often in the last hour. Go on from its last cursor, or wait an hour.');
  }
}
