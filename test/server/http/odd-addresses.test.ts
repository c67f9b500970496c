import { expect, test } from 'vitest';
import { givenOpenPortal } from '#test/support/portal-visitor.ts';
import { testServer } from '#test/support/test-server.ts';

const odd = ['%', '50%', '%E0%A4%A', '%zz', '%ff?search=%'];

test.each(odd)('on the portal %s answers like any address that leads nowhere', async (address) => {
  const server = await testServer();
  await givenOpenPortal(server);

  const answer = await server.onLan({ method: 'GET', url: `/support/${address}`, headers: { host: 'desk.example.lan', accept: 'text/html' } });

  expect(answer.statusCode).toBe(404);
  expect(answer.headers['content-type']).toContain('text/html');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.body).toContain('There is nothing here');
});

test.each(odd)('on the console’s plane %s is refused to strangers before anything else, and leads nowhere', async (address) => {
  const server = await testServer();
  const ask = (host: string) =>
    server.admin.inject({ method: 'GET', url: `/admin/v1/${address}`, headers: { host, authorization: `Bearer ${server.adminToken}` } });

  expect((await ask('evil.example')).statusCode).toBe(403);
  const own = await ask('127.0.0.1:0');
  expect(own.statusCode).toBe(404);
  expect(own.json()).toMatchObject({ code: 'not-found' });
  expect(own.headers['x-content-type-options']).toBe('nosniff');
});
