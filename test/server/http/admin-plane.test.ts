import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testServer, type TestServer } from '../../support/test-server.ts';

const strangeHosts = [
  'evil.test',
  'localhost.evil.test',
  '127.0.0.1.nip.io',
  '0.0.0.0:0',
  '[::ffff:127.0.0.1]:0',
  '[::1]:0',
  '127.0.0.1',
  '127.0.0.1:1',
  '127.0.0.1:0.evil.test',
  'user@127.0.0.1:0',
  '',
];

const strangeOrigins = [
  'https://evil.test',
  'null',
  'http://127.0.0.1:1',
  'http://localhost.evil.test:0',
  'https://127.0.0.1:0',
  'app://evil',
  'file://',
  'app://doorline.evil.test',
];

function pathOf(url: string): string {
  return url.replace(/:\w+/gu, 'x1').replace('*', 'x1');
}

function withKey(server: TestServer, headers: Record<string, string>) {
  return { authorization: `Bearer ${server.adminToken}`, ...headers };
}

/** Listens, because only real sockets can send what no HTTP client would. */
async function listening(): Promise<{ readonly server: TestServer; readonly port: number }> {
  const server = await testServer();
  await server.admin.listen({ host: '127.0.0.1', port: 0 });
  const address = server.admin.server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

/** Sends bytes, returns what comes back until the other side closes. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    onTestFinished(() => void socket.destroy());
    let answer = '';
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('the console’s plane', () => {
  test('no route answers under a name that is not this PC’s, even with the key', async () => {
    const server = await testServer();

    for (const route of server.admin.routeScopes) {
      for (const host of strangeHosts) {
        const answer = await server.admin.inject({ method: route.method as 'GET', url: pathOf(route.url), headers: withKey(server, { host }) });
        expect([route.url, host, answer.statusCode]).toEqual([route.url, host, 403]);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
  });

  test('no route answers a page of somebody else, whatever it sends along', async () => {
    const server = await testServer();

    for (const route of server.admin.routeScopes) {
      for (const origin of strangeOrigins) {
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
          const answer = await server.admin.inject({
            method: route.method as 'GET',
            url: pathOf(route.url),
            headers: withKey(server, { host: '127.0.0.1:0', origin, 'content-type': type }),
            ...(route.method === 'GET' || route.method === 'HEAD' ? {} : { payload: '{}' }),
          });
          expect([route.url, origin, answer.statusCode]).toEqual([route.url, origin, 403]);
          expect(answer.headers['access-control-allow-origin']).toBeUndefined();
          expect(answer.headers['access-control-allow-private-network']).toBeUndefined();
        }
      }
    }
  });

  test('a picture, script, frame or event stream of another site gets nothing, though browsers send no Origin with them', async () => {
    const server = await testServer();

    for (const mode of ['no-cors', 'cors', 'websocket']) {
      for (const site of ['cross-site', 'same-site']) {
        const headers = withKey(server, { host: '127.0.0.1:0', 'sec-fetch-site': site, 'sec-fetch-mode': mode });
        expect((await server.admin.inject({ url: '/admin/v1/audit', headers })).statusCode).toBe(403);
      }
    }
  });

  test('a link from another program opens the console’s page', async () => {
    const server = await testServer();

    const answer = await server.admin.inject({ url: '/', headers: { host: '127.0.0.1:0', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } });

    expect([200, 503]).toContain(answer.statusCode); // 503: not built
  });

  test('a preflight of another site is refused; the desktop’s own page gets just what it needs', async () => {
    const server = await testServer();
    const preflight = (origin: string) =>
      server.admin.inject({
        method: 'OPTIONS',
        url: '/admin/v1/team',
        headers: { host: '127.0.0.1:0', origin, 'access-control-request-method': 'POST', 'access-control-request-private-network': 'true' },
      });

    const foreign = await preflight('https://evil.test');
    const own = await preflight('app://doorline');

    expect(foreign.statusCode).toBe(403);
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
    expect(own.statusCode).toBe(204);
    expect(own.headers['access-control-allow-origin']).toBe('app://doorline');
    expect(own.headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('no key but this start’s own is taken, and only in its header', async () => {
    const server = await testServer();
    const ask = (headers: Record<string, string>, url = '/admin/v1/audit') => server.admin.inject({ url, headers: { host: '127.0.0.1:0', ...headers } });
    const { adminToken: key } = server;
    expect((await ask({ authorization: `Bearer ${key}` })).statusCode).toBe(200);

    const others = [
      '',
      'Bearer',
      'Bearer ',
      `Bearer ${key.slice(0, -1)}`,
      `Bearer ${key}x`,
      `Bearer ${key.toUpperCase()}`,
      `Basic ${key}`,
      `bearer${key}`,
      `Bearer ${'A'.repeat(43)}`,
    ];
    for (const authorization of others) expect([authorization, (await ask({ authorization })).statusCode]).toEqual([authorization, 401]);
    expect((await ask({ cookie: `token=${key}` })).statusCode).toBe(401);
    expect((await ask({}, `/admin/v1/audit?token=${key}&access_token=${key}`)).statusCode).toBe(401);
    expect(Buffer.from(key, 'base64url').length * 8).toBe(256);
  });

  test('two Host headers, none, or a proxy’s form of the address change nothing', async () => {
    const { server, port } = await listening();
    const key = `Authorization: Bearer ${server.adminToken}\r\n`;
    const own = `127.0.0.1:${port}`;

    const twice = await sendRaw(port, `GET /admin/v1/audit HTTP/1.1\r\nHost: ${own}\r\nHost: evil.test\r\n${key}Connection: close\r\n\r\n`);
    const same = await sendRaw(port, `GET /admin/v1/audit HTTP/1.1\r\nHost: ${own}\r\nhost: ${own}\r\n${key}Connection: close\r\n\r\n`);
    const none = await sendRaw(port, `GET /admin/v1/audit HTTP/1.0\r\n${key}Connection: close\r\n\r\n`);
    const absolute = await sendRaw(port, `GET http://evil.test/admin/v1/audit HTTP/1.1\r\nHost: ${own}\r\n${key}Connection: close\r\n\r\n`);
    const upgrade = await sendRaw(
      port,
      `GET /admin/v1/events HTTP/1.1\r\nHost: evil.test\r\n${key}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n`,
    );

    for (const answer of [twice, same, none, absolute, upgrade]) {
      expect(answer).toMatch(/^HTTP\/1\.1 (?:400|403|404) /u);
      expect(answer).not.toContain('"items"');
    }
  });

  test('it never sets a cookie, and tells every browser not to keep what it says', async () => {
    const server = await testServer();

    const answer = await server.asConsole('GET', '/audit');

    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});
