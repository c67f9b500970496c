import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../kernel/app-error.ts';

/** More people sign in at this instant than the server can check passwords for. */
export class TooManyPasswordChecks extends AppError {
  readonly kind = 'too-many-requests';
  readonly code = 'too-many-password-checks';

  constructor() {
    super('Many people are signing in right now. Wait a few seconds and try again.');
  }
}

// Argon2id (the package's default) as OWASP's Password Storage Cheat Sheet sets it: each check holds 19 MiB and one core.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const mostAtOnce = 4;
const mostWaiting = 100;

/** Runs at most `atOnce` pieces of work at a time; what would wait behind `waiting` others is refused. */
export function limitedTo({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
  let running = 0;
  const queue: (() => void)[] = [];

  return async function run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new TooManyPasswordChecks();
      // Whoever ends hands its place over, so that `running` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

// Of this process on purpose: it guards this process's memory and cores.
const inTurn = limitedTo({ atOnce: mostAtOnce, waiting: mostWaiting });

/** The hash to store: Argon2id in PHC string format, its salt and cost inside. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), cost));
}

// A password nobody has, hashed with the same cost: what is checked when there is no account, so that it takes as long.
const hashOfNobody = '$argon2id$v=19$m=19456,t=2,p=1$bWr0WVMfP58eAe3QFVa8wg$aiiu8f7ZbdlLV3q9K1BxqwlBpX884IMhZAX8468aqk0';

/** True when the password is the one of this hash. `undefined` takes as long and is never right. */
export async function isPasswordOf(stored: string | undefined, password: string): Promise<boolean> {
  const isRight = await inTurn(() => verify(stored ?? hashOfNobody, password.normalize('NFKC')));
  return stored !== undefined && isRight;
}
