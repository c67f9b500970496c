import { readdirSync } from 'node:fs';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { portOf } from '#server/server.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { testServer } from '#test/support/test-server.ts';
import { givenUpload, multipartOf } from '#test/support/ticket-builders.ts';

async function listeningServer() {
  const server = await testServer();
  await server.admin.listen({ host: '127.0.0.1', port: 0 });
  const port = portOf(server.admin);
  return { ...server, port, headers: { host: `127.0.0.1:${port}`, authorization: `Bearer ${server.adminToken}` } };
}

test('an upload whose connection breaks leaves nothing', async () => {
  const server = await listeningServer();
  const form = multipartOf({ fileName: 'video.mp4', content: Buffer.alloc(400_000, 'v') });
  const socket = connect(server.port, '127.0.0.1');
  const lines = Object.entries({ ...server.headers, ...form.headers, 'content-length': String(form.payload.length) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`POST /admin/v1/attachments HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  socket.write(form.payload.subarray(0, 200_000));
  await vi.waitFor(() => expect(readdirSync(server.ctx.folder.attachments)).toEqual([expect.stringMatching(/\.part$/u)]), { timeout: 5000 });

  socket.destroy();

  await vi.waitFor(() => expect(readdirSync(server.ctx.folder.attachments)).toEqual([]), { timeout: 5000 });
  expect(await server.ctx.db.selectFrom('attachments').select('id').execute()).toEqual([]);
});

/** Sends over one kept connection, whatever the answers are. */
function oneConnection(server: Awaited<ReturnType<typeof listeningServer>>) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return function send(method: string, path: string, body?: { headers: object; payload: Buffer }): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest({ agent, host: '127.0.0.1', port: server.port, method, path, headers: { ...server.headers, ...body?.headers } }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer));
      });
      sent.on('error', reject);
      sent.end(body?.payload);
    });
  };
}

test('a browser that is still sending a file over the limit gets the answer, and its connection stays good', async () => {
  const server = await listeningServer();
  await changeSettings(server.ctx, portalSettings, { maxAttachmentMegabytes: 1 });
  const send = oneConnection(server);

  const refused = await send('POST', '/admin/v1/attachments', multipartOf({ fileName: 'disk.img', content: Buffer.alloc(20_000_000) }));
  const next = await send('GET', '/admin/v1/inboxes');

  expect(refused.statusCode).toBe(413);
  expect(next.statusCode).toBe(200);
  expect(readdirSync(server.ctx.folder.attachments)).toEqual([]);
});

test('so does one whose sender runs out of quota half-way', async () => {
  const server = await listeningServer();
  const earlier = await givenUpload(server.ctx, { uploadedBy: 'agent:owner' });
  await server.ctx.db
    .updateTable('attachments')
    .set({ byte_size: 20 * 1024 ** 3 - 1_000_000 })
    .where('id', '=', earlier.id)
    .execute();
  const send = oneConnection(server);

  const refused = await send('POST', '/admin/v1/attachments', multipartOf({ fileName: 'disk.img', content: Buffer.alloc(20_000_000) }));
  const next = await send('GET', '/admin/v1/inboxes');

  expect(refused.statusCode).toBe(429);
  expect(next.statusCode).toBe(200);
  expect(readdirSync(server.ctx.folder.attachments)).toHaveLength(1);
});
