import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sayableName } from '#server/pbx/sayable-name.ts';
import { connectsPbx } from '#test/support/pbx-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';

describe('C25: the name a telephone system shows', () => {
  test('is one line of plain text, and nothing at all for a stranger, a withheld number and a person who is not for phones', async () => {
    const server = await testServer();
    const acme = await givenCompany(server.ctx, { name: 'ACME' });
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200', companyId: acme.id });
    await givenContact(server.ctx, { firstName: 'Secret', lastName: 'Person', phone: '600 100 999', publishToPhones: false });
    const pbx = await connectsPbx(server);

    const known = await pbx.get('/name?n=%2B48600100200');
    expect(known.statusCode).toBe(200);
    expect(known.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(known.body).toBe('Jan Kowalski - ACME');
    for (const number of ['0048600100200', '600100200', '600-100-200']) {
      expect((await pbx.get(`/name?n=${encodeURIComponent(number)}`)).body).toBe('Jan Kowalski - ACME');
    }
    for (const number of ['%2B48600999999', 'anonymous', '', '%2B48600100999']) {
      const nobody = await pbx.get(`/name?n=${number}`);
      expect([number, nobody.statusCode, nobody.body]).toEqual([number, 200, '']);
    }
    expect((await pbx.get('/name')).body).toBe('');
  });

  test('has no more than 40 characters and none that a dialplan or a SIP header gives a meaning, whatever a contact is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 50 }), (graphemes, binary) => {
        const name = sayableName(`${graphemes} · ${binary}"\\,;\${evil}()\r\nVia: x`);
        expect(name.length).toBeLessThanOrEqual(40);
        expect(name).not.toMatch(/["\\,;${}()\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(name).toBe(name.trim());
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the letters of every language', () => {
    expect(sayableName('Łukasz Żółć · Größe & Söhne')).toBe('Łukasz Żółć - Größe & Söhne');
    expect(sayableName('Anna, Jan (ACME); "x"')).toBe('Anna Jan ACME x');
  });
});

describe('C25: who may ask for names', () => {
  test('a key of nobody, a revoked one and a replaced one are refused at once', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server);
    expect((await pbx.get('/name?n=1')).statusCode).toBe(200);

    const renewed = await server.asConsole('POST', `/pbx/sources/${pbx.source.id}/new-key`);
    expect(renewed.statusCode).toBe(200);
    expect((await pbx.get('/name?n=1')).statusCode).toBe(401);
    const headers = { authorization: `Bearer ${renewed.json<{ key: string }>().key}` };
    expect((await server.onLan({ url: '/pbx/v1/name?n=1', headers })).statusCode).toBe(200);

    expect((await server.asConsole('POST', `/pbx/sources/${pbx.source.id}/revoke`)).json()).toMatchObject({ state: 'revoked' });
    expect((await server.onLan({ url: '/pbx/v1/name?n=1', headers })).statusCode).toBe(401);
    expect((await server.onLan({ url: '/pbx/v1/name?n=1' })).statusCode).toBe(401);
    expect((await server.asConsole('POST', `/pbx/sources/${pbx.source.id}/new-key`)).statusCode).toBe(409);
  });

  test('a key that is bound to addresses works from there only, and says nothing elsewhere', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server, { addresses: ['10.0.0.20', '192.168.7.0/24', 'fd00::/8'] });

    const from = async (address: string) => (await pbx.get('/name?n=1', address)).statusCode;
    expect(await Promise.all(['10.0.0.20', '192.168.7.99', '::ffff:192.168.7.1', 'fd00::1'].map(from))).toEqual([200, 200, 200, 200]);
    expect(await Promise.all(['10.0.0.21', '192.168.8.1', 'fe80::1'].map(from))).toEqual([401, 401, 401]);
  });

  test('an address that is none is refused by its place, and nothing is connected', async () => {
    const server = await testServer();

    const answer = await server.asConsole('POST', '/pbx/sources', { name: 'X', kind: 'generic', addresses: ['10.0.0.1', '10.0.0.0/99'] });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([expect.objectContaining({ path: 'addresses[1]' })]);
    expect((await server.asConsole('GET', '/pbx/sources')).json().items).toEqual([]);
  });

  test('many unknown keys from one address are slowed down, and hold up nobody who has a good one', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server);
    const statuses = [];
    for (let at = 0; at < 70; at += 1) {
      statuses.push((await server.onLan({ url: '/pbx/v1/name?n=1', headers: { authorization: `Bearer ${'a'.repeat(20)}${at}` } })).statusCode);
    }

    expect(statuses.filter((status) => status === 401)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
    expect((await pbx.get('/name?n=1')).statusCode).toBe(200);
  });

  test('only a hash of the key is kept, and every act is in the audit log without it', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server);
    await server.asConsole('PATCH', `/pbx/sources/${pbx.source.id}`, { name: 'Front desk' });
    await server.asConsole('POST', `/pbx/sources/${pbx.source.id}/revoke`);

    const stored = JSON.stringify([
      await server.ctx.db.selectFrom('pbx_sources').selectAll().execute(),
      await server.ctx.db.selectFrom('audit_log').selectAll().execute(),
      await server.ctx.db.selectFrom('live_events').selectAll().execute(),
    ]);
    expect(stored).not.toContain(pbx.key);
    const acts = await server.ctx.db.selectFrom('audit_log').select('action').where('target_kind', '=', 'pbx').orderBy('seq').execute();
    expect(acts.map((act) => act.action)).toEqual(['pbx.connected', 'pbx.changed', 'pbx.revoked']);
  });
});
