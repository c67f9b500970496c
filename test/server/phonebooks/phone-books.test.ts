import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createBootstrapApp } from '#server/certificates/bootstrap.routes.ts';
import { databaseFile } from '#server/database/connect.ts';
import { projectDirectories } from '#server/devices/directory-projection.service.ts';
import { changeContact, createContact } from '#server/people/contacts.service.ts';
import { createList } from '#server/people/lists.service.ts';
import { ContactInput } from '#server/people/people.contract.ts';
import { makers } from '#server/phonebooks/makers.ts';
import { listenToQuestions } from '#test/support/asked-questions.ts';
import { connectsPbx, type ConnectedPbx } from '#test/support/pbx-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';
import { checkFormat, readXml, textsOf } from '#test/support/xml-nodes.ts';
import { formats } from './formats.ts';

async function builds(server: TestServer): Promise<void> {
  while (!(await projectDirectories(server.ctx, 1000)));
}

interface Reading {
  readonly file?: string;
  readonly headers?: Record<string, string>;
  readonly method?: 'GET' | 'HEAD';
}

function reads(server: TestServer, pbx: ConnectedPbx, { file = 'yealink.xml', headers = {}, method = 'GET' }: Reading = {}) {
  return server.onLan({ method, url: `/phonebook/${pbx.key}/${file}`, headers });
}

async function namesIn(server: TestServer, pbx: ConnectedPbx): Promise<string[]> {
  return textsOf(readXml((await reads(server, pbx)).body), 'Name');
}

