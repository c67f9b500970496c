import { X509Certificate } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createBootstrapApp } from '#server/certificates/bootstrap.routes.ts';
import { authorityFingerprint, useUploadedCertificate } from '#server/certificates/certificates.service.ts';
import { rememberListeners } from '#server/certificates/listener-settings.ts';
import { givenCompanyCertificates } from '../../support/certificate-builders.ts';
import { testServer } from '../../support/test-server.ts';

async function givenDoor() {
  const server = await testServer();
  await rememberListeners(server.ctx, { lanPort: 8443, primaryAddress: '192.168.1.10' });
  const app = createBootstrapApp(server.ctx);
  onTestFinished(() => app.close());
  await app.ready();
  return { server, app };
}

describe('the plain-HTTP door', () => {
  test('it hands out exactly the authority whose fingerprint the console shows', async () => {
    const { server, app } = await givenDoor();

    const answer = await app.inject({ url: '/doorline-authority.crt' });

    expect(answer.headers['content-type']).toBe('application/x-x509-ca-cert');
    const certificate = new X509Certificate(answer.rawPayload);
    expect(certificate.ca).toBe(true);
    expect(certificate.fingerprint256).toBe(await authorityFingerprint(server.ctx));
  });

  test('the page shows that fingerprint and leads on over HTTPS, in the reader’s language', async () => {
    const { server, app } = await givenDoor();
    const pairs = ((await authorityFingerprint(server.ctx)) ?? '').split(':');

    const page = await app.inject({
      url: '/s',
      headers: { host: '192.168.1.10:8480', 'accept-language': 'pl-PL,pl;q=0.9', 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X)' },
    });

    expect(page.body).toContain('<html lang="pl">');
    for (let index = 0; index < pairs.length; index += 2) expect(page.body).toContain(`${pairs[index]} ${pairs[index + 1]}`);
    expect(page.body).toContain('href="https://192.168.1.10:8443/s"');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain('connect-src https://192.168.1.10:8443');
  });

  test('a host nobody certified is never echoed', async () => {
    const { app } = await givenDoor();

    for (const host of ['evil.test', 'evil.test:8480', '"><script>', '192.168.1.10.evil.test']) {
      const page = await app.inject({ url: '/s', headers: { host } });
      expect(page.body).not.toContain('evil');
      expect(page.body).not.toContain('"><script>');
      const elsewhere = await app.inject({ url: '/anything?next=https://evil.test', headers: { host } });
      expect(elsewhere.headers.location).toBe('https://192.168.1.10:8443/');
    }
    expect((await app.inject({ url: '/s', headers: { host: 'localhost:8480' } })).body).toContain('href="https://localhost:8443/s"');
  });

  test('it reads no body, sets no cookie, and knows no data', async () => {
    const { app } = await givenDoor();

    for (const url of ['/admin/v1/audit', '/api/device/v1/me', '/support/tickets', '/pair/claim', '/healthz']) {
      const answer = await app.inject({ url, headers: { host: '192.168.1.10:8480' } });
      expect([url, answer.statusCode, answer.headers.location]).toEqual([url, 302, 'https://192.168.1.10:8443/']);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    const posted = await app.inject({ method: 'POST', url: '/pair/claim', payload: { token: 'secret' } });
    expect(posted.statusCode).toBe(413); // not one byte of a body
  });

  test('with a trusted certificate it only leads on', async () => {
    const { server, app } = await givenDoor();
    const { leaf } = await givenCompanyCertificates(['192.168.1.10']);
    await useUploadedCertificate(server.ctx, { certificatePem: leaf.certificate, chainPem: '', privateKeyPem: leaf.privateKey, names: ['192.168.1.10'] });

    expect((await app.inject({ url: '/s', headers: { host: '192.168.1.10:8480' } })).headers.location).toBe('https://192.168.1.10:8443/s');
    expect((await app.inject({ url: '/doorline-authority.crt' })).statusCode).toBe(404);
    expect(await authorityFingerprint(server.ctx)).toBeNull();
  });
});
