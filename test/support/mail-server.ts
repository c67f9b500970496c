import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string[];
  readonly source: string;
}

export interface TestMailServer {
  readonly port: number;
  readonly received: ReceivedMail[];
  /** What the next message's recipients are answered with; null: accepted. */
  refusal: { readonly code: number; readonly message: string } | null;
}

/** A real SMTP server on loopback that keeps what it is given. With `password`, it asks for it. */
export async function testMailServer(options: { readonly password?: string } = {}): Promise<TestMailServer> {
  const state: { received: ReceivedMail[]; refusal: TestMailServer['refusal'] } = { received: [], refusal: null };
  const settings: SMTPServerOptions = {
    authOptional: options.password === undefined,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      if (auth.password === options.password) return done(null, { user: auth.username ?? '' });
      return done(new Error('Wrong user or password'));
    },
    onRcptTo(_address, _session, done) {
      if (state.refusal === null) return done();
      return done(Object.assign(new Error(state.refusal.message), { responseCode: state.refusal.code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        state.received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((recipient) => recipient.address),
          source: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  };
  const server = new SMTPServer(settings);
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return Object.assign(state, { port: (server.server.address() as AddressInfo).port });
}
