import { describe, expect, test } from 'vitest';
import type { ImportBatch } from '#server/imports/imports.contract.ts';
import { errorsAfter, recentBatches, releasingBatch, silentBatch, waitingBatch } from '#server/imports/imports.queries.ts';
import { newId } from '#server/kernel/ids.ts';
import { forgetOldFiles, workOnImports } from '#server/imports/work-imports.service.ts';
import { csv, givenUploadedFile, optionsFor } from '#test/support/import-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';
import { multipartOf } from '#test/support/ticket-builders.ts';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

function upload(server: TestServer, file: { readonly fileName: string; readonly content: string | Uint8Array }, object?: string) {
  const { headers, payload } = multipartOf(file);
  // Fields come before the file, as the console sends them.
  const boundary = headers['content-type'].split('boundary=')[1] ?? '';
  const field = object === undefined ? '' : `--${boundary}\r\ncontent-disposition: form-data; name="object"\r\n\r\n${object}\r\n`;
  return server.admin.inject({
    method: 'POST',
    url: '/admin/v1/imports',
    headers: { ...headers, host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}` },
    payload: Buffer.concat([Buffer.from(field), payload]),
  });
}

const contacts = csv(['First Name', 'Email', 'Phone Number'], ['Anna', 'anna@example.com', '600100200'], ['', 'nobody', '']);

describe('the import wizard', () => {
  test('uploads, checks, imports, hands out the errors and undoes, telling open screens all the way', async () => {
    const server = await testServer();

    const uploaded = await upload(server, { fileName: 'my export.csv', content: contacts });
    expect(uploaded.statusCode).toBe(201);
    const batch = uploaded.json<ImportBatch>();
    const options = optionsFor(batch);

    const checking = await server.asConsole('POST', `/imports/${batch.id}/dry-run`, options);
    expect(checking.json()).toMatchObject({ state: 'dry-running', progress: { phase: 'dry-run', rowsTotal: 2 } });
    await workOnImports(server.ctx);
    expect((await server.asConsole('GET', `/imports/${batch.id}`)).json()).toMatchObject({ state: 'checked', progress: { created: 1, failed: 1 } });

    expect((await server.asConsole('POST', `/imports/${batch.id}/run`, options)).json()).toMatchObject({ state: 'running' });
    await workOnImports(server.ctx);
    const done = (await server.asConsole('GET', `/imports/${batch.id}`)).json<ImportBatch>();
    expect(done).toMatchObject({ state: 'done', fileName: 'my export.csv', problem: null });
    expect(done.finishedAt).not.toBeNull();

    const errors = await server.asConsole('GET', `/imports/${batch.id}/errors.csv`);
    expect(errors.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': "attachment; filename*=UTF-8''my%20export-errors.csv",
    });
    expect(errors.body.trim().split('\n')).toHaveLength(2);

    expect((await server.asConsole('POST', `/imports/${batch.id}/undo`)).json()).toMatchObject({ state: 'undoing', progress: { phase: 'undo', rowsTotal: 1 } });
    await workOnImports(server.ctx);
    expect((await server.asConsole('GET', '/imports')).json()).toMatchObject({ items: [{ id: batch.id, state: 'undone' }], nextCursor: null });

    const events = await server.ctx.db.selectFrom('live_events').select('payload').where('kind', '=', 'import').execute();
    const states = events.map((event) => (JSON.parse(event.payload) as { state: string }).state);
    expect(states).toEqual(['dry-running', 'dry-running', 'checked', 'running', 'running', 'done', 'undoing', 'undoing', 'undone']);
    const acts = await server.ctx.db.selectFrom('audit_log').select('action').where('action', 'like', 'import.%').orderBy('seq').execute();
    expect(acts.map((act) => act.action)).toEqual(['import.started', 'import.finished', 'import.undone']);
  });

  test('believes what the manager says the file is', async () => {
    const server = await testServer();

    const batch = (await upload(server, { fileName: 'a.csv', content: csv(['Name'], ['ACME']) }, 'companies')).json<ImportBatch>();
    const unknown = await upload(server, { fileName: 'a.csv', content: csv(['Name'], ['ACME']) }, 'invoices');

    expect(batch.object).toBe('companies');
    expect(unknown.statusCode).toBe(400);
    expect(unknown.json()).toMatchObject({ errors: [{ path: 'object' }] });
  });

  test('refuses what is no file, no CSV, or not there, in words', async () => {
    const server = await testServer();

    const workbook = await upload(server, { fileName: 'a.xlsx', content: Uint8Array.of(0x50, 0x4b, 3, 4) });
    const json = await server.asConsole('POST', '/imports', { file: 'x' });
    const missing = await server.asConsole('GET', '/imports/nothing');

    expect([workbook.statusCode, json.statusCode, missing.statusCode]).toEqual([415, 400, 404]);
    expect(workbook.json()).toMatchObject({ code: 'unusable-import-file' });
    expect(json.json()).toMatchObject({ errors: [{ path: 'file' }] });
    expect(readdirSync(server.ctx.folder.imports)).toEqual([]);
  });

  test('an upload that is cut off says so, and nothing of it stays', async () => {
    const server = await testServer();
    const { headers, payload } = multipartOf({ fileName: 'people.csv', content: contacts });

    const answer = await server.admin.inject({
      method: 'POST',
      url: '/admin/v1/imports',
      headers: { ...headers, host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}` },
      payload: payload.subarray(0, -60),
    });

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'upload-interrupted', detail: expect.stringContaining('“people.csv” did not arrive completely') });
    expect(readdirSync(server.ctx.folder.imports)).toEqual([]);
  });

  test('refuses steps that make no sense now', async () => {
    const server = await testServer();
    const batch = (await upload(server, { fileName: 'a.csv', content: contacts })).json<ImportBatch>();
    const step = async (name: string, body?: object) => (await server.asConsole('POST', `/imports/${batch.id}/${name}`, body)).statusCode;

    expect([await step('cancel'), await step('undo'), await step('release')]).toEqual([409, 409, 409]);
    expect(await step('run', optionsFor(batch))).toBe(200);
    expect([await step('run', optionsFor(batch)), await step('dry-run', optionsFor(batch)), await step('undo')]).toEqual([409, 409, 409]);
    await workOnImports(server.ctx);
    expect([await step('run', optionsFor(batch)), await step('dry-run', optionsFor(batch)), await step('cancel')]).toEqual([409, 409, 409]);
    expect((await server.asConsole('DELETE', `/imports/${batch.id}`)).statusCode).toBe(409);
  });

  test('forgets an upload that was never imported', async () => {
    const server = await testServer();
    const batch = (await upload(server, { fileName: 'a.csv', content: contacts })).json<ImportBatch>();

    expect((await server.asConsole('DELETE', `/imports/${batch.id}`)).statusCode).toBe(204);

    expect((await server.asConsole('GET', `/imports/${batch.id}`)).statusCode).toBe(404);
    expect(readdirSync(server.ctx.folder.imports)).toEqual([]);
  });

  test('lists imports page by page, the newest first', async () => {
    const server = await testServer();
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.push((await givenUploadedFile(server.ctx, contacts)).id);

    const first = (await server.asConsole('GET', '/imports?limit=2')).json<{ items: ImportBatch[]; nextCursor: string }>();
    const second = (await server.asConsole('GET', `/imports?limit=2&cursor=${first.nextCursor}`)).json<{ items: ImportBatch[]; nextCursor: null }>();

    expect([...first.items, ...second.items].map((item) => item.id)).toEqual(ids.reverse());
    expect(second.nextCursor).toBeNull();
  });
});

