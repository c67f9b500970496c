import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Problem } from '#server/kernel/primitives.contract.ts';
import { startDesk } from '../../support/running-desk.ts';
import { temporaryFolder } from '../../support/test-context.ts';
import { testServer } from '../../support/test-server.ts';

describe('a disk that is full', () => {
  test('is said, reading goes on, and writing too once there is room, without a restart', async () => {
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

  test.runIf(process.platform === 'linux')('takes no log, and the desk goes on and ends in peace all the same', { timeout: 60_000 }, async () => {
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
