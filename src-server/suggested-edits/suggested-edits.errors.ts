import { AppError } from '../kernel/app-error.ts';

/** Somebody decided first, or the phone changed the card again. */
export class EditDecided extends AppError {
  readonly kind = 'conflict';
  readonly code = 'edit-decided';

  constructor() {
    super('This edit was accepted or dismissed already, or the phone has changed the card again.');
  }
}
