import { describe, expect, test, vi } from 'vitest';
import { ContactInput } from '#server/people/people.contract.ts';
import { createContact } from '#server/people/contacts.service.ts';
import { multigetBody, pairsDavPhone, propfindBody, responsesIn, syncBody, syncTokenIn, type DavPhone } from '#test/support/dav-builders.ts';
import { phoneWith } from '#test/support/device-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

async function deviceRow(server: TestServer, phone: DavPhone) {
  return server.ctx.db.selectFrom('devices').selectAll().where('id', '=', phone.id).executeTakeFirstOrThrow();
}

async function givenDesk() {
  const clock = testClock();
  const server = await testServer({ clock });
  const jan = await createContact(server.ctx, ContactInput.parse({ firstName: 'Jan', mobile: '600 100 200' }));
  return { clock, server, jan, phone: await pairsDavPhone(server) };
}

function basic(user: string, password: string) {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

const poll = { body: propfindBody('<S:getctag/>'), headers: { depth: '0' } };

describe('C21: the account of an address book', () => {
  test('a request without credentials is asked for them and counts for nothing', async () => {
    const { server, phone } = await givenDesk();

    for (let time = 0; time < 50; time++) {
      const answer = await server.onLan({ method: 'PROPFIND', url: '/dav/' });
      expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Basic realm="/u)]);
    }
    expect((await phone.ask('PROPFIND', phone.book, poll)).statusCode).toBe(207);
    expect(await server.ctx.db.selectFrom('throttles').select('key').where('key', 'like', 'dav:%').execute()).toEqual([]);
  });

  test('wrong passwords are refused, then told to wait; the right one is let in all the while', async () => {
    const { clock, server, phone } = await givenDesk();
    const tries = async (password: string) => server.onLan({ method: 'PROPFIND', url: '/dav/', headers: basic(phone.id, password) });

    const statuses: number[] = [];
    for (let time = 0; time < 22; time++) statuses.push((await tries('guess')).statusCode);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 503, 503]);
    const locked = await tries('guess');
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
    expect((await phone.ask('PROPFIND', phone.book, poll)).statusCode).toBe(207);

    clock.advance(16 * 60_000);
    expect((await tries('guess')).statusCode).toBe(401);
  });

  test('the phone’s other key, another phone’s password and an unknown phone open nothing', async () => {
    const { server, phone } = await givenDesk();
    const other = await pairsDavPhone(server);
    for (const headers of [basic(phone.id, phone.token), basic(phone.id, other.password), basic('nobody', phone.password), { authorization: 'Basic %%%' }]) {
      expect((await server.onLan({ method: 'PROPFIND', url: phone.book, headers })).statusCode).toBe(401);
    }
    expect((await other.ask('PROPFIND', phone.book, poll)).statusCode).toBe(404);
  });

  test('a revoked phone is refused from its next request on', async () => {
    const { server, phone } = await givenDesk();
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);

    for (const method of ['PROPFIND', 'REPORT', 'PUT', 'GET']) expect((await phone.ask(method, phone.book)).statusCode).toBe(401);
  });

  test('the console learns when the account was set up, the book ticked, the cards read and under which certificate', async () => {
    const { clock, server, phone } = await givenDesk();
    expect(await deviceRow(server, phone)).toMatchObject({ dav_first_seen_at: null, dav_book_seen_at: null, dav_synced_at: null });
    const start = clock.now().toISOString();

    await phone.ask('PROPFIND', '/dav/', { body: propfindBody('<D:current-user-principal/>'), headers: { depth: '0', 'user-agent': 'DAVx5/4.5' } });
    expect(await deviceRow(server, phone)).toMatchObject({
      dav_first_seen_at: start,
      dav_book_seen_at: null,
      dav_user_agent: 'DAVx5/4.5',
      seen_certificate: expect.stringMatching(/^[\da-f]{64}$/u),
    });

    clock.advance(1000);
    const synced = await phone.ask('REPORT', phone.book, { body: syncBody('') });
    const first = await deviceRow(server, phone);
    expect(first).toMatchObject({ dav_book_seen_at: clock.now().toISOString(), dav_synced_at: clock.now().toISOString(), dav_cards_synced: 1 });
    expect(syncTokenIn(synced.body).endsWith(`:${first.dav_synced_seq}`)).toBe(true);

    clock.advance(30_000);
    await phone.ask('PROPFIND', phone.book, poll);
    expect((await deviceRow(server, phone)).dav_synced_at).toBe(first.dav_synced_at);
    clock.advance(61_000);
    await phone.ask('PROPFIND', phone.book, poll);
    // What only the console shows is noted after the answer is out.
    await vi.waitFor(async () => expect((await deviceRow(server, phone)).dav_synced_at).toBe(clock.now().toISOString()));
  });

  test('C28: each request is traced in words, also a wrong password', async () => {
    const { server, phone } = await givenDesk();
    await phone.ask('REPORT', phone.book, { body: syncBody('') });
    await server.onLan({ method: 'PROPFIND', url: '/dav/', headers: basic(phone.id, 'guess') });
    await server.close();

    const again = await testServer({ folder: server.ctx.folder.root });
    const rows = await again.ctx.db.selectFrom('device_requests').selectAll().where('path', 'like', '/dav/%').orderBy('id').execute();
    expect(rows.map((row) => [row.method, row.status, row.note])).toEqual([
      ['REPORT', 207, 'synced all 1 cards'],
      ['PROPFIND', 401, 'wrong password'],
    ]);
  });
});

