import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createBootstrapApp } from '#server/certificates/bootstrap.routes.ts';
import { authorityCertificate, authorityFingerprint, useUploadedCertificate } from '#server/certificates/certificates.service.ts';
import { carddavProfile } from '#server/enrolment/ios-profile.ts';
import { hashSecret } from '#server/kernel/secrets.ts';
import { carddavKeys, rootKeys, topLevelKeys, type AppleKey } from '../../support/apple-profile-keys.ts';
import { givenCompanyCertificates } from '../../support/certificate-builders.ts';
import { asksForProfile, fetchesProfile, givenPairedPhone, readsProfile, signsIn } from '../../support/enrolment-builders.ts';
import type { TestServer } from '../../support/test-server.ts';
import { entriesOf, openSigned, payloadsOf, plistText, readPlist, type PlistValue } from '../../support/profile-reader.ts';

/** Everything about a dictionary that Apple's schema does not allow. */
function faults(entries: ReadonlyMap<string, PlistValue>, keys: Readonly<Record<string, AppleKey>>): string[] {
  const found: string[] = [];
  for (const [key, value] of entries) {
    const known = keys[key];
    const type = value.type === 'dict' ? 'dictionary' : value.type;
    if (known === undefined) found.push(`${key} is not known`);
    else if (known.type !== type) found.push(`${key} is of type ${type}, not ${known.type}`);
    else if (known.only !== undefined && 'text' in value && !known.only.includes(value.text)) found.push(`${key} may not be ${value.text}`);
  }
  for (const [key, known] of Object.entries(keys)) if (known.required === true && !entries.has(key)) found.push(`${key} is missing`);
  return found;
}

/** Puts a certificate in use that a company's own authority made; that authority. */
async function usesCompanyCertificate(server: TestServer, keyKind: 'ecdsa' | 'rsa'): Promise<string> {
  const names = ['192.168.1.10'];
  const { root, intermediate, leaf } = await givenCompanyCertificates(names, { keyKind });
  await useUploadedCertificate(server.ctx, { certificatePem: leaf.certificate, chainPem: intermediate.certificate, privateKeyPem: leaf.privateKey, names });
  return root.certificate;
}

