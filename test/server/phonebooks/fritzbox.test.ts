import { describe, expect, test } from 'vitest';
import { changeContact } from '#server/people/contacts.service.ts';
import { buildsDirectories, multigetBody, propfindBody, queryBody, responsesIn } from '#test/support/dav-builders.ts';
import { connectsPbx, type ConnectedPbx } from '#test/support/pbx-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';
import { checkFormat, readXml, textsOf } from '#test/support/xml-nodes.ts';
import { formats } from './formats.ts';

const book = '/phonebook/dav/contacts/';

async function givenBox(input: Parameters<typeof connectsPbx>[1] = {}) {
  const server = await testServer();
  const acme = await givenCompany(server.ctx, { name: 'ACME & Söhne; <GmbH>', phone: '22 123 45 00' });
  const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200', mobile: '601 100 200', companyId: acme.id });
  await givenContact(server.ctx, { firstName: 'Secret', lastName: 'Person', phone: '600 100 999', publishToPhones: false });
  for (const firstName of ['Anna', 'Ewa']) await givenContact(server.ctx, { firstName, lastName: 'Nowak', phone: '600 100 300' });
  const box = await connectsPbx(server, { name: 'Front desk', kind: 'fritzbox', ...input });
  await buildsDirectories(server);
  return { server, jan, box };
}

interface Asked {
  readonly body?: string;
  readonly depth?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly from?: string;
}

