import { describe, expect, test } from 'vitest';
import { ContactInput } from '#server/people/people.contract.ts';
import { createContact } from '#server/people/contacts.service.ts';
import { multigetBody, pairsDavPhone, propfindBody, queryBody, responsesIn, syncBody } from '#test/support/dav-builders.ts';
import { testServer } from '#test/support/test-server.ts';

async function givenBook() {
  const server = await testServer();
  const jan = await createContact(server.ctx, ContactInput.parse({ firstName: 'Jan', lastName: 'Łąk & Co', mobile: '600 100 200' }));
  const phone = await pairsDavPhone(server);
  await phone.ask('REPORT', phone.book, { body: syncBody('') });
  return { server, phone, card: `${phone.book}c${jan.id}.vcf` };
}

const repeated = (count: number, make: (at: number) => string) => Array.from({ length: count }, (_, at) => make(at));

describe('C21: what clients ask for at once', () => {
  test('thousands of cards named in one request, as vdirsyncer does, are all answered', async () => {
    const { phone, card } = await givenBook();
    const hrefs = [card, ...repeated(9999, (at) => `${phone.book}c01941f29-7c07-7780-b99f-${String(at).padStart(12, '0')}.vcf`)];

    const answer = await phone.ask('REPORT', phone.book, { body: multigetBody(hrefs) });

    expect(answer.statusCode).toBe(207);
    const answered = responsesIn(answer.body);
    expect(answered.map(({ href }) => href)).toEqual(hrefs);
    expect(answered.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('a request without end is refused before it is read, and so is a long one that names no cards', async () => {
    const { phone } = await givenBook();
    const odd = (count: number) =>
      multigetBody([]).replace('</C:addressbook-multiget>', `${'<D:href a="b">/x</D:href>'.repeat(count)}</C:addressbook-multiget>`);

    expect((await phone.ask('REPORT', phone.book, { body: multigetBody(repeated(60_000, () => `${phone.book}x.vcf`)) })).statusCode).toBe(413);
    expect((await phone.ask('REPORT', phone.book, { body: odd(20_000) })).statusCode).toBe(413);
    expect((await phone.ask('REPORT', phone.book, { body: odd(3) })).statusCode).toBe(207);
    expect((await phone.ask('PROPFIND', phone.book, { body: propfindBody('<D:getetag/>'.repeat(30_000)) })).statusCode).toBe(413);
  });

  test('properties by the thousand, which each card would have to repeat, are refused', async () => {
    const { phone } = await givenBook();
    const many = repeated(3000, (at) => `<D:p${at}/>`).join('');
    const long = `<x xmlns="urn:${'n'.repeat(100_000)}"/>`;

    for (const props of [many, long]) {
      const asked = [
        await phone.ask('PROPFIND', phone.book, { body: propfindBody(props), headers: { depth: '1' } }),
        await phone.ask('REPORT', phone.book, { body: queryBody('', props) }),
        await phone.ask('REPORT', phone.book, { body: syncBody('').replace('<D:getetag/>', props) }),
      ];
      expect(asked.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400]);
    }
  });

  test('a search with conditions by the hundred, or with one that no card could meet for its length, is refused by its name', async () => {
    const { phone } = await givenBook();
    const match = (text: string) => `<C:text-match>${text}</C:text-match>`;
    const filters = [
      repeated(200, () => `<C:prop-filter name="FN">${match('a')}</C:prop-filter>`).join(''),
      `<C:prop-filter name="FN">${repeated(200, () => match('a')).join('')}</C:prop-filter>`,
      `<C:prop-filter name="FN">${match('a'.repeat(5000))}</C:prop-filter>`,
    ];

    for (const filter of filters) {
      const answer = await phone.ask('REPORT', phone.book, { body: queryBody(`<C:filter>${filter}</C:filter>`) });
      expect([answer.statusCode, answer.body.includes('<card:supported-filter/>')]).toEqual([403, true]);
    }
  });
});

describe('C21: one card as a file', () => {
  test('a client that holds it is told so, however it says which it holds, and gets all of it when it asks for a part', async () => {
    const { phone, card } = await givenBook();
    const whole = await phone.ask('GET', card);
    const etag = String(whole.headers['etag']);

    for (const held of [etag, `W/${etag}`, `"other" , ${etag}`, '*']) {
      const again = await phone.ask('GET', card, { headers: { 'if-none-match': held } });
      expect([held, again.statusCode, again.body, again.headers['etag']]).toEqual([held, 304, '', etag]);
    }
    expect((await phone.ask('GET', card, { headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200);
    expect((await phone.ask('GET', `${phone.book}none.vcf`, { headers: { 'if-none-match': '*' } })).statusCode).toBe(404);
    const head = await phone.ask('HEAD', card);
    expect([head.statusCode, head.body, head.headers['etag'], head.headers['content-length']]).toEqual([200, '', etag, String(Buffer.byteLength(whole.body))]);
    const part = await phone.ask('GET', card, { headers: { range: 'bytes=0-9' } });
    expect([part.statusCode, part.body]).toEqual([200, whole.body]);
  });

  test('is as long as the list says, and a list that asks for texts has them', async () => {
    const { phone, card } = await givenBook();
    const whole = await phone.ask('GET', card);
    const asked = { body: propfindBody('<D:getcontentlength/><C:address-data/>') };

    for (const [path, depth] of [
      [phone.book, '1'],
      [card, '0'],
    ] as const) {
      const answer = await phone.ask('PROPFIND', path, { ...asked, headers: { depth } });
      const listed = responsesIn(answer.body).find(({ href }) => href === card);
      expect([depth, listed?.vcard, answer.body]).toEqual([
        depth,
        whole.body,
        expect.stringContaining(`<d:getcontentlength>${Buffer.byteLength(whole.body)}</d:getcontentlength>`),
      ]);
    }
  });
});

describe('C21: addresses and properties', () => {
  test('an address means the same with a slash more, with escapes, and as that of another name of this desk', async () => {
    const { phone, card } = await givenBook();
    const asked = { body: propfindBody('<D:getetag/>'), headers: { depth: '0' } };
    const escaped = card.replace('/c', '/%63');

    for (const path of [phone.book.slice(0, -1), phone.book, `/dav/p/${phone.id}`, '/dav', escaped]) {
      expect([path, (await phone.ask('PROPFIND', path, asked)).statusCode]).toEqual([path, 207]);
    }
    for (const path of [`${card}/`, `/dav//b/${phone.id}/`, `${phone.book}..%2f..%2f`, `${phone.book}a%0d%0aSet-Cookie:%20x`, `${phone.book}%00.vcf`]) {
      const answer = await phone.ask('PROPFIND', path, asked);
      expect([path, answer.statusCode, answer.headers['set-cookie']]).toEqual([path, 404, undefined]);
    }
    const found = responsesIn((await phone.ask('REPORT', phone.book, { body: multigetBody([escaped, `https://desk.lan${card}`, 'a&#1;b']) })).body);
    expect(found.map(({ href, status }) => [href, status])).toEqual([
      [card, 200],
      [card, 200],
      ['ab', 404],
    ]);
  });

  test('all properties, their names alone, and those nobody knows are answered as asked', async () => {
    const { phone, card } = await givenBook();
    const ask = async (path: string, body: string) => (await phone.ask('PROPFIND', path, { body, headers: { depth: '0' } })).body;

    const all = await ask(card, '<propfind xmlns="DAV:"><allprop/></propfind>');
    expect(all).toMatch(/<d:getetag>"[\w-]+"<\/d:getetag>.*<d:getcontenttype>text\/vcard; charset=utf-8<.*<d:getcontentlength>\d+</su);
    expect(await ask(card, '')).toBe(all);
    const names = await ask(phone.book, '<propfind xmlns="DAV:"><propname/></propfind>');
    expect(names).toContain('<d:sync-token/>');
    expect(names).not.toContain('urn:doorline:sync');
    const unknown = await ask(phone.book, '<propfind xmlns="DAV:"><prop><x xmlns="urn:a&amp;b"/><displayname/></prop></propfind>');
    expect(unknown).toContain('<d:prop><d:displayname>Doorline</d:displayname></d:prop><d:status>HTTP/1.1 200 OK</d:status>');
    expect(unknown).toContain('<d:prop><x xmlns="urn:a&amp;b"/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status>');
  });

  test('nothing is compressed for a client that says it does not take it', async () => {
    const { phone } = await givenBook();
    const ask = (accepted: string) => phone.ask('REPORT', phone.book, { body: syncBody(''), headers: { 'accept-encoding': accepted } });

    expect((await ask('gzip;q=0, identity')).headers['content-encoding']).toBeUndefined();
    expect((await ask('br;q=1.0, gzip;q=0.5')).headers['content-encoding']).toBe('gzip');
  });
});
