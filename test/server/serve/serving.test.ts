import { spawn } from 'node:child_process';
import { createServer as createHttpServer, request } from 'node:http';
import { createServer as createNetServer, connect } from 'node:net';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { givenCompanyCertificates } from '../../support/certificate-builders.ts';
import { builtCli, runCli, startDesk } from '../../support/running-desk.ts';
import { temporaryFolder } from '../../support/test-context.ts';

async function occupiedPort(): Promise<number> {
  const server = createNetServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('doorline serve', { timeout: 120_000 }, () => {
  test('the first line says all a program needs to go on, and each plane answers there', async () => {
    const desk = await startDesk(temporaryFolder());

    expect(desk).toMatchObject({ event: 'ready', version: expect.stringMatching(/^\d+\.\d+\.\d+/u), adminToken: expect.stringMatching(/^[\w-]{43}$/u) });
    expect(desk.lanUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/u);
    expect(desk.bootstrapUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/s$/u);
    expect((await desk.call('GET', '/audit')).status).toBe(200);
    expect((await fetch(desk.bootstrapUrl ?? '')).status).toBe(200);
  });

  test('the console’s key is in no file of the data folder, no argument and no environment', async () => {
    const folder = temporaryFolder();
    const desk = await startDesk(folder);
    await desk.call('GET', '/audit');
    await desk.call('GET', '/nothing-here');

    const pid = desk.child.pid ?? 0;
    const places = [
      path.join(folder, 'logs', 'doorline.log'),
      path.join(folder, 'doorline.sqlite'),
      path.join(folder, 'doorline.sqlite-wal'),
      `/proc/${pid}/cmdline`,
      `/proc/${pid}/environ`,
    ];
    for (const place of places) expect([place, readFileSync(place, 'latin1').includes(desk.adminToken)]).toEqual([place, false]);
  });

  test('what it writes is for its own user only', async () => {
    const folder = temporaryFolder();
    await startDesk(folder);

    for (const name of ['doorline.sqlite', 'secret.key', path.join('logs', 'doorline.log'), 'attachments', 'backups']) {
      expect([name, statSync(path.join(folder, name)).mode & 0o077]).toEqual([name, 0]);
    }
  });

  test('a second server on the same folder is refused in one sentence; a killed one leaves no lock behind', async () => {
    const folder = temporaryFolder();
    const first = await startDesk(folder);

    const second = await runCli(['serve', '--data', folder, '--lan-port', '0', '--admin-port', '0', '--json']);
    const still = await first.call('GET', '/audit');
    await first.end('SIGKILL');
    const third = await startDesk(folder);

    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(/^Doorline is already running on .+\.\n$/u);
    expect(still.status).toBe(200);
    expect((await third.call('GET', '/audit')).status).toBe(200);
  });

  test('a port somebody else has is named with the flag that chooses another', async () => {
    const port = String(await occupiedPort());
    const folder = temporaryFolder();
    const free = ['--lan-host', '127.0.0.1', '--lan-port', '0', '--admin-port', '0', '--bootstrap-port', '0'];

    for (const flag of ['--lan-port', '--admin-port', '--bootstrap-port']) {
      const flags = free.with(free.indexOf(flag) + 1, port);
      const ended = await runCli(['serve', '--data', folder, ...flags, '--json']);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toBe(`Port ${port} is in use by another program. Stop that program, or choose another port with ${flag} (0 picks a free one).\n`);
    }
  });

  test('asked to stop, it lets a request under way end, drops streams that never would, and exits with 0', async () => {
    const folder = temporaryFolder();
    const desk = await startDesk(folder);
    const stream = await desk.call('GET', '/events');
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const { hostname, port } = new URL(desk.adminUrl);
    const body = '{"firstName":"Slow Sue"}';
    const slow = request({
      hostname,
      port,
      method: 'POST',
      path: '/admin/v1/contacts',
      headers: { authorization: `Bearer ${desk.adminToken}`, 'content-type': 'application/json', 'content-length': String(body.length), connection: 'close' },
    });
    const answered = new Promise<number>((resolve, reject) => {
      slow.once('response', (response) => resolve(response.statusCode ?? 0));
      slow.once('error', reject);
    });
    slow.write(body.slice(0, 10));
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });

    const started = Date.now();
    const ended = desk.end('SIGTERM');
    setTimeout(() => slow.end(body.slice(10)), 300);

    expect(await answered).toBe(201);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - started).toBeLessThan(15_000);
    const again = await startDesk(folder);
    expect(((await (await again.call('GET', '/contacts')).json()) as { items: { firstName: string }[] }).items.map(({ firstName }) => firstName)).toEqual([
      'Slow Sue',
    ]);
  });

  test('Ctrl+C ends it as cleanly as SIGTERM', async () => {
    const desk = await startDesk(temporaryFolder());

    expect(await desk.end('SIGINT')).toEqual({ code: 0, signal: null });
  });

  test('a client that hangs does not keep it from stopping', async () => {
    const desk = await startDesk(temporaryFolder());
    const { hostname, port } = new URL(desk.adminUrl);
    const hanging = connect(Number(port), hostname, () =>
      hanging.write(
        `POST /admin/v1/contacts HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${desk.adminToken}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
      ),
    );
    hanging.on('error', () => undefined);
    onTestFinished(() => void hanging.destroy());
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });

    expect(await desk.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });

  test('a default port that is taken gives way to a free one, where nobody remembers it', async () => {
    const blocker = createHttpServer().listen(8441, '127.0.0.1');
    await new Promise((resolve) => {
      blocker.once('listening', resolve);
      blocker.once('error', resolve); // Somebody else has it: just as good.
    });
    onTestFinished(() => void blocker.close());
    const folder = temporaryFolder();
    const child = spawn(
      process.execPath,
      [await builtCli(), 'serve', '--data', folder, '--lan-host', '127.0.0.1', '--lan-port', '0', '--bootstrap-port', '0', '--json'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const line = await new Promise<string>((resolve) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    });

    const { adminUrl } = JSON.parse(line) as { adminUrl: string };

    expect(adminUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    expect(adminUrl).not.toContain(':8441');
  });
});

describe('the plain-HTTP door', { timeout: 120_000 }, () => {
  test('closes when a trusted certificate is put in use, and opens again with the desk’s own', async () => {
    const desk = await startDesk(temporaryFolder());
    const isOpen = (url: string) =>
      fetch(url).then(
        (answer) => answer.ok,
        () => false,
      );
    const door = desk.bootstrapUrl ?? '';
    const before = await isOpen(door);
    const { root: authority, intermediate, leaf } = await givenCompanyCertificates(['127.0.0.1']);
    const form = new FormData();
    form.append('certificate', new Blob([leaf.certificate + intermediate.certificate + authority.certificate + leaf.privateKey]), 'all.pem');

    const uploaded = await fetch(`${desk.adminUrl}/admin/v1/certificate/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${desk.adminToken}` },
      body: form,
    });
    const during = await isOpen(door);
    const renewed = (await (await desk.call('POST', '/certificate/renew')).json()) as { bootstrapUrl: string };

    expect([before, uploaded.status, during]).toEqual([true, 200, false]);
    expect(await isOpen(renewed.bootstrapUrl)).toBe(true);
  });
});

describe('the one-time link to the console', { timeout: 120_000 }, () => {
  test('it opens the console once; the command makes another for the running server', async () => {
    const folder = temporaryFolder();
    const desk = await startDesk(folder);
    const made = await runCli(['console', '--data', folder, '--json']);
    const { url } = JSON.parse(made.stdout) as { url: string };
    const code = new URL(url).hash.replace('#code=', '');
    const spend = () =>
      fetch(`${desk.adminUrl}/admin/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) });

    const first = await spend();
    const second = await spend();

    expect(url.startsWith(`${desk.adminUrl}/#code=`)).toBe(true);
    expect(await first.json()).toEqual({ token: desk.adminToken });
    expect(second.status).toBe(410);
    expect((await desk.call('GET', '/audit?action=console.opened')).status).toBe(200);
  });
});
