import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const company = { name: 'Hartmann Optik', country: 'DE', timeZone: 'Europe/Berlin', language: 'de' };

test('a fresh desk has every step before it', async () => {
  const server = await testServer();

  const setup = (await server.asConsole('GET', '/setup')).json();

  expect(setup).toMatchObject({ finishedAt: null, currentStep: 'company' });
  expect(setup.steps.map((step: { isDone: boolean }) => step.isDone)).toEqual([false, false, false, false, false, false]);
});

test('a step is done when its result is there', async () => {
  const server = await testServer();

  await server.asConsole('PUT', '/settings/company', company);

  const setup = (await server.asConsole('GET', '/setup')).json();
  expect(setup.steps[0]).toEqual({ step: 'company', isDone: true, summary: 'Hartmann Optik, DE' });
});

test('the wizard opens where it was left, also after a restart', async () => {
  const folder = temporaryFolder();
  const first = await testServer({ folder });
  await first.asConsole('PUT', '/setup/step', { currentStep: 'portal' });

  const second = await testServer({ folder });

  expect((await second.asConsole('GET', '/setup')).json().currentStep).toBe('portal');
});

test('a company without a name, or with a made-up time zone, is refused and the old one stays', async () => {
  const server = await testServer();
  await server.asConsole('PUT', '/settings/company', company);

  const refused = await server.asConsole('PUT', '/settings/company', { ...company, name: '  ', timeZone: 'Mars/Olympus' });

  expect(refused.json().errors.map((problem: { path: string }) => problem.path)).toEqual(['name', 'timeZone']);
  expect((await server.asConsole('GET', '/settings/company')).json()).toEqual(company);
});
