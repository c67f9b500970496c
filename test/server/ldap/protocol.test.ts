import { connect } from 'node:net';
import { once } from 'node:events';
import { Constructed, Integer, Sequence } from 'asn1js';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLdapDoor } from '#server/ldap/ldap-door.ts';
import { sourceOfBind } from '#server/ldap/ldap-source.service.ts';
import { readMessage } from '#server/ldap/ldap-messages.ts';
import { connectsDirectoryClient, ldapsearch, opensDirectory } from '#test/support/ldap-builders.ts';
import { answered, bind, closed, extended, message, rawClient, searchFor, text, type Paging } from '#test/support/ldap-client.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';

const [protocolError, authMethodNotSupported, unavailableCriticalExtension, invalidCredentials] = [2, 7, 12, 49];
const [insufficientAccess, busy, unavailable, unwilling] = [50, 51, 52, 53];
const noticeOfDisconnection = { id: 0, tag: 24 };

async function openDesk() {
  const server = await testServer();
  await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', mobile: '600 100 200' });
  const desk = await opensDirectory(server);
  return { server, desk, client: await connectsDirectoryClient(server, desk) };
}

describe('C25: the directory’s protocol (RFC 4511)', () => {
  test('answers what it does not do by the code for it, and goes on', async () => {
    const { desk } = await openDesk();
    const raw = rawClient(desk.plainPort);
    raw.send(bind(1, { version: 2 }));
    raw.send(message(2, 0, [new Integer({ value: 3 }), text(''), new Constructed({ idBlock: { tagClass: 3, tagNumber: 3 }, value: [text('PLAIN')] })]));
    raw.send(message(3, 6, [text('dc=doorline'), new Sequence({ value: [] })]));
    raw.send(message(4, 8, [text('dc=x'), new Sequence({ value: [] })]));
    raw.send(Buffer.from('3008020105 4a03646378'.replaceAll(' ', ''), 'hex'));
    raw.send(message(6, 14, [text('dc=x'), new Sequence({ value: [] })]));
    raw.send(extended(7, '1.2.3'));
    raw.send(Buffer.from('300602010850 0101'.replaceAll(' ', ''), 'hex'));
    raw.send(bind(9));
    await answered(raw, 9);
    expect(raw.answers).toEqual([
      { id: 1, tag: 1, code: protocolError },
      { id: 2, tag: 1, code: authMethodNotSupported },
      { id: 3, tag: 7, code: unwilling },
      { id: 4, tag: 9, code: unwilling },
      { id: 5, tag: 11, code: unwilling },
      { id: 6, tag: 15, code: unwilling },
      { id: 7, tag: 24, code: protocolError },
      { id: 9, tag: 1, code: 0 },
    ]);
    raw.send(Buffer.from('30050201094200', 'hex'));
    await closed(raw);
  });

  test('asks for the key again at each search, so that a revoked one finds nobody on the connection it holds open', async () => {
    const { server, desk, client } = await openDesk();
    const raw = rawClient(desk.plainPort);
    const asks = async (id: number) => {
      raw.send(searchFor(id, ['cn', 'jan']));
      await answered(raw, id);
      return raw.answers.filter((answer) => answer.id === id).map(({ tag, code }) => [tag, code]);
    };
    raw.send(bind(1, { name: client.dn, key: client.key }));
    await answered(raw, 1);
    const before = await asks(2);

    await server.asConsole('POST', `/pbx/sources/${client.source.id}/revoke`);

    expect([before.at(-1), before.length]).toEqual([[5, 0], 2]);
    expect(await asks(3)).toEqual([[5, insufficientAccess]]);
  });

  test('holds up who tries many keys, and nobody who has a good one', async () => {
    const { desk, client } = await openDesk();
    const raw = rawClient(desk.plainPort);
    for (let id = 1; id <= 61; id += 1) raw.send(bind(id, { name: client.dn, key: `${'a'.repeat(26)}${id}` }));
    await answered(raw, 61);
    expect(raw.answers.map((answer) => answer.code)).toEqual([...Array.from({ length: 60 }, () => invalidCredentials), busy]);
    raw.send(bind(62, { name: client.dn, key: client.key }));
    await answered(raw, 62);
    expect(raw.answers.at(-1)?.code).toBe(0);
  });

  test('answers a source that asks without end with busy for the rest of the minute, and others meanwhile', async () => {
    const { server, desk, client } = await openDesk();
    const other = await connectsDirectoryClient(server, desk, { name: 'Workshop' });
    const door = createLdapDoor({
      ctx: server.ctx,
      tls: () => ({ cert: '', key: '' }),
      authenticate: sourceOfBind,
      traceSearch: () => undefined,
      searchesAMinute: 3,
    });
    onTestFinished(() => door.close());
    await door.open('127.0.0.1');
    const { plainPort } = (await door.state()).listening;
    const codesOf = async ({ dn, key }: typeof client) => {
      const raw = rawClient(plainPort ?? 0);
      raw.send(bind(1, { name: dn, key }));
      for (const id of [2, 3, 4, 5]) raw.send(searchFor(id, ['cn', 'jan']));
      await answered(raw, 5);
      return raw.answers.filter(({ tag }) => tag === 5).map(({ code }) => code);
    };

    expect(await codesOf(client)).toEqual([0, 0, 0, busy]);
    expect(await codesOf(other)).toEqual([0, 0, 0, busy]);
  });

  test('goes on with a search in pages for the page it handed out only', async () => {
    const { server, desk, client } = await openDesk();
    for (let index = 0; index < 3; index += 1) await givenContact(server.ctx, { firstName: 'Jan', lastName: `Mazur${index}`, phone: `60020030${index}` });
    const raw = rawClient(desk.plainPort);
    const asks = async (id: number, page: Paging) => {
      raw.send(searchFor(id, ['cn', 'jan'], page));
      await answered(raw, id);
      await expect.poll(() => raw.answers.at(-1)).toMatchObject({ id, tag: 5 });
      return raw.answers.filter((answer) => answer.id === id);
    };
    raw.send(bind(1, { name: client.dn, key: client.key }));
    await answered(raw, 1);

    const first = await asks(2, { size: 2, cookie: '' });
    const cookie = first.at(-1)?.cookie ?? '';
    expect([first.length, cookie === '']).toEqual([3, false]);
    const second = await asks(3, { size: 2, cookie });
    expect([second.length, second.at(-1)]).toEqual([3, { id: 3, tag: 5, code: 0, cookie: '' }]);
    // A page that was not handed out, or was taken already.
    for (const [id, strange] of [
      ['4', cookie],
      ['5', 'x'],
      ['6', ''],
    ] as const) {
      const answers = await asks(Number(id), { size: strange === '' ? 0 : 2, cookie: strange });
      expect([id, answers.at(-1)?.code]).toEqual([id, strange === '' ? 0 : unwilling]);
    }
    const again = await asks(7, { size: 2, cookie: '' });
    await server.asConsole('POST', `/pbx/sources/${client.source.id}/revoke`);
    expect((await asks(8, { size: 2, cookie: again.at(-1)?.cookie ?? '' })).map(({ code }) => code)).toEqual([insufficientAccess]);
  });

  test('refuses a control the client insists on, and passes over one it does not', async () => {
    const { desk, client } = await openDesk();
    const search = (args: readonly string[]) =>
      ldapsearch(['-H', `ldap://127.0.0.1:${desk.plainPort}`, '-D', client.dn, '-w', client.key, '-b', 'dc=doorline', ...args, '(cn=jan)']);
    expect((await search(['-e', '!1.2.3.4'])).code).toBe(unavailableCriticalExtension);
    expect((await search(['-E', 'pr=10/noprompt'])).values('cn')).toEqual(['Jan Kowalski']);
  });

  test('closes with a notice when it hears no LDAP, or more than it takes', async () => {
    const { desk } = await openDesk();
    const strange: readonly Buffer[] = [
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.from('30800201010000', 'hex'),
      Buffer.from('3084ffffffff', 'hex'),
      Buffer.from('3003020101', 'hex'),
      Buffer.from('300c02010140077f0f0f0f0f0f0f', 'hex'),
      message(1, 3, [text('dc=doorline')]),
      message(1, 99, []),
    ];
    for (const bytes of strange) {
      const raw = rawClient(desk.plainPort);
      raw.send(bytes);
      await closed(raw);
      expect([bytes.toString('hex'), raw.answers]).toEqual([bytes.toString('hex'), [{ ...noticeOfDisconnection, code: protocolError }]]);
    }
    expect((await ldapsearch(['-H', `ldap://127.0.0.1:${desk.plainPort}`, '-b', '', '-s', 'base'])).code).toBe(0);
  });

  test('takes nothing in clear after TLS was asked for', async () => {
    const { desk, client } = await openDesk();
    const startTls = extended(1, '1.3.6.1.4.1.1466.20037');
    const raw = rawClient(desk.plainPort);
    raw.send(Buffer.concat([startTls, bind(2, { name: client.dn, key: client.key })]));
    await closed(raw);
    expect(raw.answers.map((answer) => answer.id)).toEqual([1, 0]);
  });

  test('reads messages that come in pieces and several at once', async () => {
    const { desk, client } = await openDesk();
    const raw = rawClient(desk.plainPort);
    const bytes = Buffer.concat([bind(1, { name: client.dn, key: client.key }), bind(2, { name: client.dn, key: 'wrong-wrong-wrong-wrong-wrong' })]);
    for (const byte of bytes) {
      raw.send(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    await answered(raw, 2);
    expect(raw.answers.map((answer) => answer.code)).toEqual([0, 49]);
  });

  test('ends a connection on which nothing is asked, and refuses more than one address may have', async () => {
    const server = await testServer();
    const door = createLdapDoor({
      ctx: server.ctx,
      tls: () => ({ cert: '', key: '' }),
      // Nobody is let in here.
      authenticate: () => Promise.resolve(undefined),
      traceSearch: () => undefined,
      idleMilliseconds: 150,
      messageMilliseconds: 150,
    });
    onTestFinished(() => door.close());
    await server.asConsole('PUT', '/ldap', { isOn: true, tlsPort: 0, isPlainOn: true, plainPort: 0 });
    await door.open('127.0.0.1');
    const { plainPort } = (await door.state()).listening;
    const idle = rawClient(plainPort ?? 0);
    await closed(idle);
    expect(idle.answers).toEqual([{ ...noticeOfDisconnection, code: unavailable }]);

    // A byte now and then keeps a connection busy, but no message takes for ever.
    const dripping = rawClient(plainPort ?? 0);
    for (const byte of bind(1)) {
      if (dripping.isClosed) break;
      dripping.send(Buffer.from([byte]));
      await new Promise((resume) => setTimeout(resume, 60));
    }
    await closed(dripping);
    expect(dripping.answers).toEqual([{ ...noticeOfDisconnection, code: unavailable }]);

    const desk = await opensDirectory(server);
    const many = Array.from({ length: 51 }, () => rawClient(desk.plainPort));
    const last = many.at(-1);
    await expect.poll(() => many.filter((client) => client.isClosed).length).toBe(1);
    expect(many.flatMap((client) => client.answers)).toEqual([{ ...noticeOfDisconnection, code: busy }]);
    expect(last).toBeDefined();
  });

  test('tells open connections when the server stops, and stops', async () => {
    const { server, desk } = await openDesk();
    const raw = rawClient(desk.plainPort);
    raw.send(bind(1));
    await answered(raw, 1);
    const ended = once(raw.socket, 'close');
    await server.ldap.close();
    await ended;
    expect(raw.answers.at(-1)).toEqual({ ...noticeOfDisconnection, code: unavailable });
  });

  test('outlives whatever bytes come, alone or inside a message that is well formed outside', async () => {
    const { desk, client } = await openDesk();
    const valid = bind(1, { name: client.dn, key: client.key });
    const mutated = fc
      .tuple(fc.nat(valid.length - 1), fc.nat(255), fc.boolean())
      .map(([at, value, isCut]) => (isCut ? valid.subarray(0, at) : Buffer.from(valid.map((byte, index) => (index === at ? value : byte)))));
    const wrapped = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.concat([Buffer.from([0x30, bytes.length]), bytes]));
    const garbage = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(fc.oneof(garbage, wrapped, mutated), async (bytes) => {
        const raw = connect({ host: '127.0.0.1', port: desk.plainPort });
        raw.on('error', () => undefined);
        raw.resume();
        raw.end(bytes);
        await once(raw, 'close');
      }),
      { numRuns: 300 },
    );
    expect((await client.search('(cn=jan)')).values('cn')).toEqual(['Jan Kowalski']);
  });

  test('answers a number, a name and a filter as long as a message may be like any other', async () => {
    const { desk, client } = await openDesk();
    const raw = rawClient(desk.plainPort);
    raw.send(bind(1, { name: client.dn, key: client.key }));
    const asked = [
      ['telephoneNumber', '6'.repeat(60_000)],
      ['telephoneNumber', '600 100 200 / '.repeat(4000)],
      ['mobile', '+48'.repeat(20_000)],
      ['cn', 'jan '.repeat(15_000)],
      ['cn', 'x'.repeat(60_000)],
      ['telephoneNumber', '600100200'],
    ] as const;
    for (const [at, [attribute, value]] of asked.entries()) raw.send(searchFor(at + 2, [attribute, value]));
    await answered(raw, asked.length + 1);

    expect(raw.answers.filter(({ tag }) => tag === 5).map(({ code }) => code)).toEqual(asked.map(() => 0));
    expect(raw.answers.filter(({ tag }) => tag === 4).at(-1)).toEqual({ id: 7, tag: 4, code: undefined });
  });

  test('reads every message or refuses it, and never falls over', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(readMessage(Buffer.from(bytes)).id).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect((error as Error).message).not.toContain('undefined');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