describe('C22: wiping an address book', () => {
  const wipes = (server: TestServer, phone: DavPhone) => server.asConsole('POST', `/devices/${phone.id}/wipe`);

  test('the password works until the phone was shown the empty book, then it is refused; only then is the wipe confirmed', async () => {
    const { server, jan, phone } = await givenDesk();
    const synced = await phone.ask('REPORT', phone.book, { body: syncBody('') });
    expect((await wipes(server, phone)).statusCode).toBe(200);

    const card = `${phone.book}c${jan.id}.vcf`;
    expect(responsesIn((await phone.ask('REPORT', phone.book, { body: multigetBody([card]) })).body)).toMatchObject([{ status: 404 }]);
    expect((await phone.ask('GET', card)).statusCode).toBe(404);
    const old = await phone.ask('REPORT', phone.book, { body: syncBody(syncTokenIn(synced.body)) });
    expect([old.statusCode, old.body.includes('<d:valid-sync-token/>')]).toEqual([403, true]);
    expect(await deviceRow(server, phone)).toMatchObject({ state: 'wiping', dav_emptied_at: null });

    const empty = await phone.ask('REPORT', phone.book, { body: syncBody('') });
    expect([empty.statusCode, responsesIn(empty.body)]).toEqual([207, []]);
    expect(await deviceRow(server, phone)).toMatchObject({ state: 'wiped', dav_emptied_at: expect.any(String), wipe_confirmed_at: expect.any(String) });
    expect((await phone.ask('PROPFIND', phone.book, poll)).statusCode).toBe(401);
  });

  test('a client that lists instead of syncing confirms by its listing', async () => {
    const { server, phone } = await givenDesk();
    const list = { body: propfindBody('<D:getetag/>'), headers: { depth: '1' } };
    expect(responsesIn((await phone.ask('PROPFIND', phone.book, list)).body)).toHaveLength(2);
    await wipes(server, phone);

    expect(responsesIn((await phone.ask('PROPFIND', phone.book, list)).body).map((each) => each.href)).toEqual([phone.book]);
    expect((await deviceRow(server, phone)).state).toBe('wiped');
  });

  test('a phone with a page and an address book counts as wiped only when both are empty, in either order', async () => {
    for (const first of ['page', 'book'] as const) {
      const { server, phone } = await givenDesk();
      const page = phoneWith(server, phone.id, phone.token);
      await page.get('/me');
      await phone.ask('REPORT', phone.book, { body: syncBody('') });
      await wipes(server, phone);
      const steps = { page: () => page.send('POST', '/wiped'), book: () => phone.ask('REPORT', phone.book, { body: syncBody('') }) };

      await steps[first]();
      expect([first, (await deviceRow(server, phone)).state]).toEqual([first, 'wiping']);
      await steps[first === 'page' ? 'book' : 'page']();
      expect([first, (await deviceRow(server, phone)).state]).toEqual([first, 'wiped']);
    }
  });

  test('a phone that takes itself off the desk on its page has its address book emptied too', async () => {
    const { server, phone } = await givenDesk();
    const page = phoneWith(server, phone.id, phone.token);
    await phone.ask('REPORT', phone.book, { body: syncBody('') });

    await page.send('POST', '/wiped');
    expect((await deviceRow(server, phone)).state).toBe('wiping');
    expect(responsesIn((await phone.ask('REPORT', phone.book, { body: syncBody('') })).body)).toEqual([]);
    expect((await deviceRow(server, phone)).state).toBe('wiped');
  });
});

