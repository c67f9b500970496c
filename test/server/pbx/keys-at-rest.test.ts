import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { PbxKind, type PbxSourceWithKey } from '#server/pbx/pbx.contract.ts';
import { connectsPbx } from '#test/support/pbx-builders.ts';
import { startDesk } from '#test/support/running-desk.ts';
import { temporaryFolder } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';
import { readXml } from '#test/support/xml-nodes.ts';

function asksWith(server: TestServer, key: string) {
  return server.onLan({ url: '/pbx/v1/name?n=1', headers: { authorization: `Bearer ${key}` } });
}

describe('C25: keys that were ended', () => {
  test('stay dead when an older backup brings them back, and others live on', async () => {
    const folder = temporaryFolder();
    const server = await testServer({ folder });
    const [revoked, renewed, other] = [await connectsPbx(server), await connectsPbx(server), await connectsPbx(server)];
    const before = await server.ctx.db.selectFrom('pbx_sources').select(['id', 'token_hash', 'directory_id']).execute();
    await server.asConsole('POST', `/pbx/sources/${revoked.source.id}/revoke`);
    await server.asConsole('POST', `/pbx/sources/${renewed.source.id}/new-key`);
    // What a backup from before would bring: the rows as they were.
    for (const { id, ...row } of before) {
      await server.ctx.db
        .updateTable('pbx_sources')
        .set({ ...row, state: 'active', revoked_at: null })
        .where('id', '=', id)
        .execute();
    }
    await server.close();

    const restarted = await testServer({ folder });

    expect((await asksWith(restarted, revoked.key)).statusCode).toBe(401);
    expect((await asksWith(restarted, renewed.key)).statusCode).toBe(401);
    expect((await asksWith(restarted, other.key)).statusCode).toBe(200);
    const acts = await restarted.asConsole('GET', '/audit?action=pbx.revoked-again');
    expect(acts.json<{ items: object[] }>().items).toHaveLength(2);
  });
});

describe('C25: a key in an address', () => {
  test('is in no log and no file of the desk, whatever becomes of the request', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    const desk = await startDesk(folder);
    const connected = await desk.call('POST', '/pbx/sources', { name: 'Reception', kind: 'yealink' });
    const { key, source } = (await connected.json()) as PbxSourceWithKey;
    await desk.call('POST', `/pbx/sources/${source.id}/self-test`, { key });
    await desk.call('PUT', '/pbx/settings', { plainPhoneBooks: true });
    const door = new URL(desk.bootstrapUrl ?? '').origin;
    const statuses = [];
    for (const file of ['yealink.xml', 'nokia.xml', 'cisco.xml?page=nonsense'])
      statuses.push((await fetch(`${door}/phonebook/${key}/${file}`, { redirect: 'manual' })).status);
    expect(statuses).toEqual([200, 302, 400]);
    await desk.end('SIGTERM');

    for (const file of [path.join('logs', 'doorline.log'), 'doorline.sqlite'])
      expect([file, readFileSync(path.join(folder, file), 'latin1').includes(key)]).toEqual([file, false]);
  });
});

describe('C25: the ready-made configuration', () => {
  test.each(PbxKind.options)('of %s holds the key, says nothing undefined, and is well formed whatever the company is called', async (kind) => {
    const server = await testServer();
    await server.asConsole('PUT', '/settings/company', { name: 'ACME & Söhne <Nord>', country: 'DE', timeZone: 'Europe/Berlin', language: 'en' });
    const { setup, key } = await connectsPbx(server, { kind });

    const own = setup.filter((text) => text.fileName !== 'doorline-authority.pem');
    expect(own.length).toBeGreaterThan(0);
    expect(own.map((text) => text.text).join('\n')).toContain(key);
    for (const { fileName, text } of own) {
      expect(text).not.toContain('undefined');
      if (fileName.endsWith('.xml')) readXml(text);
    }
    // A FRITZ!Box has no place for it.
    if (kind !== 'fritzbox') expect(setup.at(-1)?.text).toMatch(/^-----BEGIN CERTIFICATE-----/u);
  });
});
