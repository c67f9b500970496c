import { AppError } from '../kernel/app-error.ts';

/** The one-time address was used, is too old, never existed, or its phone is off the desk: the answer is the same for all. */
export class ProfileGone extends AppError {
  readonly kind = 'gone';
  readonly code = 'profile-gone';

  constructor() {
    super('This profile was fetched already or is too old. Go back to the phone page and tap the button again.');
  }
}

/** A phone that makes account after account is broken, or somebody plays with it. */
export class TooManyAccounts extends AppError {
  readonly kind = 'too-many-requests';
  readonly code = 'too-many-accounts';

  constructor() {
    super('This phone has made a new account too often in the last hour. Wait an hour, then try again.');
  }
}

/** Nothing was handed to this phone, so nothing of it could have shown a name. */
export class NoAccountYet extends AppError {
  readonly kind = 'conflict';
  readonly code = 'no-account-yet';

  constructor() {
    super('This phone has no account of the desk yet. Go through the steps above first, then try a call.');
  }
}
