import { expect, test } from 'vitest';
import { createTask } from '#server/tasks/tasks.service.ts';
import { taskRows } from '#server/tasks/tasks.queries.ts';
import { addAgent } from '#server/team/team.service.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { readsEvents } from '#test/support/event-reader.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

test('open tasks come by when they are due, those without a date last, in pages', async () => {
  const server = await testServer();
  const phone = await pairsPhone(server);
  for (const [title, dueAt] of [
    ['Some day', null],
    ['Friday', '2026-03-06T09:00:00.000Z'],
    ['Thursday', '2026-03-05T09:00:00.000Z'],
  ] as const)
    await createTask(server.ctx, { title, dueAt, agentId: 'owner' });

  const first = (await phone.get('/tasks?limit=2')).json();
  const second = (await phone.get(`/tasks?limit=2&cursor=${first.nextCursor}`)).json();

  expect([...first.items, ...second.items].map((task: { title: string }) => task.title)).toEqual(['Thursday', 'Friday', 'Some day']);
});

test('a task is done and undone on the phone, and the desk sees it', async () => {
  const server = await testServer();
  const phone = await pairsPhone(server);
  const stream = await readsEvents(server, '/api/device/v1/events', phone.token);
  const id = await createTask(server.ctx, { title: 'Call back', dueAt: null, agentId: 'owner' });
  expect((await stream.waitFor('task')).data).toEqual({ id, isDone: false });
  stream.close();

  const done = await phone.send('POST', `/tasks/${id}/done`);
  expect(done.json()).toMatchObject({ isDone: true });
  expect((await phone.get('/tasks')).json().items).toEqual([]);
  expect((await server.asConsole('GET', '/tasks?state=done')).json().items).toMatchObject([{ title: 'Call back', isDone: true }]);

  await phone.send('POST', `/tasks/${id}/reopen`);
  expect((await phone.get('/tasks')).json().items).toHaveLength(1);
});

test('a phone neither sees nor settles the tasks of another agent', async () => {
  const server = await testServer();
  const tom = await addAgent(server.ctx, { name: 'Tom', email: null, role: 'agent' });
  const phone = await pairsPhone(server);
  const id = await createTask(server.ctx, { title: 'Tom’s', dueAt: null, agentId: tom.id });

  expect((await phone.get('/tasks')).json().items).toEqual([]);
  expect((await phone.send('POST', `/tasks/${id}/done`)).statusCode).toBe(404);
  expect((await server.asConsole('POST', `/tasks/${id}/done`)).statusCode).toBe(200);
});

test('no view of the tasks walks the whole table', async () => {
  const ctx = await testContext();
  for (const filter of [{}, { agentId: 'a' }, { contactId: 'c' }]) {
    const text = ctx.hot.plan({ build: (db) => taskRows(db, { isDone: false, ...filter, after: ['2026', 'x'], limit: 50 }) }).join(' | ');
    expect(text).toMatch(/tasks USING INDEX/u);
    expect(text).not.toMatch(/SCAN contacts|USE TEMP B-TREE/u);
  }
});
