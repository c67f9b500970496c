import { enqueue } from '../database/outbox.ts';
import type { Context } from '../kernel/context.ts';

/** A mail as it waits in the outbox. The text alone must be fully useful: the link in it may not be reachable from where it is read. */
export interface QueuedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Two mails with the same key are one, however often the change that causes them is tried. */
  readonly dedupeKey?: string;
}

/** Puts a mail into the outbox, in the caller's transaction; a job sends it. */
export async function queueMail(ctx: Context, { dedupeKey, ...mail }: QueuedMail): Promise<void> {
  await enqueue(ctx, { kind: 'mail', payload: mail, ...(dedupeKey === undefined ? {} : { dedupeKey }) });
}
