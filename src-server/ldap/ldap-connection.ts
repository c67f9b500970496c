import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import { plainAddress } from '../kernel/client-address.ts';
import { takeFrame } from './ber-frames.ts';
import { resultCode, writeDisconnection, type Result } from './ldap-answers.ts';
import { startSession, type Reply, type SessionParts } from './ldap-session.ts';

export interface ConnectionParts extends Pick<SessionParts, 'ctx' | 'authenticate' | 'traceSearch' | 'mayAsk'> {
  /** The certificate to go on with when a client asks for TLS. */
  readonly secureContext: () => SecureContext;
  readonly idleMilliseconds: number;
  /** How long one message may take to come in. */
  readonly messageMilliseconds: number;
}

/** A connection that is served until it ends. */
export interface Connection {
  /** Ends it, after telling the client why (RFC 4511, 4.4.1). */
  end(result: Result): void;
}

/** How long a client may take to hear that the connection ends. */
const lingerMilliseconds = 1000;

function isTlsSocket(socket: Socket): boolean {
  return socket instanceof TLSSocket;
}

/** Reads messages off a socket and answers them one after the other, so that a client that does not read is not read either. */
export function serveConnection(socket: Socket, parts: ConnectionParts): Connection {
  const { secureContext, idleMilliseconds, messageMilliseconds } = parts;
  const session = startSession({ ...parts, ip: plainAddress(socket.remoteAddress ?? ''), isTls: isTlsSocket(socket) });
  let buffer: Buffer = Buffer.alloc(0);
  let isBusy = false;
  let isOver = false;
  let current: Connection | undefined;
  let patience: NodeJS.Timeout | undefined;

  function end(result: Result | undefined): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(patience);
    socket.removeAllListeners('data');
    if (result !== undefined) socket.write(writeDisconnection(result));
    socket.end();
    setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
  }

  /** The rest of the connection is TLS (RFC 4511, 4.14). What came in clear after the request was not meant for us. */
  function startTls(): void {
    if (buffer.length > 0) {
      end({ code: resultCode.protocolError, message: 'Nothing may follow before TLS is there.' });
      return;
    }
    isOver = true;
    clearTimeout(patience);
    socket.removeListener('data', take);
    socket.removeAllListeners('timeout');
    socket.setTimeout(0);
    const secure = new TLSSocket(socket, { isServer: true, secureContext: secureContext() });
    secure.on('error', () => socket.destroy());
    current = serveConnection(secure, parts);
  }

  async function send({ bytes }: Reply): Promise<void> {
    if (bytes.length === 0) return;
    if (socket.write(Buffer.concat(bytes))) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        socket.off('drain', go).off('close', go);
        resolve();
      };
      socket.on('drain', go).on('close', go);
    });
  }

  async function work(): Promise<void> {
    for (;;) {
      const taken = takeFrame(buffer);
      if (taken === undefined || isOver || socket.destroyed) return;
      buffer = Buffer.from(taken.rest);
      const reply = await session.answer(taken.frame);
      await send(reply);
      if (reply.next === 'close') end(undefined);
      if (reply.next === 'start-tls') startTls();
    }
  }

  /** A client that sends a byte now and then is never idle; its message has a time all the same. */
  function waitForRest(): void {
    if (buffer.length > 0) {
      patience ??= setTimeout(() => end({ code: resultCode.unavailable, message: 'The message took too long.' }), messageMilliseconds).unref();
      return;
    }
    clearTimeout(patience);
    patience = undefined;
  }

  function take(chunk: Buffer): void {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    if (isBusy) return;
    isBusy = true;
    socket.pause();
    work()
      .catch(() => end({ code: resultCode.protocolError, message: 'This is no LDAP message, or too long a one.' }))
      .finally(() => {
        isBusy = false;
        if (isOver) return;
        waitForRest();
        socket.resume();
      });
  }

  socket.setTimeout(idleMilliseconds);
  socket.on('timeout', () => end({ code: resultCode.unavailable, message: 'Nothing was asked for a while.' }));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearTimeout(patience));
  socket.on('data', take);
  return { end: (result) => (current === undefined ? end(result) : current.end(result)) };
}
