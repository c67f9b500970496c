import { recordAct } from '../audit/audit.service.ts';
import { enqueue } from '../database/outbox.ts';
import { NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import { publish } from '../live/live.service.ts';
import { changeSettings, readSettings } from '../settings/settings.service.ts';
import { storedMail } from './mail-settings.ts';
import type { MailSettings, MailSettingsInput, MailTestResult, OutgoingMail, OutgoingMailQuery } from './mail.contract.ts';
import { listMailRows, retryRow, type MailRow } from './mail.queries.ts';
import { connectSmtp, explainSmtpError, type SmtpConnection } from './smtp.ts';

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

/** Nothing when it was sealed with a key that is lost: the mail server then refuses, which the console shows with the way out. */
function openPassword(ctx: Context, sealed: string): string {
  if (sealed === '') return '';
  try {
    return ctx.folder.vault.open(sealed);
  } catch {
    ctx.log.warn('the mail password could not be opened; it must be typed again');
    return '';
  }
}

/** The connection as stored, ready to be used; null while no mail server is set. */
export async function smtpConnection(ctx: Context): Promise<SmtpConnection | null> {
  const { smtp } = await readSettings(ctx, storedMail);
  if (smtp === null) return null;
  const { sealedPassword, ...settings } = smtp;
  return { ...settings, password: openPassword(ctx, sealedPassword) };
}

/** The settings without the password, which is never read back. */
export async function getMailSettings(ctx: Context): Promise<MailSettings> {
  const { smtp } = await readSettings(ctx, storedMail);
  if (smtp === null) return null;
  const { sealedPassword, ...settings } = smtp;
  return { ...settings, hasPassword: sealedPassword !== '' };
}

async function passwordOf(ctx: Context, input: MailSettingsInput): Promise<string> {
  return input.password ?? (await smtpConnection(ctx))?.password ?? '';
}

/** Saves the settings; a password that is left out stays as it was. What waits is tried at once. */
export function saveMailSettings(ctx: Context, input: MailSettingsInput): Promise<MailSettings> {
  return inTransaction(ctx, async (ctx) => {
    const password = await passwordOf(ctx, input);
    const { password: _typed, ...settings } = input;
    await changeSettings(ctx, storedMail, { smtp: { ...settings, sealedPassword: password === '' ? '' : ctx.folder.vault.seal(password) } });
    await recordAct(ctx, { action: 'mail.changed', detail: { host: input.host, port: input.port, security: input.security, fromAddress: input.fromAddress } });
    await publish(ctx, { audience: 'agents', kind: 'settings', payload: { feature: 'mail' } });
    return getMailSettings(ctx);
  });
}

/** Sends one mail with these settings, saved or not, and returns the whole conversation with the server, secrets masked. */
export async function testMail(ctx: Context, { settings, to }: { readonly settings: MailSettingsInput; readonly to: string }): Promise<MailTestResult> {
  const password = await passwordOf(ctx, settings);
  const transcript: string[] = [];
  const transport = connectSmtp({ ...settings, password }, (line) => transcript.push(maskSecrets(line, password)));
  try {
    await transport.sendMail({
      from: { name: settings.fromName, address: settings.fromAddress },
      to,
      subject: 'Doorline test mail',
      text: 'This mail shows that Doorline can send mail. There is nothing to do.',
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { ok: true, transcript, explanation: `The mail server took the mail for ${to}. Look into that mailbox to see it arrive.` };
  } catch (error) {
    return { ok: false, transcript, explanation: explainSmtpError(error) };
  } finally {
    transport.close();
  }
}

/** nodemailer masks what it knows; the password itself, plain or as base64, is masked here whatever happens. */
function maskSecrets(line: string, password: string): string {
  if (password === '') return line;
  const encoded = Buffer.from(password).toString('base64');
  return line
    .replaceAll(password, '•••')
    .replaceAll(encoded, '•••')
    .replace(/(AUTH PLAIN )\S+/u, '$1•••');
}

function toOutgoingMail(row: MailRow): OutgoingMail {
  const payload = JSON.parse(row.payload) as QueuedMail; // Written by queueMail above.
  return {
    id: row.id,
    to: payload.to,
    subject: payload.subject,
    state: row.state as OutgoingMail['state'], // The outbox writes these four only.
    attempts: row.attempts,
    lastError: row.last_error,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  };
}

/** What was or will be sent, newest first. */
export async function listOutgoingMail(ctx: Context, query: OutgoingMailQuery): Promise<Page<OutgoingMail>> {
  const key = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 2);
  const rows = await listMailRows(ctx.db, {
    limit: query.limit + 1,
    ...(query.state === undefined ? {} : { state: query.state }),
    ...(key === undefined ? {} : { before: [String(key[0]), String(key[1])] as const }),
  });
  return toPage(rows, query.limit, { item: toOutgoingMail, key: (row) => [row.created_at, row.id] });
}

/** Tries a mail again that was given up. */
export function retryMail(ctx: Context, id: string): Promise<OutgoingMail> {
  return inTransaction(ctx, async (ctx) => {
    const row = await retryRow(ctx.db, id, isoNow(ctx));
    if (row === undefined) throw new NotFound('This failed mail');
    const mail = toOutgoingMail(row);
    await recordAct(ctx, { action: 'mail.retried', target: { kind: 'mail', id, name: mail.subject } });
    return mail;
  });
}
