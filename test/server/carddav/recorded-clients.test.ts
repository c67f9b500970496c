import { describe, expect, test } from 'vitest';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { createCompany } from '#server/people/companies.service.ts';
import { changeContact, createContact, removeContact } from '#server/people/contacts.service.ts';
import { buildsDirectories, pairsDavPhone, syncTokenIn } from '#test/support/dav-builders.ts';
import { replayedClient } from '#test/support/dav-replay.ts';
import { testServer } from '#test/support/test-server.ts';

// What programs on computers sent when they were run against a desk, word for word; see docs/carddav.md for which and
// when. The answers stand in golden/.

async function givenDesk() {
  const server = await testServer();
  const acme = await createCompany(server.ctx, CompanyInput.parse({ name: 'ACME' }));
  const ofAcme = { companyId: acme.id, phone: '22 555 10 10' };
  const jan = await createContact(server.ctx, ContactInput.parse({ firstName: 'Jan', lastName: 'Kowalski', mobile: '600 100 200', ...ofAcme }));
  const olga = await createContact(server.ctx, ContactInput.parse({ firstName: 'Olga', lastName: 'Łąk', mobile: '600 100 300', ...ofAcme }));
  const phone = await pairsDavPhone(server);
  await phone.ask('PROPFIND', phone.book, { headers: { depth: '0' } });
  await buildsDirectories(server);
  return { server, jan, olga, phone, hrefs: [`c${jan.id}`, `c${olga.id}`, 'n48225551010'].map((name) => `${phone.book}${name}.vcf`) };
}

const thunderbirdHeaders = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.8.0',
  accept: '*/*',
  'content-type': 'text/xml',
  origin: 'https://desk.lan:8443',
};

/** The requests of Thunderbird's `CardDAVUtils` and `CardDAVDirectory`. */
const thunderbird = {
  principal: `<?xml version="1.0" encoding="utf-8"?>
      <propfind xmlns="DAV:">
        <prop>
          <current-user-principal/>
        </prop>
      </propfind>`,
  home: `<?xml version="1.0" encoding="utf-8"?>
      <propfind xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav">
        <prop>
          <card:addressbook-home-set/>
        </prop>
      </propfind>`,
  books: `<?xml version="1.0" encoding="utf-8"?>
      <propfind xmlns="DAV:">
        <prop>
          <resourcetype/>
          <displayname/>
          <current-user-privilege-set/>
        </prop>
      </propfind>`,
  list: `<propfind xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/" xmlns:d="DAV:">
      <prop>
        <resourcetype/>
        <getetag/>
        <cs:getctag/>
      </prop>
    </propfind>`,
  token: `<propfind xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/" xmlns:d="DAV:">
      <prop>
        <displayname/>
        <cs:getctag/>
        <sync-token/>
      </prop>
    </propfind>`,
  multiget: (hrefs: readonly string[]) => `<?xml version="1.0" encoding="utf-8"?>
    <card:addressbook-multiget xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/" xmlns:d="DAV:">
      <d:prop>
        <d:getetag/>
        <card:address-data/>
      </d:prop>
      ${hrefs.map((href) => `      <d:href>${href}</d:href>`).join('\n')}
    </card:addressbook-multiget>`,
  sync: (token: string) => `<sync-collection xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/" xmlns:d="DAV:">
      <sync-token>${token}</sync-token>
      <sync-level>1</sync-level>
      <prop>
        <getetag/>
        <card:address-data/>
      </prop>
    </sync-collection>`,
};

