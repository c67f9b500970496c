import { createPrivateKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AddressState } from '#server/certificates/certificates.contract.ts';
import type { Problem } from '#server/kernel/primitives.contract.ts';
import { formOf, givenCertificate, givenCompanyCertificates, givenPfx } from '../../support/certificate-builders.ts';
import { testServer, type TestServer } from '../../support/test-server.ts';

const name = 'help.example.com';

async function givenDesk(hostName = name): Promise<TestServer> {
  const server = await testServer();
  const named = await server.asConsole('PUT', '/address', { hostName });
  expect(named.statusCode).toBe(200);
  return server;
}

async function upload(server: TestServer, parts: Readonly<Record<string, string | Buffer>>) {
  const { payload, contentType } = formOf(parts);
  const answer = await server.admin.inject({
    method: 'POST',
    url: '/admin/v1/certificate/upload',
    headers: { host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}`, 'content-type': contentType },
    payload,
  });
  return { status: answer.statusCode, state: answer.json<AddressState>(), problem: answer.json<Problem>() };
}

/** Uploads what must be refused; returns the field and sentence, and sees that the old certificate stays. */
async function refusedUpload(server: TestServer, parts: Readonly<Record<string, string | Buffer>>) {
  const before = (await server.asConsole('GET', '/address')).json<AddressState>().certificate.fingerprint;
  const { status, problem } = await upload(server, parts);
  const after = (await server.asConsole('GET', '/address')).json<AddressState>().certificate;
  expect(status).toBe(400);
  expect(after).toMatchObject({ fingerprint: before, origin: 'local' });
  return problem.errors?.[0];
}

describe('uploading a certificate', () => {
  test('PEM files in any order are taken, and the root is not sent along', async () => {
    const server = await givenDesk();
    const { root, intermediate, leaf } = await givenCompanyCertificates([name, '*.example.com']);

    const { status, state } = await upload(server, {
      certificate: leaf.certificate,
      chain: root.certificate + intermediate.certificate,
      privateKey: leaf.privateKey,
    });

    expect(status).toBe(200);
    expect(state.certificate).toMatchObject({ origin: 'uploaded', names: [name, '*.example.com'], coversHostName: true });
    expect(state.authorityFingerprint).toBeNull();
    const row = await server.ctx.db.selectFrom('certificates').selectAll().where('kind', '=', 'server').executeTakeFirstOrThrow();
    expect(row.chain_pem.match(/BEGIN CERTIFICATE/gu)).toHaveLength(1);
    expect(row.private_key_sealed).not.toContain('PRIVATE KEY');
  });

  test('one file with certificate, chain and key is enough', async () => {
    const server = await givenDesk();
    const { root, intermediate, leaf } = await givenCompanyCertificates([name]);

    const { status } = await upload(server, { certificate: leaf.privateKey + leaf.certificate + intermediate.certificate + root.certificate });

    expect(status).toBe(200);
  });

  test('a locked key opens with its password', async () => {
    const server = await givenDesk();
    const { root, intermediate, leaf } = await givenCompanyCertificates([name]);
    const locked = createPrivateKey(leaf.privateKey).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'sesame' }).toString();
    const files = { certificate: leaf.certificate + intermediate.certificate + root.certificate, privateKey: locked };

    expect(await refusedUpload(server, files)).toMatchObject({ path: 'password', message: expect.stringContaining('locked') });
    expect(await refusedUpload(server, { ...files, password: 'wrong' })).toMatchObject({ path: 'password' });
    expect((await upload(server, { ...files, password: 'sesame' })).status).toBe(200);
  });

  test.each(['3des', 'aes256'] as const)('a PFX with %s is taken, a wrong password refused', async (algorithm) => {
    const server = await givenDesk();
    const issuer = await givenCertificate({ commonName: 'RSA Root', isAuthority: true, keyKind: 'rsa' });
    const own = await givenCertificate({ commonName: name, names: [name], issuer, keyKind: 'rsa' });
    const pfx = givenPfx(own, { chain: [issuer.certificate], password: 'sesame', algorithm });

    expect(await refusedUpload(server, { pfx, password: 'wrong' })).toMatchObject({ path: 'password' });
    expect(await refusedUpload(server, { pfx, password: '' })).toMatchObject({ path: 'password' });
    expect(await refusedUpload(server, { pfx: Buffer.from('nonsense'), password: 'sesame' })).toMatchObject({ path: 'pfx' });
    expect(await refusedUpload(server, { pfx: pfx.subarray(0, pfx.length / 2), password: 'sesame' })).toMatchObject({ path: 'pfx' });
    const { status, state } = await upload(server, { pfx, password: 'sesame' });
    expect([status, state.certificate.origin]).toEqual([200, 'uploaded']);
  });

  test('each mistake is refused with the field, the reason and the way out, and changes nothing', async () => {
    const server = await givenDesk();
    const { root, intermediate, leaf } = await givenCompanyCertificates([name]);
    const chain = intermediate.certificate + root.certificate;
    const other = await givenCompanyCertificates([name]);
    const make = (wish: Parameters<typeof givenCertificate>[0]) => givenCertificate({ names: [name], issuer: intermediate, ...wish });
    const past = new Date(Date.now() - 86_400_000);
    const expired = await make({ commonName: name, to: past, from: new Date(past.getTime() - 86_400_000) });
    const early = await make({ commonName: name, from: new Date(Date.now() + 86_400_000) });
    const wrongName = await make({ commonName: name, names: ['www.example.org'] });
    const noName = await givenCertificate({ commonName: name, issuer: intermediate });
    const forMail = await make({ commonName: name, purposes: ['1.3.6.1.5.5.7.3.4'] });
    const weak = await make({ commonName: name, keyKind: 'weak-rsa' });
    const notAuthority = await givenCertificate({ commonName: name, names: [name], issuer: leaf });
    const pack = (made: { certificate: string; privateKey: string }, above = chain) => ({
      certificate: made.certificate,
      chain: above,
      privateKey: made.privateKey,
    });

    const cases: readonly (readonly [string, Readonly<Record<string, string | Buffer>>, string, RegExp])[] = [
      ['nothing', {}, 'certificate', /Choose a certificate/u],
      ['no certificate', { certificate: 'hello', privateKey: leaf.privateKey }, 'certificate', /not a certificate/u],
      ['no key', { certificate: leaf.certificate }, 'privateKey', /no private key/u],
      ['damaged key', { certificate: leaf.certificate, privateKey: leaf.privateKey.replace(/[a-z]/gu, 'a') }, 'privateKey', /damaged|does not belong/u],
      ['another key', { ...pack(leaf), privateKey: other.leaf.privateKey }, 'privateKey', /does not belong/u],
      ['expired', pack(expired), 'certificate', /ended on/u],
      ['not yet', pack(early), 'certificate', /only from/u],
      ['wrong name', pack(wrongName), 'certificate', /is for www\.example\.org, but the desk’s address is help\.example\.com/u],
      ['no name', pack(noName), 'certificate', /names no host/u],
      ['not for servers', pack(forMail), 'certificate', /not for web servers/u],
      ['weak key', pack(weak), 'privateKey', /refuse this kind of key/u],
      ['no chain', pack(leaf, ''), 'chain', /“Example Company Issuing” is missing/u],
      ['no root', pack(leaf, intermediate.certificate), 'chain', /“Example Company Root” is missing/u],
      ['another company’s chain', pack(leaf, other.intermediate.certificate + other.root.certificate), 'chain', /incomplete/u],
      ['signed by no authority', pack(notAuthority, leaf.certificate + chain), 'chain', /incomplete|not a certificate authority/u],
    ];
    for (const [what, parts, field, sentence] of cases) {
      expect([what, await refusedUpload(server, parts)]).toEqual([what, { path: field, message: expect.stringMatching(sentence) }]);
    }
  });

  test('a file beyond any certificate’s size is refused before it is read', async () => {
    const server = await givenDesk();

    const { status, problem } = await upload(server, { certificate: Buffer.alloc(600 * 1024, 'x') });

    expect(status).toBe(413);
    expect(problem.detail).toContain('certificate');
  });

  test('renewing goes back to the desk’s own certificate, by the same authority as before', async () => {
    const server = await givenDesk();
    const before = (await server.asConsole('GET', '/address')).json<AddressState>().authorityFingerprint;
    const { root, intermediate, leaf } = await givenCompanyCertificates([name]);
    await upload(server, { certificate: leaf.certificate, chain: intermediate.certificate + root.certificate, privateKey: leaf.privateKey });

    const state = (await server.asConsole('POST', '/certificate/renew')).json<AddressState>();

    expect(state.certificate.origin).toBe('local');
    expect(state.authorityFingerprint).toBe(before);
  });
});