describe('C21 the profile with the address book', () => {
  test('it is signed by the desk, and every key, type and requirement is Apple’s', async () => {
    const { server, phone } = await givenPairedPhone();
    const { url } = await asksForProfile(phone);

    const answer = await fetchesProfile(server, url);

    expect(answer.headers['content-type']).toBe('application/x-apple-aspen-config');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.mobileconfig"$/u);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { profile, payload } = await readsProfile(server, answer.rawPayload);
    expect(faults(profile, topLevelKeys)).toEqual([]);
    expect(faults(payload, carddavKeys)).toEqual([]);
  });

  test('it leads to this phone’s own principal at the desk’s address, over TLS', async () => {
    const { server, phone } = await givenPairedPhone();
    const { url } = await asksForProfile(phone);

    const { payload } = await readsProfile(server, (await fetchesProfile(server, url)).rawPayload);

    expect(plistText(payload, 'CardDAVHostName')).toBe('192.168.1.10');
    expect(plistText(payload, 'CardDAVPort')).toBe('8443');
    expect(plistText(payload, 'CardDAVUseSSL')).toBe('true');
    expect(plistText(payload, 'CardDAVPrincipalURL')).toBe(`/dav/p/${phone.id}/`);
    expect(plistText(payload, 'CardDAVUsername')).toBe(phone.id);
  });

  test('the consent stands in English, Polish and German, with a default, and names the company and the lease', async () => {
    const { server, phone } = await givenPairedPhone({ leaseDays: 30 });
    await server.asConsole('PUT', '/settings/company', { name: 'Müller & Söhne <GmbH>', country: 'DE', timeZone: 'Europe/Berlin', language: 'de' });
    const { url } = await asksForProfile(phone, { language: 'de' });

    const { profile } = await readsProfile(server, (await fetchesProfile(server, url)).rawPayload);

    const consent = profile.get('ConsentText');
    if (consent?.type !== 'dict') throw new Error('There is no consent.');
    expect([...consent.entries.keys()]).toEqual(['default', 'en', 'pl', 'de']);
    const texts = [...consent.entries.keys()].map((key) => plistText(consent.entries, key) ?? '');
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) {
      expect(text).toContain('30');
      expect(text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toContain('Müller & Söhne <GmbH>');
    }
    expect(plistText(profile, 'PayloadDisplayName')).toBe('Doorline: wer ruft an');
    expect(plistText(profile, 'TargetDeviceType')).toBe('1');
  });

  test('the phone drops the account by itself when its lease is over, or never where there is none', async () => {
    const { server, phone } = await givenPairedPhone();
    const forEver = await givenPairedPhone({ leaseDays: null });
    const first = await asksForProfile(phone);
    const second = await asksForProfile(forEver.phone);

    const leased = await readsProfile(server, (await fetchesProfile(server, first.url)).rawPayload);
    const kept = await readsProfile(forEver.server, (await fetchesProfile(forEver.server, second.url)).rawPayload);

    expect(plistText(leased.profile, 'DurationUntilRemoval')).toBe(String(90 * 86_400));
    expect(first.leaseEndsAt).toBe('2026-05-31T09:00:00.000Z');
    expect(kept.profile.has('DurationUntilRemoval')).toBe(false);
    expect(second.leaseEndsAt).toBeNull();
  });

  test('issued again it replaces what is installed: the same identifiers, another edition', async () => {
    const { server, phone, clock } = await givenPairedPhone();
    const first = await readsProfile(server, (await fetchesProfile(server, (await asksForProfile(phone)).url)).rawPayload);
    clock.advance(1000);
    const second = await readsProfile(server, (await fetchesProfile(server, (await asksForProfile(phone)).url)).rawPayload);

    for (const part of ['profile', 'payload'] as const) {
      expect(plistText(second[part], 'PayloadIdentifier')).toBe(plistText(first[part], 'PayloadIdentifier'));
      expect(plistText(second[part], 'PayloadIdentifier')).toContain(phone.id);
      expect(plistText(second[part], 'PayloadUUID')).not.toBe(plistText(first[part], 'PayloadUUID'));
      expect(plistText(second[part], 'PayloadUUID')).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/u);
    }
    expect(second.password).not.toBe(first.password);
  });

  test('one changed byte breaks the signature', async () => {
    const { server, phone } = await givenPairedPhone();
    const signed = (await fetchesProfile(server, (await asksForProfile(phone)).url)).rawPayload;
    const authority = (await authorityCertificate(server.ctx)) ?? '';
    const at = signed.indexOf('192.168.1.10');

    expect(openSigned(signed, authority, server.ctx.now())).toContain('192.168.1.10');
    const forged = Buffer.from(signed);
    forged[at] = 0x32;
    expect(() => openSigned(forged, authority, server.ctx.now())).toThrow(/verif|digest/iu);
  });

  test.each(['ecdsa', 'rsa'] as const)('with the company’s own certificate it is signed by that, with its whole chain: %s', async (keyKind) => {
    const { server, phone } = await givenPairedPhone();
    const root = await usesCompanyCertificate(server, keyKind);
    const { url } = await asksForProfile(phone);

    const signed = (await fetchesProfile(server, url)).rawPayload;

    expect(openSigned(signed, root)).toContain('com.apple.carddav.account');
  });
});

describe('C21 names that people give', () => {
  test('whatever the company is called, the profile is well formed and has all its keys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('en', 'pl', 'de'), (deskName, language) => {
        const profile = carddavProfile({ deviceId: 'd1', password: 'p1', hostName: 'desk.lan', port: 8443, deskName, leaseDays: 90, language, edition: '1' });
        const entries = entriesOf(readPlist(profile.toString('utf8')));
        expect(faults(entries, topLevelKeys)).toEqual([]);
        expect(payloadsOf(entries).flatMap((payload) => faults(payload, carddavKeys))).toEqual([]);
      }),
    );
  });
});

