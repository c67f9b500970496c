import { AppError } from '../kernel/app-error.ts';

/** The bearer key is missing, wrong, revoked, or comes from an address it is not bound to. All look the same from outside. */
export class UnknownKey extends AppError {
  readonly kind = 'unauthenticated';
  readonly code = 'unknown-key';

  constructor() {
    super('This key is not one of a connected telephone system. Copy the present one from the console, under Desk phones.');
  }
}

/** The same for a key in the address of a phone book. */
export class UnknownPhoneBook extends AppError {
  readonly kind = 'not-found';
  readonly code = 'unknown-phone-book';

  constructor() {
    super('There is no phone book at this address. Copy the present address from the console, under Desk phones.');
  }
}

export class TooManyUnknownKeys extends AppError {
  readonly kind = 'too-many-requests';
  readonly code = 'too-many-unknown-keys';

  constructor() {
    super('Too many unknown keys came from this address. Try again in ten minutes.');
  }
}

/** A revoked system stays revoked; its record only tells that it was there. */
export class SourceIsRevoked extends AppError {
  readonly kind = 'conflict';
  readonly code = 'source-revoked';

  constructor() {
    super('This system was revoked. Connect it again as a new one.');
  }
}
