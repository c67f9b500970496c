import { describe, expect, test } from 'vitest';
import type { LdapState } from '#server/ldap/ldap.contract.ts';
import { createList } from '#server/people/lists.service.ts';
import { connectsDirectoryClient, ldapsearch, opensDirectory } from '#test/support/ldap-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

async function givenPeople({ ctx }: TestServer) {
  const acme = await givenCompany(ctx, { name: 'ACME', phone: '22 123 45 67' });
  const jan = await givenContact(ctx, { firstName: 'Jan', lastName: 'Kowalski', mobile: '600 100 200', email: 'jan@acme.example', companyId: acme.id });
  const ewa = await givenContact(ctx, { firstName: 'Ewa', lastName: 'Zielińska', phone: '600 100 300' });
  const secret = await givenContact(ctx, { firstName: 'Secret', lastName: 'Kowalska', phone: '600 100 999', publishToPhones: false });
  return { acme, jan, ewa, secret };
}

async function openDesk() {
  const server = await testServer();
  const people = await givenPeople(server);
  const desk = await opensDirectory(server);
  return { server, people, desk, client: await connectsDirectoryClient(server, desk) };
}

const [invalidCredentials, insufficientAccess, sizeLimitExceeded, noSuchObject, unwilling] = [49, 50, 4, 32, 53];

