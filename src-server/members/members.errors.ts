import { AppError } from '../kernel/app-error.ts';
import type { PasswordProblem } from './password-rules.ts';

/** Wrong address, wrong password, not a member, invited only or disabled: the caller is never told which. */
export class SignInRefused extends AppError {
  readonly kind = 'unauthenticated';
  readonly code = 'sign-in-refused';

  constructor() {
    super('The e-mail address and the password do not fit together. Check both, or reset the password.');
  }
}

/** Too many tries for one account, or from one address. */
export class TooManyTries extends AppError {
  readonly kind = 'too-many-requests';
  readonly code = 'too-many-tries';
  override readonly details: { readonly minutes: number };

  constructor(minutes: number) {
    super(`There were too many tries. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and try again.`);
    this.details = { minutes };
  }
}

/** The link was used, replaced by a newer one, ran out, or never was. */
export class LinkNotUsable extends AppError {
  readonly kind = 'gone';
  readonly code = 'link-not-usable';

  constructor() {
    super('This link has been used already, was replaced by a newer one or ran out. Ask for a new one.');
  }
}

/** The password chosen is easy to guess, too short or too long. */
export class PasswordRefused extends AppError {
  readonly kind = 'invalid';
  readonly code = 'password-refused';
  override readonly details: { readonly problem: PasswordProblem };

  constructor(problem: PasswordProblem) {
    super('Choose another password: at least 8 characters, not one that many people use, not made from the name or the address.');
    this.details = { problem };
  }
}

/** The current password was asked for and is another. */
export class WrongCurrentPassword extends AppError {
  readonly kind = 'invalid';
  readonly code = 'wrong-current-password';

  constructor() {
    super('The current password is not right. Nothing was changed.');
  }
}

/** What was asked can't be done with a member in this state. */
export class MemberNotReady extends AppError {
  readonly kind = 'conflict';
  readonly code = 'member-not-ready';
}