describe('C21 the profile with the certificate', () => {
  test('the certificate page hands an iPhone the authority it shows the fingerprint of, as a profile of its own', async () => {
    const { server } = await givenPairedPhone();
    const door = createBootstrapApp(server.ctx);
    onTestFinished(() => door.close());

    const page = await door.inject({ url: '/s', headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X)' } });
    const answer = await door.inject({ url: '/doorline-authority.mobileconfig' });

    expect(page.body).toContain('href="/doorline-authority.mobileconfig"');
    expect(page.body).toContain('Certificate Trust Settings');
    expect(answer.headers['content-type']).toBe('application/x-apple-aspen-config');
    const { profile, payload } = await readsProfile(server, answer.rawPayload);
    expect(faults(profile, topLevelKeys)).toEqual([]);
    expect(faults(payload, rootKeys)).toEqual([]);
    const held = new X509Certificate(Buffer.from(plistText(payload, 'PayloadContent') ?? '', 'base64'));
    expect(held.fingerprint256).toBe(await authorityFingerprint(server.ctx));
    expect(answer.body).not.toContain('carddav');
  });

  test('other phones get the certificate as a file, and nobody gets an authority that is not in use', async () => {
    const { server } = await givenPairedPhone();
    const door = createBootstrapApp(server.ctx);
    onTestFinished(() => door.close());
    const page = await door.inject({ url: '/s', headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 16; Pixel 10)' } });
    await usesCompanyCertificate(server, 'ecdsa');

    const answer = await door.inject({ url: '/doorline-authority.mobileconfig' });

    expect(page.body).toContain('href="/doorline-authority.crt"');
    expect(answer.statusCode).toBe(404);
  });
});

describe('C21 the password in the profile', () => {
  test('it is the phone’s from now on, only its hash is kept, and the one before has stopped', async () => {
    const { server, phone, clock } = await givenPairedPhone();
    const first = await readsProfile(server, (await fetchesProfile(server, (await asksForProfile(phone)).url)).rawPayload);
    clock.advance(1000);
    const { url } = await asksForProfile(phone);
    const waiting = JSON.stringify(await server.ctx.db.selectFrom('profile_handovers').selectAll().execute());
    const second = await readsProfile(server, (await fetchesProfile(server, url)).rawPayload);

    const device = await server.ctx.db.selectFrom('devices').selectAll().where('id', '=', phone.id).executeTakeFirstOrThrow();
    const stored = JSON.stringify([
      device,
      waiting,
      await server.ctx.db.selectFrom('audit_log').selectAll().execute(),
      await server.ctx.db.selectFrom('live_events').selectAll().execute(),
    ]);

    expect(device.dav_password_hash).toBe(hashSecret(second.password));
    expect(device.dav_password_hash).not.toBe(hashSecret(first.password));
    for (const secret of [first.password, second.password, url.slice(8, 34)]) expect(stored).not.toContain(secret);
    // RFC 3986 reserves nothing of it: it may stand in any address.
    expect(second.password).toMatch(/^[0-9a-z]{26}$/u);
  });

  test('it really signs in to the address book, and the one before it no longer does', async () => {
    const { server, phone } = await givenPairedPhone();
    const first = await readsProfile(server, (await fetchesProfile(server, (await asksForProfile(phone)).url)).rawPayload);
    expect(await signsIn(server, phone.id, first.password)).toBe(207);

    const second = await readsProfile(server, (await fetchesProfile(server, (await asksForProfile(phone)).url)).rawPayload);

    expect(await signsIn(server, phone.id, second.password)).toBe(207);
    expect(await signsIn(server, phone.id, first.password)).toBe(401);
    await server.asConsole('POST', `/devices/${phone.id}/revoke`);
    expect(await signsIn(server, phone.id, second.password)).toBe(401);
  });
});
