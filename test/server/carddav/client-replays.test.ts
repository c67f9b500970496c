import { describe, expect, test } from 'vitest';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { createCompany } from '#server/people/companies.service.ts';
import { changeContact, createContact, removeContact } from '#server/people/contacts.service.ts';
import { buildsDirectories, pairsDavPhone, syncTokenIn } from '#test/support/dav-builders.ts';
import { replayedClient } from '#test/support/dav-replay.ts';
import { testServer } from '#test/support/test-server.ts';

// What the clients of phones send, written from what is documented of them. The answers stand in golden/: a difference
// there is a difference phones will see.

async function givenDesk() {
  const server = await testServer();
  const acme = await createCompany(server.ctx, CompanyInput.parse({ name: 'ACME', phone: '+48 22 123 45 00' }));
  const jan = await createContact(server.ctx, ContactInput.parse({ firstName: 'Jan', lastName: 'Kowalski', mobile: '600 100 200', companyId: acme.id }));
  const olga = await createContact(server.ctx, ContactInput.parse({ firstName: 'Olga', lastName: 'Łąk', phone: '600 100 300' }));
  const phone = await pairsDavPhone(server);
  // A token that is asked for before the first listing is that of a book that is built.
  await phone.ask('PROPFIND', phone.book, { headers: { depth: '0' } });
  await buildsDirectories(server);
  return { server, jan, olga, phone };
}

const iosHeaders = { 'user-agent': 'iOS/18.1 (22B83) dataaccessd/1.0', brief: 't', prefer: 'return=minimal', 'content-type': 'text/xml' };

const iosPrincipal =
  '<?xml version="1.0" encoding="UTF-8"?>\n<A:propfind xmlns:A="DAV:"><A:prop><A:current-user-principal/><A:principal-URL/><A:resourcetype/></A:prop></A:propfind>';
const iosHome =
  '<?xml version="1.0" encoding="UTF-8"?>\n<A:propfind xmlns:A="DAV:"><A:prop><B:addressbook-home-set xmlns:B="urn:ietf:params:xml:ns:carddav"/><B:directory-gateway xmlns:B="urn:ietf:params:xml:ns:carddav"/><A:displayname/><C:email-address-set xmlns:C="http://calendarserver.org/ns/"/><A:principal-collection-set/><A:principal-URL/><A:resource-id/><A:supported-report-set/></A:prop></A:propfind>';
const iosBooks =
  '<?xml version="1.0" encoding="UTF-8"?>\n<A:propfind xmlns:A="DAV:"><A:prop><A:add-member/><D:bulk-requests xmlns:D="http://me.com/_namespace/"/><A:current-user-privilege-set/><A:displayname/><B:max-image-size xmlns:B="urn:ietf:params:xml:ns:carddav"/><B:max-resource-size xmlns:B="urn:ietf:params:xml:ns:carddav"/><C:me-card xmlns:C="http://calendarserver.org/ns/"/><A:owner/><C:push-transports xmlns:C="http://calendarserver.org/ns/"/><C:pushkey xmlns:C="http://calendarserver.org/ns/"/><A:quota-available-bytes/><A:quota-used-bytes/><A:resource-id/><A:resourcetype/><A:supported-report-set/><A:sync-token/></A:prop></A:propfind>';
const iosPoll =
  '<?xml version="1.0" encoding="UTF-8"?>\n<A:propfind xmlns:A="DAV:"><A:prop><C:getctag xmlns:C="http://calendarserver.org/ns/"/><A:sync-token/></A:prop></A:propfind>';