test('uploaded files are removed after a month', async () => {
  const clock = testClock();
  const ctx = await testContext({ clock });
  await givenUploadedFile(ctx, contacts);

  await forgetOldFiles(ctx);
  expect(readdirSync(ctx.folder.imports)).toHaveLength(1);
  clock.advance(31 * 86_400_000);
  await forgetOldFiles(ctx);

  expect(readdirSync(ctx.folder.imports)).toEqual([]);
});

test('of very many old uploads none stays, and nothing of one that a crash cut off', async () => {
  const clock = testClock(new Date().toISOString());
  const ctx = await testContext({ clock });
  for (let index = 0; index < 60; index += 1) await givenUploadedFile(ctx, contacts);
  const cutOff = path.join(ctx.folder.imports, `${newId()}.csv`);
  writeFileSync(cutOff, 'Email\nanna@exam');

  await forgetOldFiles(ctx);
  expect(readdirSync(ctx.folder.imports)).toHaveLength(61);
  clock.advance(2 * 86_400_000);
  await forgetOldFiles(ctx);
  expect(existsSync(cutOff)).toBe(false);
  expect(readdirSync(ctx.folder.imports)).toHaveLength(60);
  clock.advance(31 * 86_400_000);
  await forgetOldFiles(ctx);

  expect(readdirSync(ctx.folder.imports)).toEqual([]);
});

test('looking for work and reading errors goes straight to the rows', async () => {
  const ctx = await testContext();

  for (const read of [waitingBatch, silentBatch, releasingBatch, recentBatches, errorsAfter]) {
    const plan = ctx.hot.plan(read as typeof waitingBatch).join('\n');
    expect(plan).not.toMatch(/SCAN import_batches$|SCAN import_errors|TEMP B-TREE/mu);
  }
});
