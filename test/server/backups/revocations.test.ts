import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rememberedRevocations, rememberRevocation } from '#server/backups/revocation-ledger.ts';
import { pairsPhone, phoneWith } from '../../support/device-builders.ts';
import { temporaryFolder, testContext } from '../../support/test-context.ts';
import { testServer } from '../../support/test-server.ts';

describe('a revoked phone', () => {
  test('stays locked out when an older backup brings it back', async () => {
    const folder = temporaryFolder();
    const server = await testServer({ folder });
    const phone = await pairsPhone(server);
    const other = await pairsPhone(server, { deviceName: 'Ben’s phone' });
    expect((await phone.get('/me')).statusCode).toBe(200);
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);
    // What a backup from before would bring: the row as it was.
    await server.ctx.db.updateTable('devices').set({ state: 'active', revoked_at: null }).where('id', '=', phone.id).execute();
    await server.close();

    const restarted = await testServer({ folder });

    expect((await phoneWith(restarted, phone.id, phone.token).get('/me')).statusCode).toBe(401);
    expect((await phoneWith(restarted, other.id, other.token).get('/me')).statusCode).toBe(200);
    const acts = (await restarted.asConsole('GET', '/audit?action=device.revoked-again')).json<{ items: object[] }>();
    expect(acts.items).toHaveLength(1);
  });

  test('to be wiped stays to be wiped at a start, also where it was written down before wipes were told apart', async () => {
    const folder = temporaryFolder();
    const server = await testServer({ folder });
    const phone = await pairsPhone(server);
    await server.asConsole('POST', `/devices/${phone.id}/wipe`);
    await server.close();
    writeFileSync(path.join(folder, 'revoked-devices.jsonl'), `${JSON.stringify({ id: phone.id, at: new Date().toISOString() })}\n`);

    const restarted = await testServer({ folder });

    expect((await restarted.asConsole('GET', `/devices/${phone.id}`)).json<{ state: string }>().state).toBe('wiping');
  });

  test('is remembered also when a power cut tore the last line', async () => {
    const ctx = await testContext();
    await rememberRevocation(ctx, 'one');
    const ledger = path.join(ctx.folder.root, 'revoked-devices.jsonl');
    writeFileSync(ledger, `${readFileSync(ledger, 'utf8')}{"id":"tw`);

    expect([...rememberedRevocations(ctx.folder.root)]).toEqual(['one']);
  });
});
