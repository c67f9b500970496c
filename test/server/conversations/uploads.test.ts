import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { removeStrayFiles, removeUnclaimedUploads } from '#server/conversations/attachments.jobs.ts';
import { openAttachment, storeUpload } from '#server/conversations/attachments.service.ts';
import type { Context } from '#server/kernel/context.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { testClock, testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';
import { givenUpload, multipartOf } from '#test/support/ticket-builders.ts';

const day = 86_400_000;

function filesOf(ctx: Context): string[] {
  return readdirSync(ctx.folder.attachments);
}

async function rowsOf(ctx: Context): Promise<number> {
  return (await ctx.db.selectFrom('attachments').select('id').execute()).length;
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('storing a file', () => {
  test('its bytes come back as they were sent, under a name on disk that says nothing', async () => {
    const ctx = await testContext();

    const stored = await givenUpload(ctx, { content: 'it is broken', fileName: '../Zdjęcie.txt' });
    const { stream, headers } = await openAttachment(ctx, stored.id);

    expect(stored).toMatchObject({ fileName: 'Zdjęcie.txt', mediaType: 'text/plain', byteSize: 12 });
    expect(await textOf(stream)).toBe('it is broken');
    expect(headers['content-length']).toBe('12');
    expect(filesOf(ctx)).toEqual([expect.stringMatching(/^[0-9a-z]{32}$/u)]);
  });

  test('a file of exactly the limit is kept, one byte more is refused with nothing left behind', async () => {
    const ctx = await testContext();

    await givenUpload(ctx, { content: 'x'.repeat(1000), maxBytes: 1000 });
    const refused = givenUpload(ctx, { content: 'x'.repeat(1001), maxBytes: 1000, fileName: 'big.log' });

    await expect(refused).rejects.toMatchObject({
      kind: 'too-large',
      code: 'file-too-large',
      message: expect.stringContaining('“big.log” is larger than 1000 bytes'),
    });
    expect(filesOf(ctx)).toHaveLength(1);
    expect(await rowsOf(ctx)).toBe(1);
  });

  test('an endless stream is cut off at the limit', async () => {
    const ctx = await testContext();
    let sent = 0;
    const endless = Readable.from(
      (function* chunks() {
        for (; sent < 1e9; sent += 65_536) yield Buffer.alloc(65_536);
      })(),
    );

    const refused = storeUpload(ctx, { stream: endless, fileName: 'endless', uploadedBy: 'member:m', maxBytes: 1_000_000 });

    await expect(refused).rejects.toMatchObject({ code: 'file-too-large' });
    expect(filesOf(ctx)).toEqual([]);
  });

  test('an empty file is refused and named', async () => {
    const ctx = await testContext();

    await expect(givenUpload(ctx, { content: '', fileName: 'empty.txt' })).rejects.toThrow('“empty.txt” is empty');
    expect(filesOf(ctx)).toEqual([]);
  });

  test('a stream that breaks leaves nothing', async () => {
    const ctx = await testContext();
    const broken = Readable.from(
      (async function* chunks() {
        yield Buffer.from('the first half');
        throw new Error('connection lost');
      })(),
    );

    const refused = storeUpload(ctx, { stream: broken, fileName: 'half.txt', uploadedBy: 'member:m', maxBytes: 1000 });

    await expect(refused).rejects.toMatchObject({ code: 'upload-interrupted', message: expect.stringContaining('send it again') });
    expect(filesOf(ctx)).toEqual([]);
    expect(await rowsOf(ctx)).toBe(0);
  });

  test('one person sends no more than the quota of a day, side by side or one after another; the next day it starts anew', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    const first = await givenUpload(ctx, { uploadedBy: 'member:m' });
    const almostAll = 1024 ** 3 - 15;
    await ctx.db.updateTable('attachments').set({ byte_size: almostAll }).where('id', '=', first.id).execute();

    const results = await Promise.allSettled([1, 2, 3].map(() => givenUpload(ctx, { uploadedBy: 'member:m', content: 'ten bytes.' })));
    const other = await givenUpload(ctx, { uploadedBy: 'member:n', content: 'ten bytes.' });
    clock.advance(day + 1);
    const nextDay = await givenUpload(ctx, { uploadedBy: 'member:m', content: 'ten bytes.' });

    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ kind: 'too-many-requests', code: 'upload-quota-used' });
    expect([other.byteSize, nextDay.byteSize]).toEqual([10, 10]);
    expect(filesOf(ctx)).toHaveLength(4);
  });

  test('a file that somebody removed from the disk is said to be missing', async () => {
    const ctx = await testContext();
    const stored = await givenUpload(ctx, { fileName: 'door.png' });
    const [name] = filesOf(ctx);
    const { rmSync } = await import('node:fs');
    rmSync(path.join(ctx.folder.attachments, name ?? ''));

    await expect(openAttachment(ctx, stored.id)).rejects.toMatchObject({ kind: 'gone', message: expect.stringContaining('“door.png” is missing') });
  });

  test('the quota is read from an index', async () => {
    const ctx = await testContext();
    const { bytesUploadedSince } = await import('#server/conversations/attachments.queries.ts');

    expect(ctx.hot.plan(bytesUploadedSince).join('\n')).toContain('USING COVERING INDEX attachments_of_uploader');
  });
});

