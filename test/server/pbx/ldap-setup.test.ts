import { describe, expect, test } from 'vitest';
import { connectsDirectoryClient, ldapsearch, opensDirectory } from '#test/support/ldap-builders.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';

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
});
