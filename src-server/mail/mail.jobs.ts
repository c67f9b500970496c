import { claimDue, settle } from '../database/outbox.ts';
import type { Context } from '../kernel/context.ts';
import type { Job } from '../kernel/jobs.ts';
import { smtpConnection, type QueuedMail } from './mail.service.ts';
import { connectSmtp, explainSmtpError, isFinalRefusal } from './smtp.ts';

const retryMinutes = [1, 5, 15, 60, 180, 360, 720, 1440];

/** When to try again after so many tries; undefined when it is time to give up, after about two days. */
function nextTry(ctx: Context, attempts: number): Date | undefined {
  const minutes = retryMinutes[attempts - 1];
  return minutes === undefined ? undefined : new Date(ctx.now().getTime() + minutes * 60_000);
}

/**
 * Sends what is due. A crash between the server's yes and our note of it sends a mail a second time, with the same
 * Message-ID, so that mail programs show it once: at least once is the promise that loses nothing.
 */
export async function sendDueMail(ctx: Context): Promise<void> {
  const smtp = await smtpConnection(ctx);
  if (smtp === null) return;
  const due = await claimDue(ctx, { kind: 'mail', limit: 20, leaseSeconds: 300 });
  if (due.length === 0) return;

  const transport = connectSmtp(smtp);
  const domain = smtp.fromAddress.split('@')[1] ?? 'doorline.invalid';
  try {
    for (const entry of due) {
      const { to, subject, text, html } = JSON.parse(entry.payload) as QueuedMail; // Written by queueMail.
      try {
        await transport.sendMail({
          from: { name: smtp.fromName, address: smtp.fromAddress },
          to,
          subject,
          text,
          ...(html === undefined ? {} : { html }),
          messageId: `<${entry.id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        await settle(ctx, entry.id, { state: 'sent' });
      } catch (error) {
        const explained = explainSmtpError(error);
        const retryAt = isFinalRefusal(error) ? undefined : nextTry(ctx, entry.attempts);
        await settle(ctx, entry.id, retryAt === undefined ? { state: 'failed', error: explained } : { state: 'waiting', retryAt, error: explained });
        ctx.log.warn({ mailId: entry.id, willRetry: retryAt !== undefined }, 'mail was not taken');
      }
    }
  } finally {
    transport.close();
  }
}

export const sendMailJob: Job = { name: 'send-mail', everySeconds: 3, run: sendDueMail };