/** A box as others saw it: user and password, one request without them first, and the whole book each time. */
function asks(server: TestServer, { source, key }: Pick<ConnectedPbx, 'source' | 'key'>) {
  return (method: string, url: string, { body, depth, headers = {}, from = '127.0.0.1' }: Asked = {}) =>
    server.onLan({
      method,
      url,
      remoteAddress: from,
      headers: {
        authorization: `Basic ${Buffer.from(`${source.id}:${key}`).toString('base64')}`,
        'user-agent': 'FRITZOS_CardDAV_Client/1.0',
        ...(body === undefined ? {} : { 'content-type': 'application/xml' }),
        ...(depth === undefined ? {} : { depth }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    });
}

describe('C25: a FRITZ!Box', () => {
  test('finds its book from the address it is given, and reads it whole: everybody who may be published, each number once', async () => {
    const { server, box } = await givenBox();
    const ask = asks(server, box);

    const principal = await ask('PROPFIND', '/phonebook/dav/', { depth: '0', body: propfindBody('<D:current-user-principal/><C:addressbook-home-set/>') });
    expect(principal.body).toContain('<d:current-user-principal><d:href>/phonebook/dav/</d:href></d:current-user-principal>');
    expect(principal.body).toContain('<card:addressbook-home-set><d:href>/phonebook/dav/</d:href></card:addressbook-home-set>');
    const home = await ask('PROPFIND', '/phonebook/dav/', { depth: '1', body: propfindBody('<D:resourcetype/><D:displayname/>') });
    expect(responsesIn(home.body).map(({ href }) => href)).toEqual(['/phonebook/dav/', book]);
    expect(home.body).toContain('<d:resourcetype><d:collection/><card:addressbook/></d:resourcetype>');
    const listed = responsesIn((await ask('PROPFIND', book, { depth: '1', body: propfindBody('<D:getetag/>') })).body);
    expect(listed[0]?.href).toBe(book);
    const hrefs = listed.slice(1).map(({ href }) => href);
    const cards = responsesIn((await ask('REPORT', book, { depth: '1', body: multigetBody(hrefs) })).body);

    const numbers = cards.flatMap(({ vcard }) => vcard?.match(/(?<=:)\+\d+/gu) ?? []);
    expect(numbers.toSorted()).toEqual(['+48221234500', '+48600100200', '+48600100300', '+48601100200']);
    expect(cards.map(({ etag }) => etag)).toEqual(listed.slice(1).map(({ etag }) => etag));
    const jans = cards.find(({ vcard }) => vcard?.includes('Kowalski'))?.vcard;
    expect(jans).toContain('FN:Jan Kowalski (ACME & Söhne\\, <GmbH>)\r\n');
    expect(jans).toContain('TEL;TYPE=CELL:+48601100200\r\n');
    expect(JSON.stringify(cards)).not.toContain('Secret');
  });

  test('is asked for its password first, however often, and that counts for nothing; a wrong one opens nothing', async () => {
    const { server, box } = await givenBox({ addresses: ['10.0.0.5'] });
    const list = { depth: '1', body: propfindBody('<D:getetag/>') };
    for (let time = 0; time < 100; time++) {
      const refused = await server.onLan({ method: 'PROPFIND', url: book, remoteAddress: '10.0.0.5' });
      expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Basic realm="/u)]);
    }
    const ask = asks(server, box);

    expect((await ask('PROPFIND', book, { ...list, from: '10.0.0.5' })).statusCode).toBe(207);
    expect((await ask('PROPFIND', book, { ...list, from: '10.0.0.6' })).statusCode).toBe(401);
    expect((await asks(server, { ...box, key: 'x'.repeat(32) })('PROPFIND', book, { ...list, from: '10.0.0.5' })).statusCode).toBe(401);
    await server.asConsole('POST', `/pbx/sources/${box.source.id}/revoke`);
    expect((await ask('PROPFIND', book, { ...list, from: '10.0.0.5' })).statusCode).toBe(401);
  });

  test('sees that something changed by the tag of its book, and is refused what it would write, with nothing changed', async () => {
    const { server, jan, box } = await givenBox();
    const ask = asks(server, box);
    const ctag = async () =>
      /<cs:getctag>(.*?)</u.exec((await ask('PROPFIND', book, { depth: '0', body: propfindBody('<S:getctag/><D:sync-token/>') })).body)?.[1];
    const before = await ctag();
    expect(await ctag()).toBe(before);

    for (const [method, url] of [
      ['PUT', `${book}new.vcf`],
      ['DELETE', `${book}48600100200.vcf`],
      ['PROPPATCH', book],
      ['MKCOL', `${book}x/`],
    ] as const) {
      const refused = await ask(method, url, { body: 'BEGIN:VCARD\r\nEND:VCARD\r\n' });
      expect([method, refused.statusCode, refused.body.includes('<d:need-privileges>')]).toEqual([method, 403, true]);
    }
    expect(await ctag()).toBe(before);
    await changeContact(server.ctx, jan.id, { lastName: 'Lis' });
    await buildsDirectories(server);
    expect(await ctag()).not.toBe(before);
  });

  test('is given no card of somebody who was taken off the phones after it listed them', async () => {
    const { server, jan, box } = await givenBox();
    const ask = asks(server, box);
    const listed = responsesIn((await ask('PROPFIND', book, { depth: '1', body: propfindBody('<D:getetag/>') })).body);
    const fetched = async () => (await ask('REPORT', book, { body: multigetBody(listed.slice(1).map(({ href }) => href)) })).body;
    expect(await fetched()).toContain('Kowalski');

    await server.asConsole('PATCH', `/contacts/${jan.id}`, { publishToPhones: false });

    expect(await fetched()).not.toContain('Kowalski');
  });

  test('asks for one card, searches, and is told what is not here', async () => {
    const { server, box } = await givenBox();
    const ask = asks(server, box);
    const one = await ask('GET', `${book}48221234500.vcf`);
    expect([one.statusCode, one.headers['content-type'], one.body.includes('FN:ACME')]).toEqual([200, 'text/vcard; charset=utf-8', true]);
    expect((await ask('GET', `${book}48221234500.vcf`, { headers: { 'if-none-match': String(one.headers['etag']) } })).statusCode).toBe(304);

    const found = await ask('REPORT', book, {
      body: queryBody('<C:filter><C:prop-filter name="TEL"><C:text-match>601100200</C:text-match></C:prop-filter></C:filter>'),
    });
    expect(responsesIn(found.body)).toHaveLength(1);
    expect((await ask('REPORT', book, { body: '<D:sync-collection xmlns:D="DAV:"/>' })).statusCode).toBe(403);
    expect((await ask('PROPFIND', book, { depth: 'infinity', body: propfindBody('<D:getetag/>') })).statusCode).toBe(403);
    expect((await ask('PROPFIND', book, { depth: '0', body: '<!DOCTYPE x><x/>' })).statusCode).toBe(400);
    for (const url of [`${book}1.vcf`, '/phonebook/dav/other/', `${book}..%2f`]) expect([url, (await ask('GET', url)).statusCode]).toEqual([url, 404]);
  });

  test('holds no more entries than it takes, and no more numbers in one than nine', async () => {
    const server = await testServer();
    for (let at = 10; at < 20; at++) await givenContact(server.ctx, { firstName: 'P', lastName: `${at}`, phone: `600 300 3${at}` });
    const numbers = Array.from({ length: 12 }, (_, at) => `600 200 2${String(at).padStart(2, '0')}`);
    await givenContact(server.ctx, { firstName: 'Busy', lastName: 'Line', phone: numbers.slice(0, 6).join(', '), mobile: numbers.slice(6).join(', ') });
    const box = await connectsPbx(server, { kind: 'fritzbox', mostEntries: 5 });
    await buildsDirectories(server);

    const listed = responsesIn((await asks(server, box)('REPORT', book, { body: queryBody('') })).body);

    expect(listed).toHaveLength(5);
    const ofBusy = listed.filter(({ vcard }) => vcard?.includes('Busy')).map(({ vcard }) => vcard?.match(/\r\nTEL/gu)?.length);
    expect(ofBusy).toEqual([9, 3]);
  });

  test('has a file of its own to be restored by hand, from the console, after the key is gone too', async () => {
    const { server, box } = await givenBox();
    const file = await server.asConsole('GET', `/pbx/sources/${box.source.id}/phone-book`);

    expect([file.statusCode, file.headers['content-type'], file.headers['content-disposition']]).toEqual([
      200,
      'text/xml; charset=utf-8',
      'attachment; filename="doorline-fritzbox.xml"',
    ]);
    const root = readXml(file.body);
    checkFormat(root, formats.fritzbox.rules);
    expect(textsOf(root, 'realName')).toContain('Jan Kowalski, ACME & Söhne; <GmbH>');
    expect(textsOf(root, 'number').toSorted()).toEqual(['+48221234500', '+48600100200', '+48600100300', '+48601100200']);
    expect((await server.asConsole('GET', `/pbx/sources/${(await connectsPbx(server, { kind: '3cx' })).source.id}/phone-book`)).statusCode).toBe(404);
  });

  test('gets instructions with its address, user and password, and no certificate to install; its requests are seen on the console', async () => {
    const { server, box } = await givenBox();
    const texts = box.setup.map(({ text }) => text).join('\n');
    expect(texts).toMatch(/https:\/\/[\w.-]+:\d+\/phonebook\/dav\//u);
    expect(texts).toContain(box.source.id);
    expect(texts).toContain(box.key);
    expect(texts).not.toContain('BEGIN CERTIFICATE');

    await asks(server, box)('PROPFIND', book, { depth: '1', body: propfindBody('<D:getetag/>') });
    const requests = async () => (await server.asConsole('GET', `/pbx/sources/${box.source.id}/requests`)).json<{ items: object[] }>().items;
    await expect
      .poll(requests, { timeout: 5000 })
      .toMatchObject([{ what: 'PROPFIND /phonebook/dav/*', status: 207, note: 'The phone book of 3 entries was listed' }]);
  });
});