describe('C25: the directory, asked by ldapsearch', () => {
  test('is off until an admin switches it on, and its ports open and close with the switch', async () => {
    const server = await testServer();
    await server.ldap.open('127.0.0.1');
    expect((await server.asConsole('GET', '/ldap')).json<LdapState>()).toMatchObject({
      settings: { isOn: false, tlsPort: 3636, isPlainOn: false, plainPort: 3389 },
      listening: { tlsPort: null, plainPort: null },
      warning: null,
    });
    const desk = await opensDirectory(server);
    const root = ['-H', `ldap://127.0.0.1:${desk.plainPort}`, '-b', '', '-s', 'base'];
    expect((await ldapsearch(root)).code).toBe(0);
    expect((await server.asConsole('GET', '/ldap')).json<LdapState>().warning).toContain('readable by everybody');

    expect((await server.asConsole('PUT', '/ldap', { isOn: false })).json<LdapState>().listening).toEqual({ tlsPort: null, plainPort: null });
    expect((await ldapsearch(root)).code).not.toBe(0);
    expect((await server.asConsole('GET', '/audit?limit=1')).body).toContain('ldap.settings-changed');
  });

  test('says on the console when a port is in use by another program, and names it', async () => {
    const server = await testServer();
    const other = await testServer();
    const { plainPort } = await opensDirectory(other);
    await server.ldap.open('127.0.0.1');
    const { problem, listening } = (await server.asConsole('PUT', '/ldap', { isOn: true, tlsPort: plainPort })).json<LdapState>();
    expect(listening.tlsPort).toBeNull();
    expect(problem).toBe(`Port ${plainPort} is in use by another program. Choose another port for the directory.`);
    const bad = await server.asConsole('PUT', '/ldap', { tlsPort: 70_000 });
    expect([bad.statusCode, bad.body]).toEqual([400, expect.stringContaining('65535')]);
  });

  test('finds a person by number in each form that telephones report, with name, company and numbers, and no address', async () => {
    const { client, people } = await openDesk();
    for (const number of [
      '+48600100200',
      '0048600100200',
      '48600100200',
      '600100200',
      '0600100200',
      '600-100-200',
      '+48 \\280\\29 600 100 200',
      'sip:+48600100200@pbx',
      '*600100200*',
    ]) {
      const found = await client.search(`(telephoneNumber=${number})`);
      expect([number, found.code, found.values('cn'), found.values('mobile')]).toEqual([number, 0, ['Jan Kowalski'], ['+48600100200']]);
    }
    const found = await client.search('(mobile=600100200)');
    expect(found.values('dn')).toEqual([`uid=${people.jan.id},dc=doorline`]);
    expect(['sn', 'givenName', 'o', 'displayName'].map((attribute) => found.values(attribute)[0])).toEqual(['Kowalski', 'Jan', 'ACME', 'Jan Kowalski · ACME']);
    expect(found.values('objectClass')).toContain('inetOrgPerson');
    expect(found.stdout).not.toContain('example');
    expect((await client.search('(telephoneNumber=221234567)')).values('cn')).toEqual(['ACME']);
  });

  test('finds people by the beginnings of their names, whatever the accents', async () => {
    const { client } = await openDesk();
    expect((await client.search('(sn=zielinska)')).values('cn')).toEqual(['Ewa Zielińska']);
    expect((await client.search('(cn=jan kow*)')).values('cn')).toEqual(['Jan Kowalski']);
    expect((await client.search('(&(sn=kow*)(givenName=jan*))')).values('cn')).toEqual(['Jan Kowalski']);
    expect((await client.search('(sn=jan*)')).values('cn')).toEqual([]);
    expect((await client.search('(&(cn=jan*)(!(o=acme)))')).values('cn')).toEqual([]);
    expect((await client.search('(|(cn~=ewa)(o=acme*))')).values('cn').sort()).toEqual(['ACME', 'Ewa Zielińska', 'Jan Kowalski']);
    expect((await client.search('(cn=nobody*)')).code).toBe(0);
  });

  test('never tells of somebody who must not be published, whatever is asked', async () => {
    const { client, people } = await openDesk();
    for (const filter of ['(telephoneNumber=600100999)', '(sn=kowalska)', '(cn=*)', '(objectClass=*)', `(uid=${people.secret.id})`, '(!(cn=x))']) {
      expect((await client.search(filter)).stdout).not.toMatch(/Secret|Kowalska|600100999/u);
    }
    const direct = await client.search('(objectClass=*)', ['-b', `uid=${people.secret.id},dc=doorline`, '-s', 'base']);
    expect(direct.code).toBe(noSuchObject);
  });

  test('tells a source whose lists are chosen of the people on them only', async () => {
    const { server, desk, people } = await openDesk();
    const list = await createList(server.ctx, { kind: 'static', name: 'Regulars', contactIds: [people.ewa.id] });
    const client = await connectsDirectoryClient(server, desk, { name: 'Workshop', scope: { everyone: false, listIds: [list.id] } });
    expect((await client.search('(objectClass=person)')).values('cn')).toEqual(['Ewa Zielińska']);
    expect((await client.search('(telephoneNumber=600100300)')).values('cn')).toEqual(['Ewa Zielińska']);
    expect((await client.search('(|(telephoneNumber=600100200)(sn=kowalski)(o=acme))')).values('cn')).toEqual([]);
  });

  test('names a number that several share as all phones do, and the people with their own', async () => {
    const { server, client, people } = await openDesk();
    await givenContact(server.ctx, { firstName: 'Olga', lastName: 'Lis', phone: '600 500 500', companyId: people.acme.id });
    await givenContact(server.ctx, { firstName: 'Adam', lastName: 'Lis', phone: '600 500 500', companyId: people.acme.id });
    const shared = await client.search('(telephoneNumber=600500500)');
    expect(shared.values('cn')).toHaveLength(1);
    expect(shared.values('cn')[0]).toMatch(/^ACME: (Adam, Olga|Olga, Adam)$/u);
    expect((await client.search('(sn=lis)')).values('cn').sort()).toEqual(['Adam Lis', 'Olga Lis']);
  });

  test('answers base, one level and subtree, chosen attributes, types alone, and says where nothing is', async () => {
    const { client, people } = await openDesk();
    const dn = `uid=${people.jan.id},dc=doorline`;
    const base = await client.search('(objectClass=*)', ['-b', dn, '-s', 'base']);
    expect([base.code, base.values('cn')]).toEqual([0, ['Jan Kowalski']]);
    expect((await client.search('(cn=ewa)', ['-b', dn, '-s', 'base'])).values('cn')).toEqual([]);
    expect((await client.search('(objectClass=*)', ['-s', 'base'])).values('dc')).toEqual(['doorline']);
    expect((await client.search('(objectClass=*)', ['-s', 'one'])).values('dc')).toEqual([]);
    expect((await client.search('(cn=*)', ['-s', 'one'])).values('cn').sort()).toEqual(['Ewa Zielińska', 'Jan Kowalski']);
    expect((await client.search('(objectClass=*)', ['-b', 'dc=elsewhere'])).code).toBe(noSuchObject);
    const types = await client.search('(cn=jan)', ['-A']);
    expect([types.stdout.includes('telephoneNumber'), types.stdout.includes('mobile:'), types.stdout.includes('Kowalski')]).toEqual([false, true, false]);
  });

  test('cuts the answer at the size limit and says that there is more', async () => {
    const { server, client } = await openDesk();
    for (let index = 0; index < 5; index += 1) await givenContact(server.ctx, { firstName: 'Piotr', lastName: `Mazur${index}`, phone: `60020030${index}` });
    const cut = await client.search('(cn=piotr*)', ['-z', '3']);
    expect([cut.code, cut.values('cn').length]).toEqual([sizeLimitExceeded, 3]);
    expect((await client.search('(cn=piotr*)', ['-z', '5'])).code).toBe(0);
    expect((await client.search('(cn=piotr*)', ['-l', '10'])).values('cn')).toHaveLength(5);
  });

  test('hands an answer out in pages (RFC 2696), each entry once, and stops at its limit', async () => {
    const { server, client } = await openDesk();
    for (let index = 10; index < 21; index += 1) await givenContact(server.ctx, { firstName: 'Piotr', lastName: `Mazur${index}`, phone: `6002003${index}` });
    for (const size of ['1', '4', '11', '50']) {
      const paged = await client.search('(cn=piotr*)', ['-E', `!pr=${size}/noprompt`]);
      expect([size, paged.code, paged.values('cn').length, new Set(paged.values('cn')).size]).toEqual([size, 0, 11, 11]);
    }
    const cut = await client.search('(cn=piotr*)', ['-E', 'pr=2/noprompt', '-z', '5']);
    expect([cut.code, cut.values('cn').length]).toEqual([sizeLimitExceeded, 5]);
    expect((await client.search('(cn=nobody)', ['-E', 'pr=2/noprompt'])).code).toBe(0);
  });

  test('describes its entries to whoever asks for the schema (RFC 4512, 4.4)', async () => {
    const { desk, client } = await openDesk();
    const url = ['-H', `ldap://127.0.0.1:${desk.plainPort}`];
    const root = await ldapsearch([...url, '-b', '', '-s', 'base', '(objectClass=*)', '+']);
    const schema = await ldapsearch([
      ...url,
      '-b',
      root.values('subschemaSubentry')[0] ?? '',
      '-s',
      'base',
      '(objectClass=subschema)',
      'attributeTypes',
      'objectClasses',
    ]);
    expect(schema.code).toBe(0);
    const described = [...schema.values('attributeTypes'), ...schema.values('objectClasses')].join('\n').toLowerCase();
    const entry = await client.search('(cn=jan)');
    const used = [...entry.stdout.matchAll(/^(\w+)::? /gmu)].map(([, name = '']) => name).filter((name) => name !== 'dn');
    for (const name of [...used, ...entry.values('objectClass')]) expect(described).toMatch(new RegExp(`'${name.toLowerCase()}'`, 'u'));
    expect(root.values('supportedControl')).toEqual(['1.2.840.113556.1.4.319']);
  });

  test('lets in by name or id with the key, in any case, and nobody else', async () => {
    const { server, desk, client } = await openDesk();
    const url = ['-H', `ldap://127.0.0.1:${desk.plainPort}`, '-b', 'dc=doorline'];
    const bind = (dn: string, key: string) => ldapsearch([...url, '-D', dn, '-w', key, '(cn=jan)']);
    expect((await bind(`cn=${client.source.id},dc=doorline`, client.key)).values('cn')).toEqual(['Jan Kowalski']);
    expect((await bind('CN=reception, DC=Doorline', client.key)).values('cn')).toEqual(['Jan Kowalski']);
    expect((await bind(client.dn, `${client.key}x`)).code).toBe(invalidCredentials);
    expect((await bind('cn=Workshop,dc=doorline', client.key)).code).toBe(invalidCredentials);
    expect((await ldapsearch([...url, '(cn=jan)'])).code).toBe(insufficientAccess);
    // A key that is bound to another address, and another system's name with this one's key.
    const bound = await connectsDirectoryClient(server, desk, { name: 'Elsewhere', addresses: ['10.9.8.7'] });
    expect((await bind(bound.dn, bound.key)).code).toBe(invalidCredentials);
    expect((await bind(bound.dn, client.key)).code).toBe(invalidCredentials);
    // A name without a key.
    expect((await ldapsearch([...url, '-D', client.dn, '-w', '', '(cn=jan)'])).code).toBe(unwilling);
  });

  test('tells anybody what it is, and nothing else', async () => {
    const { desk } = await openDesk();
    const root = await ldapsearch(['-H', `ldap://127.0.0.1:${desk.plainPort}`, '-b', '', '-s', 'base', '(objectClass=*)', '+']);
    expect([root.values('namingContexts'), root.values('supportedLDAPVersion'), root.values('supportedExtension')]).toEqual([
      ['dc=doorline'],
      ['3'],
      ['1.3.6.1.4.1.1466.20037'],
    ]);
  });

  test('is dead for a revoked key with the next request', async () => {
    const { server, client } = await openDesk();
    expect((await client.search('(cn=jan)')).code).toBe(0);
    await server.asConsole('POST', `/pbx/sources/${client.source.id}/revoke`);
    expect((await client.search('(cn=jan)')).code).toBe(invalidCredentials);
  });

  test('speaks TLS under our own authority on its own port and, asked to, on the plain one, and is refused by who does not trust it', async () => {
    const { desk, client } = await openDesk();
    const question = ['-D', client.dn, '-w', client.key, '-b', 'dc=doorline', '(cn=jan)'];
    const trusting = { LDAPTLS_CACERT: desk.authorityFile };
    expect((await ldapsearch(['-H', `ldaps://localhost:${desk.tlsPort}`, ...question], trusting)).values('cn')).toEqual(['Jan Kowalski']);
    expect((await ldapsearch(['-ZZ', '-H', `ldap://localhost:${desk.plainPort}`, ...question], trusting)).values('cn')).toEqual(['Jan Kowalski']);
    expect((await ldapsearch(['-H', `ldaps://localhost:${desk.tlsPort}`, ...question])).code).not.toBe(0);
  });

  test('shows what a telephone asked in its trace, without number and key', async () => {
    const { server, client } = await openDesk();
    await client.search('(telephoneNumber=600100200)');
    await expect
      .poll(async () => (await server.asConsole('GET', `/pbx/sources/${client.source.id}/requests`)).body, { timeout: 5000 })
      .toContain('LDAP search');
    const trace = (await server.asConsole('GET', `/pbx/sources/${client.source.id}/requests`)).body;
    expect(trace).not.toContain('600100200');
    expect(trace).not.toContain(client.key);
  });
});

