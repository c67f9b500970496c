import { describe, expect, test } from 'vitest';
import type { PbxKind } from '#server/pbx/pbx.contract.ts';
import { connectsPbx } from '#test/support/pbx-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';

async function connected(kind: PbxKind) {
  const server = await testServer();
  await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '+48 600 100 200' });
  const pbx = await connectsPbx(server, { kind, name: 'Reception', extensions: [{ extension: '101', agentId: 'owner' }] });
  const text = (title: string) => pbx.setup.find((piece) => piece.title === title)?.text ?? `There is no “${title}”.`;
  return { server, pbx, text };
}

/** What a telephone puts in place of its variables; one it does not know stays. */
function filled(address: string, values: Readonly<Record<string, string>>): string {
  return address.replace(/\$[a-z][\w-]*/gu, (name) => values[name] ?? name);
}

describe('C25: the ready-made configuration, as it stands', () => {
  test('of anything that speaks HTTP: both requests are answered', async () => {
    const { server, pbx, text } = await connected('generic');
    const requests = text('Requests');
    const path = (method: string) => new URL(new RegExp(`^${method} (\\S+)$`, 'mu').exec(requests)?.[1] ?? '');
    const headers = { authorization: /^Authorization: (.+)$/mu.exec(requests)?.[1] ?? '' };
    expect(headers.authorization).toContain(pbx.key);

    const { pathname, search } = path('GET');
    expect(new URLSearchParams(search).get('n')).toBe('+48600100200');
    expect((await server.onLan({ url: `${pathname}${search}`, headers })).body).toBe('Jan Kowalski');
    const payload = JSON.parse(/^\{.*\}$/mu.exec(requests)?.[0] ?? '') as object;
    expect((await server.onLan({ method: 'POST', url: path('POST').pathname, headers, payload })).statusCode).toBe(200);
  });

  test('of FreePBX: what its lookup source asks, with user and password in the address, is answered', async () => {
    const { server, text } = await connected('asterisk');
    const source = text('FreePBX');
    const field = (name: string) => new RegExp(`^${name} +(\\S.*)$`, 'mu').exec(source)?.[1] ?? '';
    const authorization = `Basic ${Buffer.from(`${field('Username')}:${field('Password')}`).toString('base64')}`;
    expect(field('Source type')).toBe('HTTPS');
    const ask = (number: string, headers = { authorization }) =>
      server.onLan({ url: `/${field('Path')}?${field('Query').replace('[NUMBER]', number)}`, headers });

    for (const number of ['+48600100200', '0048600100200', '600100200']) expect([number, (await ask(number)).body]).toEqual([number, 'Jan Kowalski']);
    const stranger = await ask('600100200', { authorization: `Basic ${Buffer.from(`doorline:${'x'.repeat(32)}`).toString('base64')}` });
    expect([stranger.statusCode, stranger.headers['www-authenticate']]).toEqual([401, 'Bearer realm="Doorline telephones"']);
  });

  test('of Asterisk: jumps only to what is there, and never asks or tells of a number that is withheld', async () => {
    const { text } = await connected('asterisk');
    const dialplan = `${text('Names of callers')}\n${text('Calls on the desk’s screens')}`;
    const contexts = [...dialplan.matchAll(/^\[([\w-]+)\]$/gmu)].map(([, name]) => name);
    expect(contexts).toEqual(['doorline', 'doorline-caller', 'doorline-ringing', 'doorline-answered', 'doorline-over']);
    for (const [, called] of dialplan.matchAll(/(?:Gosub|U)\((doorline[\w-]*)/gu)) expect(contexts).toContain(called);
    for (const [context = '', body = ''] of dialplan
      .split(/^\[/mu)
      .slice(1)
      .map((part) => part.split(']\n'))) {
      const labels = [...body.matchAll(/n\((\w+)\)/gu)].map(([, label]) => label);
      for (const [, label] of body.matchAll(/GotoIf\([^\n]*\?(\w+)\)/gu)) expect([context, labels]).toEqual([context, expect.arrayContaining([label])]);
      expect([context, body.split('\n').findLast((line) => line.startsWith(' same'))]).toEqual([context, expect.stringContaining('Return()')]);
    }
    // The number leaves by these only, and each stands behind the question whether it may be shown.
    const asks = dialplan.split('\n').filter((line) => line.includes('CALLERID(num)') && line.includes('CURL('));
    expect(asks).toEqual([expect.stringContaining('/pbx/v1/name?n=')]);
    expect(dialplan).toContain('?anonymous:${CALLERID(num)}');
  });

  test.each([
    ['yealink', '$call_id'],
    ['snom', '$call-id'],
    ['grandstream', '$call-id'],
    ['fanvil', '$call_id'],
  ] as const)(
    'of %s: an incoming and an outgoing call, as the telephone fills its addresses in, are two entries with their direction',
    async (kind, callId) => {
      const { server, pbx, text } = await connected(kind);
      const titles = { yealink: 'Provisioning file', snom: 'Settings file', grandstream: 'Settings', fanvil: 'Configuration' };
      const all = [
        ...text(titles[kind])
          .replaceAll('&amp;', '&')
          .matchAll(/https:\/\/[^\s<]+\/action\/[^\s<]+/gu),
      ].map(([address]) => address);
      const addresses = Object.fromEntries(
        ['ringing', 'answered', 'ended', 'missed'].map((event) => [event, all.filter((address) => address.includes(`/${event}?`))]),
      );
      expect(all).toHaveLength(5);
      const opens = async (address = '', call = '') => {
        const { pathname, search } = new URL(filled(address, { $remote: '+48600100200', $active_user: '101', [callId]: call }));
        expect((await server.onLan({ url: `${pathname}${search}` })).statusCode).toBe(200);
      };

      const [incoming, outgoing] = addresses['ringing'] ?? [];
      for (const [start, call] of [
        [incoming, '1@10.0.0.20'],
        [outgoing, '2@10.0.0.20'],
      ] as const) {
        for (const address of [start, addresses['answered']?.[0], addresses['ended']?.[0]]) await opens(address, call);
      }
      await opens(incoming, '3@10.0.0.20');
      await opens(addresses['missed']?.[0], '3@10.0.0.20');

      const { items } = (await server.asConsole('GET', '/calls')).json<{ items: { direction: string; state: string; display: string }[] }>();
      expect(items.map(({ direction, state, display }) => `${display}: ${direction}, ${state}`)).toEqual([
        'Jan Kowalski: inbound, missed',
        'Jan Kowalski: outbound, ended',
        'Jan Kowalski: inbound, ended',
      ]);
      expect(pbx.key.length).toBeGreaterThan(20);
    },
  );

  test('of an older Grandstream: the same addresses by number', async () => {
    const { text } = await connected('grandstream');
    const byNumber = [...text('P-codes').matchAll(/^(P83\d\d)=.*\/action\/[^/]+\/(\w+)\?from=(\$\w+)/gmu)].map(([, code, event, from]) => [code, event, from]);
    expect(byNumber).toEqual([
      ['P8310', 'ringing', '$remote'],
      ['P8311', 'ringing', '$active_user'],
      ['P8312', 'missed', '$remote'],
      ['P8313', 'answered', '$remote'],
      ['P8314', 'ended', '$remote'],
    ]);
  });
});