describe('C25: the phone book of a desk phone', () => {
  test.each(makers)('of %s has everybody who may be published, once, in its format', async (maker) => {
    const server = await testServer();
    const acme = await givenCompany(server.ctx, { name: 'ACME & Söhne <GmbH>', phone: '22 123 45 00' });
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200', mobile: '601 100 200', companyId: acme.id });
    await givenContact(server.ctx, { firstName: 'Secret', lastName: 'Person', phone: '600 100 999', publishToPhones: false });
    await givenContact(server.ctx, { firstName: 'Anna', lastName: 'Nowak', phone: '600 100 300' });
    await givenContact(server.ctx, { firstName: 'Ewa', lastName: 'Nowak', phone: '600 100 300' });
    const pbx = await connectsPbx(server, { kind: maker });
    await builds(server);

    const answer = await reads(server, pbx, { file: `${maker}.xml` });

    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
    const root = readXml(answer.body);
    checkFormat(root, formats[maker].rules);
    expect(answer.body).not.toContain('Secret');
    expect(answer.body).not.toContain('600100999');
    for (const digits of ['48221234500', '48600100200', '48601100200', '48600100300']) expect(answer.body.split(digits)).toHaveLength(2);
  });

  test('takes names apart where it is one person’s number, and never where several share it', async () => {
    const server = await testServer();
    const acme = await givenCompany(server.ctx, { name: 'ACME' });
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200', companyId: acme.id });
    await givenContact(server.ctx, { firstName: 'Anna', lastName: 'Nowak', phone: '600 100 300', companyId: acme.id });
    await givenContact(server.ctx, { firstName: 'Ewa', lastName: 'Lis', phone: '600 100 300', companyId: acme.id });
    const pbx = await connectsPbx(server, { kind: 'grandstream' });
    await builds(server);

    const root = readXml((await reads(server, pbx, { file: 'grandstream/phonebook.xml' })).body);

    const people = textsOf(root, 'FirstName').map((first, at) => [first, textsOf(root, 'LastName')[at]]);
    expect(people).toHaveLength(2);
    expect(people).toContainEqual(['Jan', 'Kowalski (ACME)']);
    expect(people.find(([first]) => first === '')?.[1]).toMatch(/^ACME: (?:Anna, Ewa|Ewa, Anna)$/u);
    expect((await reads(server, pbx)).body).toContain('<Name>Jan Kowalski, ACME</Name>');
  });

  test('has the same tag while nothing changes, is not sent again then, and is sent again after a change', async () => {
    const server = await testServer();
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const pbx = await connectsPbx(server, { kind: 'yealink' });
    await builds(server);
    const first = await reads(server, pbx);
    const etag = String(first.headers['etag']);

    const again = await reads(server, pbx, { headers: { 'if-none-match': `"other", W/${etag}` } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const head = await reads(server, pbx, { method: 'HEAD' });
    expect([head.statusCode, head.body, head.headers['etag']]).toEqual([200, '', etag]);
    const posted = await server.onLan({
      method: 'POST',
      url: `/phonebook/${pbx.key}/snom.xml`,
      headers: { 'content-type': 'application/json' },
      payload: '{"not json',
    });
    expect([posted.statusCode, readXml(posted.body).name]).toEqual([200, 'tbook']);

    await changeContact(server.ctx, jan.id, { lastName: 'Nowak' });
    const changed = await reads(server, pbx, { headers: { 'if-none-match': etag } });
    expect(changed.statusCode).toBe(200);
    expect(changed.body).toContain('Jan Nowak');
  });

  test('is compressed for a telephone that asks for it', async () => {
    const server = await testServer();
    for (let at = 10; at < 60; at += 1) await givenContact(server.ctx, { firstName: 'Jan', lastName: `Kowalski ${at}`, phone: `600 100 2${at}` });
    const pbx = await connectsPbx(server, { kind: 'yealink' });
    await builds(server);

    const plain = await reads(server, pbx);
    const small = await reads(server, pbx, { headers: { 'accept-encoding': 'gzip' } });

    expect(small.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(small.rawPayload).toString()).toBe(plain.body);
    expect(small.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
  });

  test('holds no more than the cap: open tickets first, then who called, then who was active last', async () => {
    const server = await testServer();
    const ids: string[] = [];
    for (const name of ['Quiet', 'Ticket', 'Caller', 'Newest']) {
      const contact = await createContact(server.ctx, ContactInput.parse({ firstName: name, lastName: 'X', phone: `600 100 20${ids.length}` }));
      ids.push(contact.id);
    }
    const pbx = await connectsPbx(server, { kind: 'yealink', mostEntries: 3 });
    await server.asConsole('POST', '/tickets', { subject: 'Help', text: 'x', contactId: ids[1] });
    await pbx.post('/event', { event: 'missed', from: '+48600100202', to: '1', callId: 'a' });
    await builds(server);

    const names = await namesIn(server, pbx);

    expect(names).toHaveLength(3);
    expect(names.slice(0, 2)).toEqual(['Ticket X', 'Caller X']);
    expect(names).not.toContain('Quiet X');
  });

  test('holds the contacts of its lists only', async () => {
    const server = await testServer();
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    await givenContact(server.ctx, { firstName: 'Anna', lastName: 'Nowak', phone: '600 100 300' });
    const list = await createList(server.ctx, { name: 'VIP', kind: 'static', contactIds: [jan.id] });
    const pbx = await connectsPbx(server, { kind: 'yealink', scope: { everyone: false, listIds: [list.id] } });
    await builds(server);

    expect(await namesIn(server, pbx)).toEqual(['Jan Kowalski']);
  });

  test('of a Cisco names the one who calls, whoever they are and however they are written, and nobody else', async () => {
    const server = await testServer();
    const acme = await givenCompany(server.ctx, { name: 'ACME & Söhne', phone: '22 123 45 00' });
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200', companyId: acme.id });
    await givenContact(server.ctx, { firstName: 'Secret', lastName: 'Person', phone: '600 100 999', publishToPhones: false });
    // Only one entry fits into its book; who calls is looked up all the same.
    const pbx = await connectsPbx(server, { kind: 'cisco', mostEntries: 1 });
    await builds(server);
    const calls = async (number: string) => {
      const root = readXml((await reads(server, pbx, { file: `cisco.xml?n=${number}` })).body);
      checkFormat(root, formats.cisco.rules);
      return [root.name, textsOf(root, 'Name'), textsOf(root, 'Telephone')];
    };

    for (const number of ['+48600100200', '%2B48600100200', '0048600100200', '600100200'])
      expect([number, (await calls(number))[1]]).toEqual([number, ['Jan Kowalski, ACME & Söhne']]);
    expect(await calls('221234500')).toEqual(['CiscoIPPhoneDirectory', ['ACME & Söhne'], ['+48221234500']]);
    for (const number of ['600100999', '600100201', 'anonymous', '']) expect([number, (await calls(number))[1]]).toEqual([number, []]);
  });

  test('names nobody who was taken off the phones a moment ago', async () => {
    const server = await testServer();
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const pbx = await connectsPbx(server, { kind: 'yealink' });
    await builds(server);
    // Committed, and not yet worked into what phones are given.
    await server.ctx.db.updateTable('contacts').set({ publish_to_phones: 0 }).where('id', '=', jan.id).execute();

    expect(await namesIn(server, pbx)).toEqual([]);
  });

  test('is not there for a stranger’s key, another maker’s file, a revoked key, or the bearer way', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server, { kind: 'yealink', addresses: ['10.0.0.5'] });
    const from = async (url: string, remoteAddress = '10.0.0.5') => (await server.onLan({ url, remoteAddress })).statusCode;

    expect(await from(`/phonebook/${pbx.key}/yealink.xml`)).toBe(200);
    expect(await from(`/phonebook/${pbx.key}/yealink.xml`, '10.0.0.6')).toBe(404);
    expect(await from(`/phonebook/${pbx.key}/nokia.xml`)).toBe(404);
    expect(await from(`/phonebook/${'x'.repeat(32)}/yealink.xml`)).toBe(404);
    await server.asConsole('POST', `/pbx/sources/${pbx.source.id}/revoke`);
    expect(await from(`/phonebook/${pbx.key}/yealink.xml`)).toBe(404);
  });

  test('leaves by the door without encryption only while the manager allows it', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const pbx = await connectsPbx(server, { kind: 'yealink' });
    await builds(server);
    const door = createBootstrapApp(server.ctx, (app) => server.addPlainRoutes(app));
    onTestFinished(() => door.close());
    const knock = (url: string) => door.inject({ url });

    expect((await knock(`/phonebook/${pbx.key}/yealink.xml`)).statusCode).toBe(404);
    expect((await server.asConsole('PUT', '/pbx/settings', { plainPhoneBooks: true })).statusCode).toBe(200);
    const allowed = await knock(`/phonebook/${pbx.key}/yealink.xml`);
    expect([allowed.statusCode, textsOf(readXml(allowed.body), 'Name')]).toEqual([200, ['Jan Kowalski']]);
    expect((await knock('/pbx/v1/name?n=%2B48600100200')).statusCode).toBe(302);
    await server.asConsole('PUT', '/pbx/settings', { plainPhoneBooks: false });
    expect((await knock(`/phonebook/${pbx.key}/yealink.xml`)).statusCode).toBe(404);
  });

  test('is seen on the console as the last request, with neither key nor number', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const pbx = await connectsPbx(server, { kind: 'yealink' });
    await builds(server);
    // Nobody hides their requests by the mark of our own.
    await reads(server, pbx, { headers: { 'x-doorline-self-test': '1' } });
    await pbx.get('/name?n=%2B48600100200');

    await expect.poll(async () => (await server.asConsole('GET', `/pbx/sources/${pbx.source.id}/requests`)).json().items.length, { timeout: 5000 }).toBe(2);
    const requests = await server.asConsole('GET', `/pbx/sources/${pbx.source.id}/requests`);
    expect(requests.json().items).toMatchObject([
      { what: 'GET /pbx/v1/name', status: 200 },
      { what: 'GET /phonebook/yealink.xml', status: 200, note: 'A phone book of 1 entry' },
    ]);
    expect(requests.body).not.toContain(pbx.key);
    expect(requests.body).not.toContain('600100200');
    expect((await server.asConsole('GET', `/pbx/sources/${pbx.source.id}`)).json()).toMatchObject({ lastIp: '127.0.0.1', firstUsedAt: expect.any(String) });
  });
});