describe('C25: filters as telephones send them', () => {
  // callerid.md, section 3, with the number or the typed letters in place of %.
  const rows: readonly (readonly [maker: string, filter: string, expected: readonly string[]])[] = [
    ['Yealink, call in', '(|(telephoneNumber=+48600100200)(mobile=+48600100200))', ['Jan Kowalski']],
    ['Yealink, with its wild card', '(|(telephoneNumber=0048600100200*)(mobile=0048600100200*)(ipPhone=0048600100200*))', ['Jan Kowalski']],
    ['Yealink, letters typed', '(|(cn=ko*)(sn=ko*))', ['Jan Kowalski']],
    ['Yealink, nothing typed', '(|(cn=*)(sn=*))', ['Ewa Zielińska', 'Jan Kowalski']],
    ['Snom, number', '(|(telephoneNumber=*600100200*)(mobile=*600100200*))', ['Jan Kowalski']],
    ['Snom, name', '(&(telephoneNumber=*)(|(cn=zie*)(givenName=zie*)))', ['Ewa Zielińska']],
    ['Grandstream, number', '(|(telephoneNumber=600100200)(mobile=600100200)(homePhone=600100200))', ['Jan Kowalski']],
    ['Grandstream, digits typed', '(telephoneNumber=600100*)', ['Ewa Zielińska', 'Jan Kowalski']],
    ['Grandstream, name', '(|(cn=*Kowal*)(sn=*Kowal*))', ['Jan Kowalski']],
    ['Cisco, last name', '(&(objectClass=person)(sn=Kowalski*))', ['Jan Kowalski']],
    ['Cisco, both names', '(&(objectclass=*)(givenName=Ew*)(sn=Zie*))', ['Ewa Zielińska']],
    ['Fanvil, number', '(|(telephoneNumber=600-100-200)(mobile=600-100-200)(other=600-100-200))', ['Jan Kowalski']],
    ['Fanvil, name', '(|(cn=jan*)(sn=jan*))', ['Jan Kowalski']],
    ['nobody’s number', '(|(telephoneNumber=+48600100201)(mobile=+48600100201))', []],
    ['a withheld number', '(|(telephoneNumber=anonymous)(mobile=anonymous))', []],
    ['a number in letters', '(telephoneNumber=jan)', []],
    ['an attribute nobody has', '(shoeSize=42)', []],
  ];

  test('answer the people they mean', async () => {
    const { client } = await openDesk();
    for (const [maker, filter, expected] of rows) {
      const found = await client.search(filter, ['-s', 'one']);
      expect([
        maker,
        found.code,
        found
          .values('cn')
          .filter((name) => name !== 'ACME')
          .sort(),
      ]).toEqual([maker, 0, [...expected].sort()]);
    }
  });

  test('can’t reach past the search, whatever signs stand in them', async () => {
    const { client } = await openDesk();
    for (const text of [`jan" OR "a`, `*) OR 1=1 --`, 'NEAR(jan kow)', 'text:jan', `'; drop table contacts; --`, 'jan^', '\\2a', '\u{E000}']) {
      const escaped = text.replace(/[\\*()]/gu, (sign) => `\\${sign.charCodeAt(0).toString(16)}`);
      const found = await client.search(`(cn=${escaped})`);
      expect([text, found.code, found.values('cn').includes('Ewa Zielińska')]).toEqual([text, 0, false]);
    }
    expect((await client.search('(cn=jan)')).values('cn')).toEqual(['Jan Kowalski']);
  });
});
