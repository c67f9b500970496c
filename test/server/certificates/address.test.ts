import { connect, type TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { httpsOrigin, portalAddress } from '#server/certificates/address.service.ts';
import { checkNameResolves } from '#server/certificates/address-checks.ts';
import type { AddressState } from '#server/certificates/certificates.contract.ts';
import { authorityCertificate } from '#server/certificates/certificates.service.ts';
import { rememberListeners } from '#server/certificates/listener-settings.ts';
import { isPrivateAddress, ownAddresses, reachableAddresses } from '#server/certificates/network-addresses.ts';
import type { Problem } from '#server/kernel/primitives.contract.ts';
import { testServer } from '../../support/test-server.ts';

describe('the desk’s address', () => {
  test('every link starts with the host name, or with this PC’s likeliest address, and the port it listens on', async () => {
    const server = await testServer();
    await rememberListeners(server.ctx, { lanPort: 9443, primaryAddress: '192.168.1.10' });
    expect(await portalAddress(server.ctx)).toEqual({ origin: 'https://192.168.1.10:9443', hostName: '192.168.1.10', port: 9443 });

    await server.asConsole('PUT', '/address', { hostName: 'Help.Example.com' });
    await rememberListeners(server.ctx, { lanPort: 443 });

    expect(await portalAddress(server.ctx)).toEqual({ origin: 'https://help.example.com', hostName: 'help.example.com', port: 443 });
    expect(httpsOrigin('fd00::2', 8443)).toBe('https://[fd00::2]:8443');
  });

  test('a host name with letters of another language is kept as browsers send it', async () => {
    const server = await testServer();

    const state = (await server.asConsole('PUT', '/address', { hostName: 'hilfe.müller.example' })).json<AddressState>();

    expect(state.hostName).toBe('hilfe.xn--mller-kva.example');
    expect(state.certificate.coversHostName).toBe(true);
  });

  test.each([
    'https://help.example.com',
    'help.example.com:8443',
    'help.example.com/portal',
    'anna@example.com',
    'help example',
    '-help.example.com',
    'help..example.com',
    'a'.repeat(254),
  ])('“%s” is no host name, and the answer says what is', async (hostName) => {
    const server = await testServer();

    const answer = await server.asConsole('PUT', '/address', { hostName });

    expect(answer.statusCode).toBe(400);
    expect(answer.json<Problem>().errors?.[0]).toMatchObject({ path: 'hostName', message: expect.stringMatching(/name/u) });
    expect((await server.asConsole('GET', '/address')).json<AddressState>().hostName).toBe('');
  });

  test('an address reachable by phones comes before those of virtual machines', () => {
    const info = { netmask: '', mac: '', cidr: null } as const;
    const found = ownAddresses({
      docker0: [{ address: '172.17.0.1', family: 'IPv4', internal: false, ...info }],
      lo: [{ address: '127.0.0.1', family: 'IPv4', internal: true, ...info }],
      eth0: [
        { address: 'fe80::1', family: 'IPv6', internal: false, scopeid: 2, ...info },
        { address: '2001:db8::5', family: 'IPv6', internal: false, scopeid: 0, ...info },
        { address: '169.254.7.7', family: 'IPv4', internal: false, ...info },
        { address: '192.168.1.10', family: 'IPv4', internal: false, ...info },
      ],
    });

    expect(found.map(({ address }) => address)).toEqual(['192.168.1.10', '2001:db8::5', '169.254.7.7', '172.17.0.1']);
    expect(reachableAddresses(found, '0.0.0.0').map(({ address }) => address)).toEqual(['192.168.1.10', '169.254.7.7', '172.17.0.1']);
    expect(reachableAddresses(found, '192.168.1.10')).toHaveLength(1);
    expect(['10.0.0.1', '100.64.0.1', 'fd00::1'].every(isPrivateAddress)).toBe(true);
    expect(['11.0.0.1', '100.128.0.1', '172.15.0.1', '2001:db8::1'].some(isPrivateAddress)).toBe(false);
  });
});

describe('the live checks of the address', () => {
  test('a desk that listens under its own address passes them all', async () => {
    const server = await testServer();
    await server.lan.listen({ host: '127.0.0.1', port: 0 });
    const bound = server.lan.server.address();
    await rememberListeners(server.ctx, {
      lanHost: '127.0.0.1',
      lanPort: typeof bound === 'object' && bound !== null ? bound.port : 0,
      primaryAddress: '127.0.0.1',
    });

    const state = (await server.asConsole('GET', '/address')).json<AddressState>();

    expect(state.checks.map(({ check, ok }) => [check, ok])).toEqual([
      ['name-resolves', true],
      ['port-answers', true],
      ['certificate-covers-name', true],
      ['certificate-current', true],
    ]);
    expect(state.certificate.fingerprint).toMatch(/^(?:[\dA-F]{2}:){31}[\dA-F]{2}$/u);
  });

  test('a name nobody knows and a port that is closed are told with what to do', async () => {
    const server = await testServer();
    await rememberListeners(server.ctx, { lanHost: '127.0.0.1', lanPort: 1 });

    const state = (await server.asConsole('PUT', '/address', { hostName: 'no-such-name.invalid' })).json<AddressState>();

    const failed = state.checks.filter(({ ok }) => !ok);
    expect(failed.map(({ check }) => check)).toEqual(['name-resolves', 'port-answers']);
    expect(failed[0]?.message).toContain('Add it to your DNS server');
    expect(failed[1]?.message).toContain('firewall');
  });

  test('a name that leads elsewhere says where', async () => {
    expect(await checkNameResolves('localhost', ['192.0.2.99'])).toMatchObject({ ok: false, message: expect.stringContaining('which is not this PC') });
    expect(await checkNameResolves('192.0.2.98', ['192.0.2.99'])).toMatchObject({ ok: false });
  });
});

describe('a new certificate', () => {
  test('serves the next connection at once, without a restart, while an open one goes on', async () => {
    const server = await testServer();
    await server.lan.listen({ host: '127.0.0.1', port: 0 });
    const bound = server.lan.server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    const ca = (await authorityCertificate(server.ctx)) ?? '';
    const open = await dial({ port, ca, servername: 'localhost' });

    await server.asConsole('PUT', '/address', { hostName: 'help.example.com' });

    const renamed = await dial({ port, ca: (await authorityCertificate(server.ctx)) ?? '', servername: 'help.example.com' });
    expect(renamed.authorized).toBe(true);
    expect(await ask(open)).toMatch(/^HTTP\/1\.1 200/u);
    expect(renamed.getProtocol()).toBe('TLSv1.3');
  });

  test('old TLS is not spoken, before and after a change', async () => {
    const server = await testServer();
    await server.lan.listen({ host: '127.0.0.1', port: 0 });
    const bound = server.lan.server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    const old = { port, ca: '', servername: 'localhost', maxVersion: 'TLSv1.1' as const };

    await expect(dial(old)).rejects.toThrow(/protocol version|unsupported protocol|no protocols/u);
    await server.asConsole('POST', '/certificate/renew');
    await expect(dial(old)).rejects.toThrow(/protocol version|unsupported protocol|no protocols/u);
  });

  test('another authority is made only with the knowledge of the audit log', async () => {
    const server = await testServer();

    await server.asConsole('PUT', '/address', { hostName: 'help.example.com' });

    const acts = (await server.asConsole('GET', '/audit')).json<{ items: { action: string }[] }>().items.map(({ action }) => action);
    expect(acts).toEqual(expect.arrayContaining(['address.changed', 'authority.made', 'certificate.issued']));
  });
});

function dial(where: { readonly port: number; readonly ca: string; readonly servername: string; readonly maxVersion?: 'TLSv1.1' }): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const lowest = where.maxVersion === undefined ? {} : { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' };
    const socket = connect({ host: '127.0.0.1', ...where, ...lowest }, () => resolve(socket));
    onTestFinished(() => void socket.destroy());
    socket.once('error', reject);
  });
}

function ask(socket: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  });
}
