import { connect, type Socket } from 'node:net';
import { connect as connectTls, type SecureContextOptions } from 'node:tls';
import { onTestFinished, describe, expect, test } from 'vitest';
import { ensureServerCertificate } from '#server/certificates/certificates.service.ts';
import { createApp } from '#server/http/app.ts';
import { inScope } from '#server/http/scopes.ts';
import { createLog } from '#server/kernel/log.ts';
import { portOf } from '#server/server.ts';
import { testContext } from '#test/support/test-context.ts';

const patience = { head: 400, whole: 400, pause: 400 };

/** A plane with one route for words and one for files. */
async function givenPlane(tls?: SecureContextOptions): Promise<number> {
  const ctx = await testContext();
  const app = createApp({ ctx, logger: createLog({ level: 'silent' }), patience, ...(tls === undefined ? {} : { tls }) });
  inScope(app, { scope: 'public' }, (open) => {
    open.addContentTypeParser('text/slow', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    open.post('/words', async () => 'taken');
    open.post('/file', { config: { isUpload: true } }, async () => 'taken');
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return portOf(app);
}

/** Sends a body of `pieces` letters, one after each `pause`; of them `sent` at most. What came back before the end. */
function dribble(
  port: number,
  path: string,
  { pieces, sent = pieces, pause }: { readonly pieces: number; readonly sent?: number; readonly pause: number },
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let came = '';
    socket.on('data', (chunk: Buffer) => {
      came += chunk.toString();
      if (came.includes('taken')) socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(came));
    socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/slow\r\ncontent-length: ${pieces}\r\n\r\n`);
    let count = 0;
    const next = setInterval(() => {
      if (count >= sent || socket.destroyed) clearInterval(next);
      else socket.write('a');
      count += 1;
    }, pause);
  });
}

describe('a body that comes slowly', () => {
  test('is taken as long as it comes, where it is a file', async () => {
    const port = await givenPlane();

    expect(await dribble(port, '/file', { pieces: 12, pause: 100 })).toContain('taken');
  });

  test('is cut where it is no file, so that nobody can hold a connection with a letter now and then', async () => {
    const port = await givenPlane();

    expect(await dribble(port, '/words', { pieces: 40, pause: 100 })).not.toContain('taken');
  });

  test('is cut when a file stands still', async () => {
    const port = await givenPlane();

    expect(await dribble(port, '/file', { pieces: 12, sent: 2, pause: 50 })).not.toContain('taken');
  });

  test('that comes at once is taken at once', async () => {
    const port = await givenPlane();

    expect(await dribble(port, '/words', { pieces: 1, pause: 1 })).toContain('taken');
  });
});

describe('a head that never ends', () => {
  /** Resolves when the other side has had enough. */
  function untilCut(socket: Socket): Promise<void> {
    return new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.resume();
    });
  }

  test('is cut in the clear and under TLS, and so is a handshake that never begins', async () => {
    const [plain, secure] = [await givenPlane(), await givenPlane(await ensureServerCertificate(await testContext()))];
    const words = 'GET /words HTTP/1.1\r\nhost: x\r\nx-slow: a';
    const open = connect(plain, '127.0.0.1', () => open.write(words));
    const sealed = connectTls({ port: secure, host: '127.0.0.1', rejectUnauthorized: false }, () => sealed.write(words));
    const silent = connect(secure, '127.0.0.1');

    await Promise.all([open, sealed, silent].map(untilCut));

    expect([open.destroyed, sealed.destroyed, silent.destroyed]).toEqual([true, true, true]);
  });
});