describe('tidying up', () => {
  test('an upload that no message took is gone after a day, row and file', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    await givenUpload(ctx);
    clock.advance(day - 1000);
    await givenUpload(ctx, { content: 'newer' });
    clock.advance(2000);

    await removeUnclaimedUploads(ctx);

    expect(await rowsOf(ctx)).toBe(1);
    expect(filesOf(ctx).map((name) => readFileSync(path.join(ctx.folder.attachments, name), 'utf8'))).toEqual(['newer']);
  });

  test('half files go after an hour, files without a row after a day, others stay', async () => {
    const ctx = await testContext();
    const { writeFileSync } = await import('node:fs');
    const aged = (name: string, milliseconds: number) => {
      const file = path.join(ctx.folder.attachments, name);
      writeFileSync(file, 'x');
      const at = new Date(Date.now() - milliseconds);
      utimesSync(file, at, at);
    };
    await givenUpload(ctx);
    const [known = ''] = filesOf(ctx);
    aged(known, 10 * day);
    aged('old.part', 3_700_000);
    aged('young.part', 3_500_000);
    aged('stray', day + 1000);
    aged('fresh', day - 60_000);

    await removeStrayFiles(ctx);

    expect(filesOf(ctx).sort()).toEqual([known, 'fresh', 'young.part'].sort());
  });
});

describe('the console’s route', () => {
  test('takes one file and gives it back', async () => {
    const server = await testServer();
    const headers = { host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}` };
    const form = multipartOf({ fileName: 'door "1".svg', content: '<svg onload="alert(1)"/>', type: 'image/png' });

    const stored = await server.admin.inject({ method: 'POST', url: '/admin/v1/attachments', headers: { ...headers, ...form.headers }, payload: form.payload });
    const opened = await server.asConsole('GET', `/attachments/${stored.json().id}`);

    expect(stored.statusCode).toBe(201);
    expect(stored.json()).toMatchObject({ mediaType: 'image/svg+xml', byteSize: 24 });
    expect(opened.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': expect.stringMatching(/^attachment; /u),
    });
    expect(opened.body).toBe('<svg onload="alert(1)"/>');
  });

  test('says what is wrong with a request that holds no file', async () => {
    const server = await testServer();

    const json = await server.asConsole('POST', '/attachments', { file: 'x' });

    expect(json.statusCode).toBe(400);
    expect(json.json().errors).toEqual([{ path: 'file', message: expect.stringContaining('multipart/form-data') }]);
    expect((await server.asConsole('GET', '/attachments/none')).statusCode).toBe(404);
  });

  test('refuses a file over the limit with 413', async () => {
    const server = await testServer();
    await changeSettings(server.ctx, portalSettings, { maxAttachmentMegabytes: 1 });
    const form = multipartOf({ fileName: 'big.bin', content: Buffer.alloc(1_048_577) });

    const refused = await server.admin.inject({
      method: 'POST',
      url: '/admin/v1/attachments',
      headers: { host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}`, ...form.headers },
      payload: form.payload,
    });

    expect(refused.statusCode).toBe(413);
    expect(refused.json()).toMatchObject({ code: 'file-too-large', detail: expect.stringContaining('“big.bin” is larger than 1 MB') });
    expect(filesOf(server.ctx)).toEqual([]);
  });
});
