import { randomBytes, X509Certificate } from 'node:crypto';
import { connect, createServer as createTlsServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { changeAddress, refreshAddress } from '#server/certificates/address.service.ts';
import { authorityCertificate, authorityFingerprint, ensureServerCertificate, publicKeyPin } from '#server/certificates/certificates.service.ts';
import { issueAuthority, issueServerCertificate } from '#server/certificates/issue-certificate.ts';
import { mayVouchFor, permittedFor } from '#server/certificates/name-constraints.ts';
import { ownAddresses } from '#server/certificates/network-addresses.ts';
import { createVault } from '#server/kernel/data-folder.ts';
import { testClock, testContext, temporaryFolder } from '../../support/test-context.ts';

const day = 86_400_000;

/** The TLS error a client that trusts `ca` gets from a server with this certificate under this name; undefined: none. */
async function refusal(
  material: { readonly cert: string; readonly key: string },
  { ca, servername }: { readonly ca: string; readonly servername: string },
): Promise<string | undefined> {
  const server = createTlsServer({ cert: material.cert, key: material.key, minVersion: 'TLSv1.2' });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername }, () => {
      socket.destroy();
      resolve(undefined);
    });
    // Node has no code of its own for a broken name constraint.
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'UNSPECIFIED' ? error.message : error.code));
  });
}

describe('the desk’s own certificate', () => {
  test('a client that trusts the authority reaches the desk by name, by localhost and by address, and by no other name', async () => {
    const ctx = await testContext();
    await changeAddress(ctx, { hostName: 'help.example.com' });
    const material = await ensureServerCertificate(ctx);
    const ca = (await authorityCertificate(ctx)) ?? '';

    expect(await refusal(material, { ca, servername: 'help.example.com' })).toBeUndefined();
    expect(await refusal(material, { ca, servername: 'localhost' })).toBeUndefined();
    expect(await refusal(material, { ca, servername: 'other.example.com' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(
      await refusal(material, { ca: (await issueAuthority({ label: 'Other', names: [], now: new Date() })).certificatePem, servername: 'localhost' }),
    ).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test('it holds every address of this PC, is for servers, and lasts no longer than browsers allow', async () => {
    const ctx = await testContext();
    const leaf = new X509Certificate((await ensureServerCertificate(ctx)).cert);

    for (const { address } of ownAddresses()) expect([address, leaf.checkIP(address)]).toEqual([address, address]);
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(leaf.ca).toBe(false);
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBeLessThanOrEqual(397 * day);
    expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  test('neither key is in the database in the clear', async () => {
    const ctx = await testContext();
    await ensureServerCertificate(ctx);

    const rows = await ctx.db.selectFrom('certificates').selectAll().execute();

    expect(rows.map((row) => row.kind).toSorted()).toEqual(['authority', 'server']);
    for (const row of rows) {
      expect(JSON.stringify(row)).not.toContain('PRIVATE KEY');
      expect(ctx.folder.vault.open(row.private_key_sealed)).toContain('BEGIN PRIVATE KEY');
    }
  });

  test('it is renewed when two thirds of its life are over, by the same authority', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    const first = await ensureServerCertificate(ctx);
    const fingerprint = await authorityFingerprint(ctx);
    const pin = await publicKeyPin(ctx);

    clock.advance(250 * day);
    const kept = await ensureServerCertificate(ctx);
    clock.advance(20 * day);
    const renewed = await ensureServerCertificate(ctx);

    expect(kept.fingerprint).toBe(first.fingerprint);
    expect(renewed.fingerprint).not.toBe(first.fingerprint);
    expect(await authorityFingerprint(ctx)).toBe(fingerprint);
    expect(await publicKeyPin(ctx)).toBe(pin);
    expect(new X509Certificate(renewed.cert).verify(new X509Certificate((await authorityCertificate(ctx)) ?? '').publicKey)).toBe(true);
  });

  test('another name in the company’s zone needs no new trust; another company’s zone does', async () => {
    const ctx = await testContext();
    await changeAddress(ctx, { hostName: 'help.example.com' });
    await refreshAddress(ctx);
    const first = await authorityFingerprint(ctx);

    await changeAddress(ctx, { hostName: 'support.example.com' });
    const sameZone = await refreshAddress(ctx);
    const afterSameZone = await authorityFingerprint(ctx);
    await changeAddress(ctx, { hostName: 'help.example.net' });
    const otherZone = await refreshAddress(ctx);

    expect(new X509Certificate(sameZone.cert).checkHost('support.example.com')).toBe('support.example.com');
    expect(afterSameZone).toBe(first);
    expect(new X509Certificate(otherZone.cert).checkHost('help.example.net')).toBe('help.example.net');
    expect(await authorityFingerprint(ctx)).not.toBe(first);
  });

  test('a stolen authority key can’t vouch for other sites', async () => {
    const authority = await issueAuthority({ label: 'Doorline', names: ['help.example.com'], now: new Date() });
    const bank = await issueServerCertificate(authority, { names: ['www.bank.test', '203.0.113.7'], now: new Date() });
    const own = await issueServerCertificate(authority, { names: ['help.example.com', '192.168.1.10'], now: new Date() });
    const material = (issued: typeof bank) => ({ cert: issued.certificatePem, key: issued.privateKeyPem });

    expect(await refusal(material(bank), { ca: authority.certificatePem, servername: 'www.bank.test' })).toBe('permitted subtree violation');
    expect(await refusal(material(own), { ca: authority.certificatePem, servername: 'help.example.com' })).toBeUndefined();
  });

  test('what an authority may vouch for never grows to a whole country’s domains', () => {
    expect(permittedFor(['help.co.uk']).suffixes).not.toContain('uk');
    expect(permittedFor(['acme.co.uk']).suffixes).not.toContain('co.uk');
    expect(permittedFor(['help.acme.co.uk']).suffixes).toContain('acme.co.uk');
    expect(permittedFor(['acme.com']).suffixes).not.toContain('com');
    expect(mayVouchFor(permittedFor(['help.acme.com']), 'evilacme.com')).toBe(false);
    expect(mayVouchFor(permittedFor([]), '8.8.8.8')).toBe(false);
    expect(mayVouchFor(permittedFor([]), '172.32.0.1')).toBe(false);
    expect(mayVouchFor(permittedFor([]), '172.31.0.1')).toBe(true);
  });

  test('a data folder that lost its key gets a new certificate instead of not starting', async () => {
    const folder = temporaryFolder();
    const ctx = await testContext({ folder });
    const first = await ensureServerCertificate(ctx);
    const otherKey = createVault(randomBytes(32));

    const second = await ensureServerCertificate({ ...ctx, folder: { ...ctx.folder, vault: otherKey } });

    expect(second.fingerprint).not.toBe(first.fingerprint);
  });
});