describe('C29: writing to an address book', () => {
  test('nothing a client sends is answered with 401, and nothing changes', async () => {
    const { jan, phone } = await givenDesk();
    const card = `${phone.book}c${jan.id}.vcf`;
    const before = (await phone.ask('GET', card)).body;
    const vcard = { body: 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:X\r\nEND:VCARD\r\n', headers: { 'content-type': 'text/vcard' } };
    const patch = '<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><D:displayname>Mine</D:displayname></D:prop></D:set></D:propertyupdate>';

    for (const agent of ['iOS/18.1 (22B83) dataaccessd/1.0', 'macOS/15.1 (24B83) AddressBookCore/2695', 'DAVx5/4.5', '']) {
      const headers = { 'user-agent': agent };
      const isApples = agent.includes('OS/');
      const statuses = {
        put: (await phone.ask('PUT', card, { ...vcard, headers: { ...vcard.headers, ...headers } })).statusCode,
        make: (await phone.ask('PUT', `${phone.book}new.vcf`, { ...vcard, headers: { ...vcard.headers, ...headers } })).statusCode,
        remove: (await phone.ask('DELETE', card, { headers })).statusCode,
        patch: (await phone.ask('PROPPATCH', phone.book, { body: patch, headers })).statusCode,
        collection: (await phone.ask('MKCOL', `${phone.book}more/`, { headers })).statusCode,
        move: (await phone.ask('MOVE', card, { headers: { ...headers, destination: `${phone.book}x.vcf` } })).statusCode,
        lost: (await phone.ask('PUT', card, { ...vcard, headers: { ...vcard.headers, ...headers, 'if-match': '"other"' } })).statusCode,
      };
      expect([agent, statuses]).toEqual([
        agent,
        { put: isApples ? 204 : 403, make: isApples ? 204 : 403, remove: isApples ? 204 : 403, patch: 207, collection: 403, move: 403, lost: 412 },
      ]);
    }
    expect((await phone.ask('GET', card)).body).toBe(before);
    expect(responsesIn((await phone.ask('REPORT', phone.book, { body: syncBody('') })).body).map((each) => each.href)).toEqual([card]);
  });

  test('a photo of a megabyte does not stop the sync', async () => {
    const { phone, jan } = await givenDesk();
    const photo = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jan\r\nN:;Jan;;;\r\nPHOTO;ENCODING=b;TYPE=JPEG:${'A'.repeat(1_000_000)}\r\nEND:VCARD\r\n`;
    const headers = { 'user-agent': 'iOS/18.1 (22B83) dataaccessd/1.0', 'content-type': 'text/vcard' };

    expect((await phone.ask('PUT', `${phone.book}c${jan.id}.vcf`, { body: photo, headers })).statusCode).toBe(204);
    expect((await phone.ask('PROPFIND', phone.book, poll)).statusCode).toBe(207);
  });
});
