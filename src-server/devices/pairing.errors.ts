import { AppError } from '../kernel/app-error.ts';

/** The one-time code is unknown, used, declined, cancelled or too old: the answer is the same for all of them. */
export class PairingGone extends AppError {
  readonly kind = 'gone';
  readonly code = 'pairing-gone';

  constructor() {
    super('This pairing code is used up or too old. Start a new one on the PC and scan it.');
  }
}

/** The manager has not decided yet. */
export class PairingWaits extends AppError {
  readonly kind = 'too-early';
  readonly code = 'pairing-waits';

  constructor() {
    super('Waiting for the manager to compare the six digits and approve.');
  }
}

/** Too many wrong codes: from one address, or from anywhere. */
export class PairingLocked extends AppError {
  readonly kind = 'too-many-requests';
  readonly code = 'pairing-locked';

  constructor() {
    super('Too many wrong pairing codes came in. Wait ten minutes, then scan a new one.');
  }
}

/** The phone is on a network of which this PC is no part, and this pairing is for the office network. */
export class OtherNetwork extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'other-network';

  constructor() {
    super('This phone is not on the office network. Connect it to the office Wi-Fi and try again, or ask the manager to let phones of other networks in.');
  }
}

/** As many pairings as allowed are running. */
export class TooManyPairings extends AppError {
  readonly kind = 'conflict';
  readonly code = 'too-many-pairings';

  constructor(most: number) {
    super(`${most} phones are being paired already. Finish or cancel one of them first.`);
  }
}

/** The pairing has moved on, so that this can't be done any more. */
export class PairingMovedOn extends AppError {
  readonly kind = 'conflict';
  readonly code = 'pairing-moved-on';
  override readonly details: { readonly state: string };

  constructor(state: string) {
    super(state === 'open' ? 'No phone has scanned this code yet.' : `This pairing is ${state}. Start a new one.`);
    this.details = { state };
  }
}

/** The name of this desk is so long that its pairing link would not scan. */
export class LinkTooLong extends AppError {
  readonly kind = 'conflict';
  readonly code = 'link-too-long';

  constructor(hostName: string) {
    super(`The name “${hostName}” makes the pairing code too dense to scan. Choose a shorter name for this PC under Settings, Address.`);
  }
}