describe('the reads behind a phone book', () => {
  test.each([false, true])('follow indexes and look at no whole table, for chosen lists: %s', async (hasLists) => {
    const server = await testServer();
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const list = await createList(server.ctx, { name: 'VIP', kind: 'static', contactIds: [jan.id] });
    const pbx = await connectsPbx(server, { kind: 'yealink', scope: { everyone: !hasLists, listIds: hasLists ? [list.id] : [] } });
    await builds(server);
    const questions = listenToQuestions();
    await reads(server, pbx);

    const asked = questions
      .explained(databaseFile(server.ctx.folder.root))
      .filter(({ sql }) => /"(?:tickets|calls|contacts|companies|phone_numbers|list_members)"/u.test(sql));

    expect(asked.length).toBeGreaterThanOrEqual(hasLists ? 6 : 5);
    for (const { sql, plan } of asked) {
      // The first few of a table in the order of an index are no more than the limit says; what is put in order is a few, too.
      const scans = plan.filter((step) => /^SCAN (?!members$)/u.test(step) && !step.includes('USING'));
      expect([sql, scans]).toEqual([sql, []]);
    }
    const numbers = asked.find(({ sql }) => sql.includes('directory_entries'))?.plan ?? [];
    expect(numbers.some((step) => /SEARCH phone_numbers USING INDEX .*owner_kind=\? AND owner_id=\?/u.test(step))).toBe(true);
    expect(numbers.some((step) => /SEARCH entry USING PRIMARY KEY \(directory_id=\? AND digits=\?\)/u.test(step))).toBe(true);
  });
});
