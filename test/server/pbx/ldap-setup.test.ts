import { describe, expect, test } from 'vitest';
import { connectsDirectoryClient, ldapsearch, opensDirectory } from '#test/support/ldap-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';
import { readXml } from '#test/support/xml-nodes.ts';

/** What a file says of the way on the plain port, in its maker's words. */
const plainWays = /tls_mode = 0|over_tls perm="RW">off|>ldap:\/\/|<UseSSL>0/u;
/** Filters with their maker's placeholder. */
const filtersIn = /\(\|(?:\(\w+=(?:%|\$VALUE)\))+\)|\(\w+=\$VALUE\*\)/gu;

describe('C25: the directory, set up as the console says', { timeout: 60_000 }, () => {
  test('lets OpenLDAP’s client in with the handed-out user and key, and finds a number by the handed-out filter', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const desk = await opensDirectory(server);
    const { setup } = await connectsDirectoryClient(server, desk);
    const text = setup.find(({ title }) => title === 'Parameters')?.text ?? '';
    const parameter = (name: string) => new RegExp(`^${name} +(.+)$`, 'mu').exec(text)?.[1] ?? '';

    const found = await ldapsearch([
      '-H',
      `ldap://127.0.0.1:${desk.plainPort}`,
      '-D',
      parameter('User'),
      '-w',
      parameter('Password'),
      '-b',
      parameter('Base'),
      parameter('Number filter').replaceAll('%', '+48600100200'),
    ]);

    expect([found.code, found.stderr, found.values('sn')]).toEqual([0, '', ['Kowalski']]);
  });

  test('finds a name and a number by the filters in each maker’s file, with user, key and the way in it', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', mobile: '600 100 200' });
    const desk = await opensDirectory(server);
    // Of fixed ports only, as on a real desk, can a text be written.
    await server.asConsole('PUT', '/ldap', { isOn: true, tlsPort: desk.tlsPort, isPlainOn: true, plainPort: desk.plainPort });
    const { setup, key, source } = await connectsDirectoryClient(server, desk);
    const user = `uid=${source.id},dc=doorline`;

    for (const maker of ['Yealink', 'Snom', 'Cisco', 'Fanvil']) {
      const { text = '', fileName = '' } = setup.find(({ title }) => title === maker) ?? {};
      if (fileName.endsWith('.xml')) readXml(text);
      expect([maker, [key, user, String(desk.plainPort)].filter((part) => !text.includes(part)), plainWays.test(text)]).toEqual([maker, [], true]);
      const filters = [...text.matchAll(filtersIn)].map(([filter]) => filter);
      expect([maker, filters.length >= 2]).toEqual([maker, true]);
      for (const filter of filters) {
        const asked = filter.replaceAll(/%|\$VALUE/gu, filter.includes('telephoneNumber') ? '0048600100200' : 'Kowal');
        const found = await ldapsearch(['-H', `ldap://127.0.0.1:${desk.plainPort}`, '-D', user, '-w', key, '-b', 'dc=doorline', asked]);
        expect([maker, asked, found.values('cn')]).toEqual([maker, asked, ['Jan Kowalski']]);
      }
    }
  });
});