const iosSync = (token: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<A:sync-collection xmlns:A="DAV:"><A:sync-token>${token}</A:sync-token><A:sync-level>1</A:sync-level><A:prop><A:getetag/></A:prop></A:sync-collection>`;
const iosMultiget = (hrefs: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<B:addressbook-multiget xmlns:B="urn:ietf:params:xml:ns:carddav"><A:prop xmlns:A="DAV:"><A:getetag/><B:address-data/></A:prop>${hrefs.map((href) => `<A:href xmlns:A="DAV:">${href}</A:href>`).join('')}</B:addressbook-multiget>`;

describe('C21: clients as they are documented', () => {
  test('an iPhone finds the account, reads it, polls, and gets what changed', async () => {
    const { server, jan, olga, phone } = await givenDesk();
    const iphone = replayedClient(server, phone, iosHeaders);
    const home = `/dav/b/${phone.id}/`;

    await iphone.sends('PROPFIND', '/.well-known/carddav', { isAnonymous: true, headers: { depth: '0' }, body: iosPrincipal });
    await iphone.sends('PROPFIND', '/dav/', { isAnonymous: true, headers: { depth: '0' }, body: iosPrincipal });
    await iphone.sends('PROPFIND', '/dav/', { headers: { depth: '0' }, body: iosPrincipal });
    await iphone.sends('OPTIONS', `/dav/p/${phone.id}/`);
    await iphone.sends('PROPFIND', `/dav/p/${phone.id}/`, { headers: { depth: '0' }, body: iosHome });
    await iphone.sends('PROPFIND', home, { headers: { depth: '1' }, body: iosBooks });
    await iphone.sends('PROPFIND', phone.book, { headers: { depth: '0' }, body: iosPoll });
    const first = await iphone.sends('REPORT', phone.book, { body: iosSync('') });
    await iphone.sends('REPORT', phone.book, { body: iosMultiget([jan.id, olga.id].map((id) => `${phone.book}c${id}.vcf`)) });
    iphone.meanwhile('Jan is renamed, Olga is removed');
    await changeContact(server.ctx, jan.id, { lastName: 'Nowak' });
    await removeContact(server.ctx, olga.id);
    await buildsDirectories(server);
    await iphone.sends('PROPFIND', phone.book, { headers: { depth: '0' }, body: iosPoll });
    await iphone.sends('REPORT', phone.book, { body: iosSync(syncTokenIn(first.body)) });

    await expect(iphone.transcript()).toMatchFileSnapshot('golden/ios.txt');
  });

  test('an iPhone that edits a card and makes one is never refused, and gets ours again', async () => {
    const { server, jan, phone } = await givenDesk();
    const iphone = replayedClient(server, phone, { ...iosHeaders, 'content-type': 'text/vcard' });
    const mine = `${phone.book}c${jan.id}.vcf`;
    const own = `${phone.book}6D2B1B9C-90A5-4A0B-8E5B-0C8D4B6A7E11.vcf`;
    const card = (name: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${name};Jan;;;\r\nFN:Jan ${name}\r\nTEL;type=CELL:600100200\r\nEND:VCARD\r\n`;
    const first = await iphone.sends('REPORT', phone.book, { body: iosSync('') });
    const etag = /c[\w-]+\.vcf<\/d:href><d:propstat><d:prop><d:getetag>("[\w-]+")/u.exec(first.body)?.[1] ?? '';

    await iphone.sends('PUT', mine, { headers: { 'if-match': etag }, body: card('Changed') });
    await iphone.sends('PUT', own, { headers: { 'if-none-match': '*' }, body: card('Own') });
    const second = await iphone.sends('REPORT', phone.book, { body: iosSync(syncTokenIn(first.body)) });
    await iphone.sends('REPORT', phone.book, { body: iosMultiget([mine, own]) });
    await iphone.sends('DELETE', mine);
    await iphone.sends('REPORT', phone.book, { body: iosSync(syncTokenIn(second.body)) });
    await iphone.sends('PUT', mine, { headers: { 'if-match': etag }, body: card('Late') });

    await expect(iphone.transcript()).toMatchFileSnapshot('golden/ios-writes.txt');
  });

  test('a Mac with a token of somebody else is told, and recovers by listing all', async () => {
    const { server, jan, olga, phone } = await givenDesk();
    const mac = replayedClient(server, phone, { 'user-agent': 'macOS/10.14.6 (18G103) AddressBookCore/1', 'content-type': 'text/xml' });
    const tags = '<?xml version="1.0" encoding="UTF-8"?>\n<A:propfind xmlns:A="DAV:"><A:prop><A:getetag/></A:prop></A:propfind>';

    await mac.sends('REPORT', phone.book, { body: iosSync('E621E1F8-C36C-495A-93FC-0C247A3E6E5F') });
    await mac.sends('PROPFIND', phone.book, { headers: { depth: '1' }, body: tags });
    await mac.sends('REPORT', phone.book, { body: iosMultiget([jan.id, olga.id].map((id) => `${phone.book}c${id}.vcf`)) });
    await mac.sends('PROPFIND', phone.book, { headers: { depth: 'infinity' }, body: tags });

    await expect(mac.transcript()).toMatchFileSnapshot('golden/macos.txt');
  });

  test('DAVx5 detects the book, finds it read-only, syncs by token, and treats a refused upload as ours winning', async () => {
    const { server, jan, olga, phone } = await givenDesk();
    const davx5 = replayedClient(server, phone, {
      'user-agent': 'DAVx5/4.5.2-ose (dav4jvm; okhttp/5) Android/15',
      'content-type': 'application/xml; charset=utf-8',
    });
    const propfind = (props: string) =>
      `<?xml version='1.0' encoding='UTF-8' ?><propfind xmlns="DAV:" xmlns:CAL="urn:ietf:params:xml:ns:caldav" xmlns:CARD="urn:ietf:params:xml:ns:carddav" xmlns:CS="http://calendarserver.org/ns/"><prop>${props}</prop></propfind>`;
    const base = propfind('<resourcetype /><displayname /><CARD:addressbook-description /><current-user-principal /><CARD:addressbook-home-set />');
    const sync = (token: string) =>
      `<?xml version='1.0' encoding='UTF-8' ?><sync-collection xmlns="DAV:"><sync-token>${token}</sync-token><sync-level>1</sync-level><prop><getetag /><resourcetype /></prop></sync-collection>`;

    await davx5.sends('PROPFIND', '/dav/', { isAnonymous: true, headers: { depth: '0' }, body: base });
    await davx5.sends('PROPFIND', '/dav/', { headers: { depth: '0' }, body: base });
    await davx5.sends('OPTIONS', `/dav/p/${phone.id}/`);
    await davx5.sends('PROPFIND', `/dav/p/${phone.id}/`, { headers: { depth: '0' }, body: propfind('<CARD:addressbook-home-set /><CAL:calendar-home-set />') });
    await davx5.sends('PROPFIND', `/dav/b/${phone.id}/`, {
      headers: { depth: '1' },
      body: propfind('<resourcetype /><displayname /><current-user-privilege-set /><CARD:addressbook-description /><owner />'),
    });
    await davx5.sends('PROPFIND', '/.well-known/caldav', { headers: { depth: '0' }, body: propfind('<resourcetype />') });
    await davx5.sends('PROPFIND', phone.book, {
      headers: { depth: '0' },
      body: propfind('<supported-report-set /><sync-token /><CS:getctag /><CARD:max-resource-size /><CARD:supported-address-data />'),
    });
    const first = await davx5.sends('REPORT', phone.book, { headers: { depth: '0' }, body: sync('') });
    await davx5.sends('REPORT', phone.book, {
      headers: { depth: '0' },
      body: `<?xml version='1.0' encoding='UTF-8' ?><CARD:addressbook-multiget xmlns="DAV:" xmlns:CARD="urn:ietf:params:xml:ns:carddav"><prop><getcontenttype /><getetag /><CARD:address-data content-type="text/vcard" version="3.0" /></prop><href>${phone.book}c${jan.id}.vcf</href><href>${phone.book}c${olga.id}.vcf</href></CARD:addressbook-multiget>`,
    });
    await davx5.sends('PUT', `${phone.book}c${jan.id}.vcf`, {
      headers: { 'content-type': 'text/vcard;charset=utf-8' },
      body: 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:X\r\nEND:VCARD\r\n',
    });
    davx5.meanwhile('Olga is removed');
    await removeContact(server.ctx, olga.id);
    await davx5.sends('REPORT', phone.book, { headers: { depth: '0' }, body: sync(syncTokenIn(first.body)) });

    await expect(davx5.transcript()).toMatchFileSnapshot('golden/davx5.txt');
  });
});
