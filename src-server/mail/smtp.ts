import { createTransport, type Transporter } from 'nodemailer';
import type { MailSettingsInput } from './mail.contract.ts';

/** Everything a connection needs, the password in the clear: lives only while a mail is sent. */
export type SmtpConnection = Omit<MailSettingsInput, 'password'> & { readonly password: string };

/** Hears each line of the conversation with the mail server. */
export type TranscriptListener = (line: string) => void;

function transcriptLogger(hear: TranscriptListener) {
  const note = (entry: { tnx?: string }, message: string): void => {
    // `tnx` marks who speaks: client, server, or the library about the network.
    const speaker = { client: 'C: ', server: 'S: ' }[entry.tnx ?? ''] ?? '   ';
    for (const line of message.split(/\r?\n/u)) hear(`${speaker}${line}`);
  };
  const silent = (): void => undefined;
  return { level: () => undefined, trace: silent, debug: note, info: note, warn: note, error: note, fatal: note };
}

/** A way to the mail server (RFC 6409 submission, RFC 3207 STARTTLS). No file or address named in a mail is ever fetched. */
export function connectSmtp(smtp: SmtpConnection, hear?: TranscriptListener): Transporter {
  return createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'none',
    ...(smtp.username === '' ? {} : { auth: { user: smtp.username, pass: smtp.password } }),
    tls: { rejectUnauthorized: !smtp.acceptSelfSigned },
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(hear === undefined ? {} : { logger: transcriptLogger(hear) as never, debug: true }),
  });
}

/** What a failed try means for the next one: a refusal of this mail is final, anything else may pass. */
export function isFinalRefusal(error: unknown): boolean {
  const code = (error as { responseCode?: number }).responseCode;
  return code !== undefined && code >= 500 && code < 600 && code !== 535 && code !== 530;
}

const explanations: Readonly<Record<string, string>> = {
  ECONNECTION: 'The mail server could not be reached. Check host and port, and that this PC may connect to it.',
  ECONNREFUSED: 'Nothing listens at that host and port. Check both; usual ports are 587 (STARTTLS), 465 (TLS) and 25.',
  EHOSTUNREACH: 'This PC has no way to that host. Check the address and the network.',
  ENETUNREACH: 'This PC has no way to that host. Check the address and the network.',
  ETIMEDOUT: 'The mail server did not answer in time. Check host and port, and a firewall between this PC and it.',
  EDNS: 'The host’s name could not be found. Check its spelling.',
  ENOTFOUND: 'The host’s name could not be found. Check its spelling.',
  EAUTH: 'The mail server refused the user name or the password.',
  ETLS: 'The encrypted connection failed. Try the other security setting, or accept the server’s own certificate if it is yours.',
  ESOCKET: 'The connection broke while it was being encrypted. The security setting may not fit the port: 587 takes STARTTLS, 465 takes TLS.',
  EENVELOPE: 'The mail server refused the sender or the recipient.',
  EMESSAGE: 'The mail server refused the message itself.',
};

/** The failure in words for somebody who does not know SMTP, with the server's own words after them. */
export function explainSmtpError(error: unknown): string {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  // The library reports every broken connection as ESOCKET; the system's own code is only in the text.
  const systemCode = /\b(ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)\b/u.exec(message)?.[1] ?? '';
  if (/self[- ]signed|unable to verify|certificate/iu.test(message)) {
    return `The mail server’s certificate is not trusted (${message}). If it is your own server, accept its certificate; otherwise check the host’s name.`;
  }
  const known = explanations[systemCode] ?? explanations[code];
  return known === undefined ? message : `${known} (${message})`;
}