describe('C21: programs on computers, as they were recorded', () => {
  test('Thunderbird finds the book from the host alone, takes it as read-only, and goes on with changes', async () => {
    const { server, jan, olga, phone, hrefs } = await givenDesk();
    const client = replayedClient(server, phone, thunderbirdHeaders);
    const once = { headers: { depth: '0' } };
    const members = { headers: { depth: '1' } };

    await client.sends('PROPFIND', '/.well-known/carddav', { ...once, isAnonymous: true, body: thunderbird.principal });
    await client.sends('PROPFIND', '/dav/', { ...once, isAnonymous: true, body: thunderbird.principal });
    await client.sends('PROPFIND', '/dav/', { ...once, body: thunderbird.principal });
    await client.sends('PROPFIND', `/dav/p/${phone.id}/`, { ...once, body: thunderbird.home });
    await client.sends('PROPFIND', `/dav/b/${phone.id}/`, { ...members, body: thunderbird.books });
    await client.sends('PROPFIND', phone.book, { ...members, body: thunderbird.list });
    await client.sends('REPORT', phone.book, { ...members, body: thunderbird.multiget(hrefs) });
    const before = await client.sends('PROPFIND', phone.book, { ...once, body: thunderbird.token });
    client.meanwhile('nothing');
    const same = await client.sends('REPORT', phone.book, { ...members, body: thunderbird.sync(syncTokenIn(before.body)) });
    client.meanwhile('Jan is renamed, Olga is removed, so that the number they shared is Jan’s');
    await changeContact(server.ctx, jan.id, { lastName: 'Nowak' });
    await removeContact(server.ctx, olga.id);
    await buildsDirectories(server);
    await client.sends('REPORT', phone.book, { ...members, body: thunderbird.sync(syncTokenIn(same.body)) });

    await expect(client.transcript()).toMatchFileSnapshot('golden/thunderbird.txt');
  });

  test('Thunderbird, whose token holds no more, is given none, so that it lists everything at its next sync; wiping empties it', async () => {
    const { server, phone } = await givenDesk();
    const client = replayedClient(server, phone, thunderbirdHeaders);
    const members = { headers: { depth: '1' } };
    const before = syncTokenIn((await phone.ask('PROPFIND', phone.book, { headers: { depth: '0' }, body: thunderbird.token })).body);

    client.meanwhile('the phone is to be wiped');
    await server.asConsole('POST', `/devices/${phone.id}/wipe`);
    const spent = await client.sends('REPORT', phone.book, { ...members, body: thunderbird.sync(before) });
    // An error would end its syncs for good.
    expect([spent.statusCode, syncTokenIn(spent.body)]).toEqual([207, '']);
    expect((await server.asConsole('GET', `/devices/${phone.id}`)).json()).toMatchObject({ state: 'wiping' });
    client.meanwhile('half an hour');
    await client.sends('PROPFIND', phone.book, { ...members, body: thunderbird.list });

    await expect(client.transcript()).toMatchFileSnapshot('golden/thunderbird-wipe.txt');
    expect((await server.asConsole('GET', `/devices/${phone.id}`)).json()).toMatchObject({ state: 'wiped' });
  });

  test('Thunderbird with a book it takes as writable gets ours again after each edit, or the edit would stay', async () => {
    const { server, phone, hrefs } = await givenDesk();
    const client = replayedClient(server, phone, thunderbirdHeaders);
    const members = { headers: { depth: '1' } };
    const [mine = ''] = hrefs;
    const own = `${phone.book}6d2b1b9c-90a5-4a0b-8e5b-0c8d4b6a7e11.vcf`;
    const card = (name: string) => ({
      headers: { 'content-type': 'text/vcard' },
      body: `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL;TYPE=CELL:+48600100200\r\nEND:VCARD\r\n`,
    });
    const before = await phone.ask('PROPFIND', phone.book, { headers: { depth: '0' }, body: thunderbird.token });

    const edited = await client.sends('PUT', mine, card('Edited Here'));
    expect(edited.statusCode).toBe(204);
    await client.sends('REPORT', phone.book, { ...members, body: thunderbird.multiget([mine]) });
    await client.sends('PUT', own, card('Made Here'));
    await client.sends('REPORT', phone.book, { ...members, body: thunderbird.multiget([own]) });
    await client.sends('DELETE', mine);
    await client.sends('REPORT', phone.book, { ...members, body: thunderbird.sync(syncTokenIn(before.body)) });

    await expect(client.transcript()).toMatchFileSnapshot('golden/thunderbird-writes.txt');
  });

  test('Evolution finds the book, takes it as read-only, and fetches what changed when the ctag did', async () => {
    const { server, jan, olga, phone, hrefs } = await givenDesk();
    const client = replayedClient(server, phone, {
      'user-agent': 'Evolution/3.46.4',
      'cache-control': 'no-cache',
      'content-type': 'application/xml; charset="utf-8"',
      'accept-language': 'en',
    });
    const propfind = (props: string, namespaces = '') => `<propfind xmlns="DAV:"${namespaces}><prop>${props}</prop></propfind>`;
    const carddav = ' xmlns:c="urn:ietf:params:xml:ns:carddav"';
    const account = propfind('<resourcetype/><current-user-principal/><principal-URL/><c:addressbook-home-set/>', carddav);
    const ctag = propfind('<CS:getctag/>', ' xmlns:CS="http://calendarserver.org/ns/"');
    const once = { headers: { depth: '0' } };
    const members = { headers: { depth: '1' } };
    const multiget = (named: readonly string[]) =>
      `<addressbook-multiget xmlns="urn:ietf:params:xml:ns:carddav" xmlns:D="DAV:"><D:prop><D:getetag/><address-data/></D:prop>${named.map((href) => `<D:href>${href}</D:href>`).join('')}</addressbook-multiget>`;

    await client.sends('PROPFIND', '/.well-known/carddav', { ...once, isAnonymous: true, body: account });
    await client.sends('PROPFIND', '/dav/', { ...once, body: account });
    await client.sends('PROPFIND', `/dav/p/${phone.id}/`, { ...once, body: propfind('<c:addressbook-home-set/>', carddav) });
    await client.sends('PROPFIND', `/dav/b/${phone.id}/`, {
      ...members,
      body: propfind(
        '<resourcetype/><displayname/><getetag/><getcontenttype/><getcontentlength/><creationdate/><getlastmodified/><A:addressbook-description/>',
        ' xmlns:A="urn:ietf:params:xml:ns:carddav"',
      ),
    });
    await client.sends('OPTIONS', phone.book, { isAnonymous: true });
    await client.sends('PROPFIND', phone.book, { ...once, body: propfind('<current-user-privilege-set/>') });
    await client.sends('PROPFIND', phone.book, { ...once, body: ctag });
    await client.sends('PROPFIND', phone.book, { ...members, body: propfind('<getetag/>') });
    await client.sends('REPORT', phone.book, { body: multiget(hrefs) });
    client.meanwhile('Jan is renamed, Olga is removed');
    await changeContact(server.ctx, jan.id, { lastName: 'Nowak' });
    await removeContact(server.ctx, olga.id);
    await buildsDirectories(server);
    await client.sends('PROPFIND', phone.book, { ...once, body: ctag });
    await client.sends('PROPFIND', phone.book, { ...members, body: propfind('<getetag/>') });
    await client.sends('REPORT', phone.book, { body: multiget(hrefs.slice(0, 1)) });

    await expect(client.transcript()).toMatchFileSnapshot('golden/evolution.txt');
  });

  test('SyncEvolution, which names each property’s namespace anew, reads all and is refused each write', async () => {
    const { server, phone, hrefs } = await givenDesk();
    const client = replayedClient(server, phone, { 'user-agent': 'SyncEvolution', te: 'trailers', 'content-type': 'application/xml' });
    const propfind = (names: string) =>
      `<?xml version="1.0" encoding="utf-8"?>\n<propfind xmlns="DAV:"><prop>\n${names
        .split(' ')
        .map((name) => `<${name} xmlns="${name.includes('address') ? 'urn:ietf:params:xml:ns:carddav' : 'DAV:'}"/>\n`)
        .join('')}</prop></propfind>\n`;
    const once = { headers: { depth: '0' } };
    const members = { headers: { depth: '1' } };

    await client.sends('PROPFIND', `/dav/p/${phone.id}/`, {
      ...once,
      body: propfind(
        'alternate-URI-set principal-URL current-user-principal group-member-set group-membership displayname resourcetype addressbook-home-set principal-address addressbook-description supported-address-data current-user-privilege-set',
      ),
    });
    await client.sends('PROPFIND', phone.book, { ...members, body: propfind('getetag resourcetype') });
    await client.sends('REPORT', phone.book, {
      ...once,
      body: `<?xml version="1.0" encoding="utf-8" ?>\n<C:addressbook-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">\n<D:prop>\n<D:getetag/>\n<C:address-data/>\n</D:prop>\n${hrefs.map((href) => `<D:href>${href}</D:href>\n`).join('')}</C:addressbook-multiget>`,
    });
    await client.sends('PROPFIND', phone.book, { ...once, body: propfind('add-member') });
    await client.sends('PUT', `${phone.book}461cc077-a736-4580-b4c7-03ddd1e49286.vcf`, {
      headers: { 'if-none-match': '*', 'content-type': 'text/vcard; charset=utf-8' },
      body: 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Made Here\r\nN:Here;Made;;;\r\nTEL;TYPE=CELL:+48600777666\r\nUID:461cc077-a736-4580-b4c7-03ddd1e49286\r\nEND:VCARD\r\n',
    });
    await client.sends('DELETE', hrefs[0] ?? '');

    await expect(client.transcript()).toMatchFileSnapshot('golden/syncevolution.txt');
  });
});
