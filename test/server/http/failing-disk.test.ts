import { closeSync, openSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databaseFile } from '#server/database/connect.ts';
import type { Problem } from '#server/kernel/primitives.contract.ts';
import { startDesk } from '../../support/running-desk.ts';
import { temporaryFolder } from '../../support/test-context.ts';
import { testServer } from '../../support/test-server.ts';

describe('a disk that fails', () => {
  test('because it is full is named; reading goes on, and writing too once there is room, without a restart', async () => {
    const server = await testServer();
    await server.asConsole('POST', '/contacts', { firstName: 'Before' });
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(server.ctx.db);
    await sql`pragma max_page_count = ${sql.raw(String(rows[0]?.page_count ?? 0))}`.execute(server.ctx.db);

    let refused = await server.asConsole('POST', '/contacts', { firstName: 'x'.repeat(100) });
    // Pages that are there already have some room left.
    while (refused.statusCode === 201) refused = await server.asConsole('POST', '/contacts', { firstName: 'x'.repeat(100) });

    expect(refused.statusCode).toBe(503);
    expect(refused.json<Problem>()).toMatchObject({ code: 'disk-full', detail: expect.stringMatching(/disk .+ is full\. Free some space/u) });
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await server.asConsole('GET', '/contacts')).statusCode).toBe(200);

    await sql`pragma max_page_count = 1000000`.execute(server.ctx.db);
    expect((await server.asConsole('POST', '/contacts', { firstName: 'After' })).statusCode).toBe(201);
  });

  test('with a page that is damaged under a running desk is said, with the way out', async () => {
    const server = await testServer();
    await sql`pragma wal_checkpoint(truncate)`.execute(server.ctx.db);
    const { rows } = await sql<{ rootpage: number }>`select rootpage from sqlite_master where name = 'deals'`.execute(server.ctx.db);
    const file = openSync(databaseFile(server.ctx.folder.root), 'r+');
    writeSync(file, Buffer.alloc(4096, 0xaa), 0, 4096, ((rows[0]?.rootpage ?? 0) - 1) * 4096);
    closeSync(file);

    const refused = await server.asConsole('POST', '/deals', { name: 'Anna' });

    expect(refused.json<Problem>()).toMatchObject({ status: 503, code: 'database-damaged', detail: expect.stringContaining('doorline restore FILE') });
    expect((await server.asConsole('GET', '/contacts')).statusCode).toBe(200);
  });

  test.runIf(process.platform === 'linux')('and takes no log ends nothing: the desk goes on and stops in peace', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    await (await startDesk(folder)).end('SIGTERM');
    rmSync(path.join(folder, 'logs', 'doorline.log'));
    symlinkSync('/dev/full', path.join(folder, 'logs', 'doorline.log'));

    const desk = await startDesk(folder);
    expect((await desk.call('POST', '/contacts', { firstName: 'Anna' })).status).toBe(201);
    expect((await desk.call('POST', '/attachments', { file: 'x' })).status).toBe(400);
    expect(await desk.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
