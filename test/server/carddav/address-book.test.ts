import { describe, expect, test } from 'vitest';
import { forgetOldBatches } from '#server/devices/directory-build.service.ts';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { changeCompany, createCompany } from '#server/people/companies.service.ts';
import { changeContact, createContact, removeContact } from '#server/people/contacts.service.ts';
import { changeListMembers, createList } from '#server/people/lists.service.ts';
import { buildsDirectories, davMirror, multigetBody, pairsDavPhone, propfindBody, responsesIn, syncBody, syncTokenIn } from '#test/support/dav-builders.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const janInput = { firstName: 'Jan', lastName: 'Kowalski', phone: '22 555 10 10', mobile: '600 100 200' };

describe('C21: the address book of a phone', () => {
  test('a person is one card with all their numbers in E.164, mobiles first, and the company in both names', async () => {
    const server = await testServer();
    const acme = await createCompany(server.ctx, CompanyInput.parse({ name: 'ACME; Sons, <Ltd> & Co', phone: '+48 22 123 45 00' }));
    const jan = await createContact(server.ctx, ContactInput.parse({ ...janInput, companyId: acme.id }));
    const phone = await pairsDavPhone(server);

    const answer = await phone.ask('REPORT', phone.book, { body: syncBody('') });

    expect(answer.statusCode).toBe(207);
    const cards = responsesIn(answer.body);
    expect(cards.map((card) => card.href)).toEqual([`${phone.book}c${jan.id}.vcf`, `${phone.book}o${acme.id}.vcf`]);
    expect(cards[0]?.vcard?.split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      `UID:c${jan.id}`,
      // A comma, because programs show what escapes a semicolon, or stop at one that is not escaped.
      'FN:Jan Kowalski (ACME\\, Sons\\, <Ltd> & Co)',
      'N:Kowalski;Jan;;;(ACME\\; Sons\\, <Ltd> & Co)',
      'ORG:ACME\\; Sons\\, <Ltd> & Co',
      'TEL;TYPE=CELL:+48600100200',
      'TEL;TYPE=WORK,VOICE:+48225551010',
      'END:VCARD',
      '',
    ]);
    expect(cards[1]?.vcard).toContain('X-ABShowAs:COMPANY\r\nTEL;TYPE=WORK,VOICE:+48221234500\r\n');
    const single = await phone.ask('GET', cards[0]?.href ?? '');
    expect(single.body).toBe(cards[0]?.vcard);
    expect([single.headers['etag'], single.headers['content-type']]).toEqual([cards[0]?.etag, 'text/vcard; charset=utf-8']);
  });

  test('a number that several people answer is a card of its own and on none of theirs', async () => {
    const server = await testServer();
    const acme = await createCompany(server.ctx, CompanyInput.parse({ name: 'ACME' }));
    const jan = await createContact(server.ctx, ContactInput.parse({ ...janInput, companyId: acme.id }));
    const anna = await createContact(server.ctx, ContactInput.parse({ firstName: 'Anna', phone: '22 555 10 10', companyId: acme.id }));
    const phone = await pairsDavPhone(server);
    const mirror = davMirror(phone);

    await mirror.sync();

    const shared = mirror.cards.get(`${phone.book}n48225551010.vcf`);
    expect(shared).toContain('FN:ACME (2)\r\n');
    expect(shared).toContain('TEL;TYPE=WORK,VOICE:+48225551010\r\n');
    expect(mirror.cards.get(`${phone.book}c${jan.id}.vcf`)).not.toContain('+48225551010');
    // Nothing is left for Anna's own card.
    expect([...mirror.cards.keys()].sort()).toEqual([`${phone.book}c${jan.id}.vcf`, `${phone.book}n48225551010.vcf`].sort());

    await changeContact(server.ctx, anna.id, { phone: '22 555 10 11' });
    await mirror.sync();
    expect([...mirror.cards.keys()].sort()).toEqual([`${phone.book}c${jan.id}.vcf`, `${phone.book}c${anna.id}.vcf`].sort());
    expect(mirror.cards.get(`${phone.book}c${jan.id}.vcf`)).toContain('+48225551010');
  });

  test('a client that goes on from its token gets what changed and what went, and nothing when nothing did', async () => {
    const server = await testServer();
    const { ctx } = server;
    const acme = await createCompany(ctx, CompanyInput.parse({ name: 'ACME' }));
    const jan = await createContact(ctx, ContactInput.parse({ ...janInput, companyId: acme.id }));
    const olga = await createContact(ctx, ContactInput.parse({ firstName: 'Olga', phone: '600 100 300' }));
    const phone = await pairsDavPhone(server);
    const mirror = davMirror(phone);
    await mirror.sync();

    await removeContact(ctx, olga.id);
    await changeCompany(ctx, acme.id, { name: 'Apex' });
    const answer = await phone.ask('REPORT', phone.book, { body: syncBody(mirror.token()) });

    expect(responsesIn(answer.body).map(({ href, status }) => [href, status])).toEqual([
      [`${phone.book}c${jan.id}.vcf`, 200],
      [`${phone.book}c${olga.id}.vcf`, 404],
    ]);
    expect(responsesIn(answer.body)[0]?.vcard).toContain('FN:Jan Kowalski (Apex)');
    const again = await phone.ask('REPORT', phone.book, { body: syncBody(syncTokenIn(answer.body)) });
    expect([responsesIn(again.body), syncTokenIn(again.body)]).toEqual([[], syncTokenIn(answer.body)]);
  });

  test('a number that moves to another field changes the card though its label stays', async () => {
    const server = await testServer();
    const jan = await createContact(server.ctx, ContactInput.parse({ firstName: 'Jan', phone: '600 100 200' }));
    const phone = await pairsDavPhone(server);
    const mirror = davMirror(phone);
    await mirror.sync();

    await changeContact(server.ctx, jan.id, { phone: '', mobile: '600 100 200' });
    await mirror.sync();

    expect(mirror.cards.get(`${phone.book}c${jan.id}.vcf`)).toContain('TEL;TYPE=CELL:+48600100200');
  });

  test('ctag and sync token are the same and stay the same until a card changes; a poll is below 2 KB', async () => {
    const server = await testServer();
    const jan = await createContact(server.ctx, ContactInput.parse(janInput));
    const phone = await pairsDavPhone(server);
    const poll = async () => {
      await buildsDirectories(server);
      const answer = await phone.ask('PROPFIND', phone.book, { body: propfindBody('<S:getctag/><D:sync-token/>'), headers: { depth: '0' } });
      expect(Buffer.byteLength(answer.body)).toBeLessThan(1000);
      const tokens = [syncTokenIn(answer.body), /<cs:getctag>(.*?)</u.exec(answer.body)?.[1]];
      expect(tokens[0]).toBe(tokens[1]);
      return tokens[0];
    };
    await phone.ask('REPORT', phone.book, { body: syncBody('') });

    const first = await poll();
    await changeContact(server.ctx, jan.id, { jobTitle: 'Buyer' });
    expect(await poll()).toBe(first);
    await changeContact(server.ctx, jan.id, { lastName: 'Nowak' });
    expect(await poll()).not.toBe(first);
  });

  test('tokens of other contacts, of another desk, of macOS and made-up ones are answered with the one error clients recover from', async () => {
    const server = await testServer();
    const { ctx } = server;
    const jan = await createContact(ctx, ContactInput.parse(janInput));
    await createContact(ctx, ContactInput.parse({ firstName: 'Olga', phone: '600 100 300' }));
    const list = await createList(ctx, { kind: 'static', name: 'VIP', contactIds: [] });
    await changeListMembers(ctx, list.id, { add: [jan.id], remove: [] });
    const phone = await pairsDavPhone(server);
    const mirror = davMirror(phone);
    await mirror.sync();
    const before = mirror.token();

    const changed = await server.asConsole('PATCH', `/devices/${phone.id}`, { scope: { everyone: false, listIds: [list.id] } });
    expect(changed.statusCode).toBe(200);

    for (const token of [before, '4f7b0f5e-5ab7-4ad5-9b15-1fd1e0a8a0d1', 'urn:doorline:sync:9-9:9', 'http://sabre.io/ns/sync/17', '&lt;&amp;']) {
      const answer = await phone.ask('REPORT', phone.book, { body: syncBody(token) });
      expect([token, answer.statusCode, answer.body.includes('<d:valid-sync-token/>')]).toEqual([token, 403, true]);
    }
    await mirror.sync();
    expect([...mirror.cards.keys()]).toEqual([`${phone.book}c${jan.id}.vcf`]);
  });

  test('a client that was away for more than 180 days starts anew', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const jan = await createContact(server.ctx, ContactInput.parse(janInput));
    const phone = await pairsDavPhone(server);
    const mirror = davMirror(phone);
    await mirror.sync();
    await removeContact(server.ctx, jan.id);
    await buildsDirectories(server);

    clock.advance(181 * 86_400_000);
    await forgetOldBatches(server.ctx);

    const answer = await phone.ask('REPORT', phone.book, { body: syncBody(mirror.token()) });
    expect([answer.statusCode, answer.body.includes('<d:valid-sync-token/>')]).toEqual([403, true]);
    expect(await server.ctx.db.selectFrom('directory_cards').selectAll().execute()).toEqual([]);
    await mirror.sync();
    expect(mirror.cards.size).toBe(0);
  });

  test('a client that limits an answer reads the rest from the token it gets', async () => {
    const server = await testServer();
    for (let at = 0; at < 7; at++) await createContact(server.ctx, ContactInput.parse({ firstName: `P${at}`, phone: `600 100 20${at}` }));
    const phone = await pairsDavPhone(server);
    const seen: string[] = [];
    let token = '';
    let parts = 0;
    for (let more = true; more; parts++) {
      const answer = await phone.ask('REPORT', phone.book, { body: syncBody(token, '<D:limit><D:nresults>3</D:nresults></D:limit>') });
      const responses = responsesIn(answer.body);
      more = responses.some((response) => response.href === phone.book && response.status === 507);
      seen.push(...responses.filter((response) => response.vcard !== undefined).map((response) => response.href));
      token = syncTokenIn(answer.body);
    }

    expect([parts, seen.length, new Set(seen).size]).toEqual([3, 7, 7]);
    const rest = await phone.ask('REPORT', phone.book, { body: syncBody(token) });
    expect(responsesIn(rest.body)).toEqual([]);
  });

  test('multiget gives the cards asked for, by path or URL, and 404 for each that is not there', async () => {
    const server = await testServer();
    const jan = await createContact(server.ctx, ContactInput.parse(janInput));
    const phone = await pairsDavPhone(server);
    const other = await pairsDavPhone(server);
    await phone.ask('REPORT', phone.book, { body: syncBody('') });
    const mine = `${phone.book}c${jan.id}.vcf`;

    const answer = await phone.ask('REPORT', phone.book, {
      body: multigetBody([mine, `https://desk.lan:8443${mine}`, `${phone.book}missing.vcf`, `${other.book}c${jan.id}.vcf`, '/etc/passwd', '%zz']),
    });

    expect(responsesIn(answer.body).map(({ status, vcard }) => [status, vcard?.includes('+48600100200')])).toEqual([
      [200, true],
      [200, true],
      [404, undefined],
      [404, undefined],
      [404, undefined],
      [404, undefined],
    ]);
  });

  test('infinite depth, unreadable bodies and foreign documents are refused without a fault of ours', async () => {
    const server = await testServer();
    const phone = await pairsDavPhone(server);

    const infinite = await phone.ask('PROPFIND', phone.book, { body: propfindBody('<D:getetag/>'), headers: { depth: 'infinity' } });
    expect([infinite.statusCode, infinite.body.includes('<d:propfind-finite-depth/>')]).toEqual([403, true]);
    const doctype = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "boom">]><D:propfind xmlns:D="DAV:"><D:prop>&e;</D:prop></D:propfind>';
    expect((await phone.ask('PROPFIND', phone.book, { body: doctype, headers: { depth: '0' } })).statusCode).toBe(400);
    expect((await phone.ask('REPORT', phone.book, { body: '<a><b></a>' })).statusCode).toBe(400);
    expect((await phone.ask('PROPFIND', phone.book, { body: 'x'.repeat(300_000), headers: { depth: '0' } })).statusCode).toBe(413);
    const unknown = await phone.ask('REPORT', phone.book, { body: '<D:expand-property xmlns:D="DAV:"/>' });
    expect([unknown.statusCode, unknown.body.includes('<d:supported-report/>')]).toEqual([403, true]);
    const elsewhere = await phone.ask('PROPFIND', '/dav/b/somebody/contacts/', { headers: { depth: '0' } });
    expect(elsewhere.statusCode).toBe(404);
  });
});
