import { expect, test } from 'vitest';
import { testMailServer } from '#test/support/mail-server.ts';
import { testServer } from '#test/support/test-server.ts';

const settings = { host: '127.0.0.1', port: 2525, security: 'none', username: 'desk', fromName: 'Support', fromAddress: 'desk@example.com' };

test('the password is sealed in the database and never read back', async () => {
  const server = await testServer();

  const saved = await server.asConsole('PUT', '/mail', { ...settings, password: 'correct horse battery' });

  expect(saved.statusCode).toBe(200);
  expect(saved.json()).toMatchObject({ host: '127.0.0.1', hasPassword: true });
  const stored = await server.ctx.db.selectFrom('settings').selectAll().execute();
  const log = await server.asConsole('GET', '/audit');
  for (const text of [saved.body, JSON.stringify(stored), log.body]) expect(text).not.toContain('correct horse');
});

test('saving without a password keeps the one that is stored', async () => {
  const server = await testServer();
  const mailServer = await testMailServer({ password: 's3cret-word' });
  await server.asConsole('PUT', '/mail', { ...settings, port: mailServer.port, password: 's3cret-word' });

  await server.asConsole('PUT', '/mail', { ...settings, port: mailServer.port, fromName: 'Another name' });
  const tested = await server.asConsole('POST', '/mail/test', { settings: { ...settings, port: mailServer.port }, to: 'boss@example.com' });

  expect(tested.json()).toMatchObject({ ok: true });
  expect(mailServer.received[0]?.to).toEqual(['boss@example.com']);
});

test('a test shows the conversation with the mail server, the password masked', async () => {
  const server = await testServer();
  const mailServer = await testMailServer({ password: 'right' });

  const tested = await server.asConsole('POST', '/mail/test', {
    settings: { ...settings, port: mailServer.port, password: 'wrong-p4ss' },
    to: 'boss@example.com',
  });

  const result = tested.json();
  expect(result.ok).toBe(false);
  expect(result.explanation).toContain('refused the user name or the password');
  expect(result.transcript.some((line: string) => line.startsWith('S: 220'))).toBe(true);
  expect(tested.body).not.toContain('wrong-p4ss');
  expect(tested.body).not.toContain(Buffer.from('wrong-p4ss').toString('base64'));
});

test('settings that do not fit are refused, each field named', async () => {
  const server = await testServer();

  const refused = await server.asConsole('PUT', '/mail', { ...settings, host: ' ', port: 99_999, fromAddress: 'nobody' });

  expect(refused.statusCode).toBe(400);
  expect(
    refused
      .json()
      .errors.map((problem: { path: string }) => problem.path)
      .toSorted(),
  ).toEqual(['fromAddress', 'host', 'port']);
  expect((await server.asConsole('GET', '/mail')).json()).toBeNull();
});
