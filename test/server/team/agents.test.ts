import { expect, test } from 'vitest';
import { testServer } from '#test/support/test-server.ts';

test('the manager adds an agent, and the audit log says who did it', async () => {
  const server = await testServer();

  const added = await server.asConsole('POST', '/agents', { name: 'Tom Keller', email: 'tom@example.com' });

  expect(added.statusCode).toBe(201);
  const log = await server.asConsole('GET', '/audit');
  expect(log.json().items[0]).toMatchObject({ action: 'agent.added', actor: { id: 'owner' }, target: { name: 'Tom Keller' } });
});

test('an agent without a name is refused with the field and the way out', async () => {
  const server = await testServer();

  const refused = await server.asConsole('POST', '/agents', { name: ' ' });

  expect(refused.statusCode).toBe(400);
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(refused.json().errors).toEqual([{ path: 'name', message: 'Write the name customers should read.' }]);
});
