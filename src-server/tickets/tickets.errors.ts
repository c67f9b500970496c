import { AppError } from '../kernel/app-error.ts';

/** Customers answer open tickets only. */
export class TicketClosed extends AppError {
  readonly kind = 'conflict';
  readonly code = 'ticket-closed';

  constructor(number: number) {
    super(`Ticket ${number} is closed, so it can’t be answered any more. File a new ticket and mention this number.`);
  }
}

/** The manager has switched filing off. */
export class FilingIsOff extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'filing-is-off';

  constructor() {
    super('New tickets can’t be filed here at the moment. Write to your contact in our team.');
  }
}
