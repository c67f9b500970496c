import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { activeServerCertificate } from '#server/certificates/certificates.service.ts';
import { davx5Account } from '#server/enrolment/davx5.ts';
import type { AndroidAccount } from '#server/enrolment/enrolment.contract.ts';
import { hashSecret } from '#server/kernel/secrets.ts';
import { givenPairedPhone } from '../../support/enrolment-builders.ts';

/** As DAVx5 reads the link that started it: user-info split at colons, first piece the name, second the password. */
function asDavx5Reads(link: string) {
  const url = new URL(link);
  const userInfo = /^[a-z0-9]+:\/\/([^/]*)@/u.exec(link)?.[1] ?? '';
  const [userName, password, ...rest] = userInfo.split(':');
  return { baseUrl: `https://${url.host}${url.pathname}`, userName, password, rest };
}

/** As Chrome reads an intent link: what stands between `#Intent;` and `;end`. */
function asChromeReads(link: string) {
  const [address = '', fragment = ''] = link.split('#Intent;');
  expect(fragment.endsWith(';end')).toBe(true);
  const pairs = fragment.slice(0, -4).split(';');
  return { address, extras: Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])) };
}

describe('C22 the account for DAVx5', () => {
  test('the link holds the address, the name and the password where DAVx5 looks for them', async () => {
    const { server, phone } = await givenPairedPhone();

    const account = (await phone.send('POST', '/setup/android')).json<AndroidAccount>();

    expect(asDavx5Reads(account.davx5Url)).toEqual({ baseUrl: 'https://192.168.1.10:8443/dav/', userName: phone.id, password: account.password, rest: [] });
    for (const secret of [phone.id, account.password]) expect(secret).not.toMatch(/[:@/%#;=]/u);
    const device = await server.ctx.db.selectFrom('devices').selectAll().where('id', '=', phone.id).executeTakeFirstOrThrow();
    expect(device.dav_password_hash).toBe(hashSecret(account.password));
  });

  test('the link for Chrome opens DAVx5 itself, and without it leads back to the page, where no secret goes along', async () => {
    const { phone } = await givenPairedPhone();

    const account = (await phone.send('POST', '/setup/android')).json<AndroidAccount>();

    const { address, extras } = asChromeReads(account.intentUrl);
    expect(address).toBe('intent://192.168.1.10:8443/dav/');
    expect(extras).toMatchObject({ scheme: 'davx5', package: 'at.bitfire.davdroid', 'S.username': phone.id, 'S.password': account.password });
    const fallback = decodeURIComponent(extras['S.browser_fallback_url'] ?? '');
    expect(new URL(fallback).origin).toBe('https://192.168.1.10:8443');
    expect(fallback).not.toContain(account.password);
  });

  test('the managed configuration says the same, within the limits DAVx5 sets', async () => {
    const { phone } = await givenPairedPhone();

    const { managedConfiguration, password, url } = (await phone.send('POST', '/setup/android')).json<AndroidAccount>();

    expect(managedConfiguration).toMatchObject({ login_base_url: url, login_user_name: phone.id, login_password: password });
    expect(managedConfiguration.default_sync_interval).toBeGreaterThanOrEqual(900);
    expect(managedConfiguration.default_sync_interval).toBeLessThanOrEqual(86_400);
  });

  test('the fingerprint to compare is that of the certificate the desk serves with', async () => {
    const { server, phone } = await givenPairedPhone();

    const { serverFingerprint } = (await phone.send('POST', '/setup/android')).json<AndroidAccount>();

    const served = await activeServerCertificate(server.ctx);
    expect(serverFingerprint).toBe(new X509Certificate(served?.certificate_pem ?? '').fingerprint256);
  });

  test('each account stops the one before, and an iPhone profile that waits for the same phone', async () => {
    const { server, phone } = await givenPairedPhone();
    const profile = (await phone.send('POST', '/setup/ios', { payload: {} })).json<{ url: string }>();
    const first = (await phone.send('POST', '/setup/android')).json<AndroidAccount>();
    const second = (await phone.send('POST', '/setup/android')).json<AndroidAccount>();

    expect(second.password).not.toBe(first.password);
    expect((await server.onLan({ url: profile.url })).statusCode).toBe(410);
  });

  test('a desk that is reached by an IPv6 address is written as addresses are', () => {
    const account = davx5Account({ deviceId: 'd1', password: 'p1', hostName: 'fd00::10', port: 443, helpUrl: 'https://x/phone/' });

    expect(asDavx5Reads(account.davx5Url)).toMatchObject({ baseUrl: 'https://[fd00::10]:443/dav/', userName: 'd1', password: 'p1' });
    expect(account.url).toBe('https://[fd00::10]:443/dav/');
  });
});
