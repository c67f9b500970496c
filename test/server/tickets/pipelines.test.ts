import { describe, expect, test } from 'vitest';
import { ensureTicketDefaults } from '#server/tickets/ticket-defaults.service.ts';
import { testServer } from '#test/support/test-server.ts';

const open = { name: 'Received', isOpen: true, publicName: null, turn: 'team' };
const done = { name: 'Done', isOpen: false, publicName: null, turn: null };

describe('a fresh desk', () => {
  test('has one pipeline with names customers can read in three languages, and one inbox that starts in it', async () => {
    const server = await testServer();

    const pipelines = (await server.asConsole('GET', '/pipelines')).json().items;
    const inboxes = (await server.asConsole('GET', '/inboxes')).json().items;

    expect(pipelines).toHaveLength(1);
    expect(pipelines[0].stages.map((stage: { name: string; isOpen: boolean }) => [stage.name, stage.isOpen])).toEqual([
      ['New', true],
      ['In progress', true],
      ['Waiting for customer', true],
      ['Closed', false],
    ]);
    for (const stage of pipelines[0].stages) expect(Object.keys(stage.publicName)).toEqual(['en', 'pl', 'de']);
    expect(inboxes).toMatchObject([{ name: 'Support', pipelineId: pipelines[0].id, stageId: pipelines[0].stages[0].id, openTickets: 0 }]);
  });

  test('keeps what the manager made of its defaults at the next start', async () => {
    const server = await testServer();
    const [inbox] = (await server.asConsole('GET', '/inboxes')).json().items;
    await server.asConsole('PATCH', `/inboxes/${inbox.id}`, { name: 'Front desk' });

    await ensureTicketDefaults(server.ctx);

    expect((await server.asConsole('GET', '/inboxes')).json().items).toMatchObject([{ name: 'Front desk' }]);
    expect((await server.asConsole('GET', '/pipelines')).json().items).toHaveLength(1);
  });
});

describe('pipelines', () => {
  test('a pipeline is added, and its stages swap names and places in one change', async () => {
    const server = await testServer();
    const added = await server.asConsole('POST', '/pipelines', { name: 'Repairs', stages: [open, { ...open, name: 'At work' }, done] });
    const [first, second, last] = added.json().stages;

    const changed = await server.asConsole('PUT', `/pipelines/${added.json().id}`, {
      name: 'Repairs and returns',
      stages: [{ ...second, name: first.name }, { ...first, name: second.name }, last],
    });

    expect(added.statusCode).toBe(201);
    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toMatchObject({
      name: 'Repairs and returns',
      stages: [
        { id: second.id, name: 'Received' },
        { id: first.id, name: 'At work' },
        { id: last.id, name: 'Done' },
      ],
    });
    expect((await server.asConsole('GET', '/audit')).json().items[0]).toMatchObject({ action: 'pipeline.changed', target: { name: 'Repairs and returns' } });
  });

  test.each<[what: string, stages: object[], path: string, message: string]>([
    ['no open stage', [done, { ...done, name: 'Lost' }], 'stages', 'At least one stage must be open'],
    ['no closed stage', [open, { ...open, name: 'Other' }], 'stages', 'At least one stage must be closed'],
    ['a name twice', [open, { ...open, name: 'RECEIVED' }, done], 'stages[1].name', 'is there twice'],
    ['a stage of another pipeline', [{ ...open, id: 'support-new' }, done], 'stages[0].id', 'not one of this pipeline'],
  ])('%s is refused with the field and the way out', async (_what, ...[stages, path, message]) => {
    const server = await testServer();
    const { id } = (await server.asConsole('POST', '/pipelines', { name: 'Repairs', stages: [open, done] })).json();

    const refused = await server.asConsole('PUT', `/pipelines/${id}`, { name: 'Repairs', stages });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  test('a name another pipeline has is refused', async () => {
    const server = await testServer();

    const refused = await server.asConsole('POST', '/pipelines', { name: 'Support', stages: [open, done] });

    expect(refused.json().errors).toEqual([{ path: 'name', message: expect.stringContaining('Choose a different one') }]);
  });

  test('a stage that an inbox starts in can be neither removed nor closed', async () => {
    const server = await testServer();
    const [pipeline] = (await server.asConsole('GET', '/pipelines')).json().items;
    const [first, ...others] = pipeline.stages;

    const removed = await server.asConsole('PUT', `/pipelines/${pipeline.id}`, { name: pipeline.name, stages: others });
    const closed = await server.asConsole('PUT', `/pipelines/${pipeline.id}`, { name: pipeline.name, stages: [{ ...first, isOpen: false }, ...others] });

    expect(removed.json().errors).toEqual([{ path: 'stages', message: expect.stringContaining('“Support” start in “New”') }]);
    expect(closed.json().errors).toEqual([{ path: 'stages[0].isOpen', message: expect.stringContaining('“Support” start in “New”') }]);
    expect((await server.asConsole('GET', '/pipelines')).json().items).toEqual([pipeline]);
  });
});

describe('inboxes', () => {
  test('an inbox starts in an open stage of its own pipeline, or is refused', async () => {
    const server = await testServer();
    const other = (await server.asConsole('POST', '/pipelines', { name: 'Repairs', stages: [open, done] })).json();

    const foreign = await server.asConsole('POST', '/inboxes', { name: 'Repairs', pipelineId: other.id, stageId: 'support-new' });
    const closed = await server.asConsole('POST', '/inboxes', { name: 'Repairs', pipelineId: other.id, stageId: other.stages[1].id });
    const added = await server.asConsole('POST', '/inboxes', { name: 'Repairs', pipelineId: other.id, stageId: other.stages[0].id });
    const twice = await server.asConsole('POST', '/inboxes', { name: 'Repairs', pipelineId: other.id, stageId: other.stages[0].id });

    expect(foreign.json().errors).toEqual([{ path: 'stageId', message: 'Choose a stage of the chosen pipeline.' }]);
    expect(closed.json().errors).toEqual([{ path: 'stageId', message: expect.stringContaining('closed stage') }]);
    expect(added.statusCode).toBe(201);
    expect(twice.json().errors).toEqual([{ path: 'name', message: expect.stringContaining('Choose a different one') }]);
    expect((await server.asConsole('PATCH', '/inboxes/none', { name: 'x' })).statusCode).toBe(404);
  });
});
