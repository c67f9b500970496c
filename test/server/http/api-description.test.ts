import { describe, expect, test } from 'vitest';
import { createServer } from '#server/server.ts';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/test-context.ts';
import { testServer } from '../../support/test-server.ts';

interface Description {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { summary?: string; security: object[]; responses: Record<string, object>; requestBody?: object }>>;
}

describe('the description of the API', () => {
  test('it holds the device API and pairing, with who may call them, and nothing of the pages', async () => {
    const server = await testServer();

    const answer = await server.onLan({ url: '/api/openapi.json' });

    const description = answer.json<Description>();
    expect(answer.statusCode).toBe(200);
    expect(description.openapi).toBe('3.1.0');
    expect(description.paths['/api/device/v1/me']?.['get']?.security).toEqual([{ deviceToken: [] }]);
    expect(description.paths['/pair/claim']?.['post']).toMatchObject({ security: [], requestBody: {} });
    expect(description.paths['/pair/claim']?.['post']?.responses).toHaveProperty('default');
    expect(Object.keys(description.paths).filter((path) => !/^\/(?:api|pair|pbx)\//u.test(path))).toEqual([]);
  });

  test('each call of phones says what it does, and which refusals to tell apart', async () => {
    const server = await testServer();

    const { paths } = (await server.onLan({ url: '/api/openapi.json' })).json<Description>();

    const ofPhones = Object.entries(paths).filter(([path]) => /^\/(?:api\/device|pair)\//u.test(path));
    const silent = ofPhones.flatMap(([path, calls]) =>
      Object.entries(calls).flatMap(([method, { summary = '' }]) => (summary === '' ? [`${method} ${path}`] : [])),
    );
    expect(silent).toEqual([]);
    expect(Object.keys(paths['/pair/complete']?.['post']?.responses ?? {})).toEqual(['200', '410', '425', '429', 'default']);
    expect(paths['/api/device/v1/directory']?.['get']).toMatchObject({
      parameters: expect.arrayContaining([expect.objectContaining({ in: 'header', name: 'if-none-match' })]),
      responses: { '304': { description: expect.stringContaining('Nothing changed') }, '401': {}, '410': {} },
    });
    expect(paths['/pbx/v1/action/{token}/{event}']?.['get']).toMatchObject({ security: [], responses: { '200': { content: { 'text/plain': {} } } } });
  });

  test('its page can be read without anything from elsewhere', async () => {
    const server = await testServer();

    const page = await server.onLan({ url: '/api/docs' });

    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('/api/device/v1/me');
    expect(page.body).not.toMatch(/https?:\/\//u);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
  });

  test('it can be switched off', async () => {
    const server = await createServer({ dataFolder: temporaryFolder(), logLevel: 'silent', openApi: false });
    onTestFinished(() => server.close());
    await server.lan.ready();

    expect((await server.lan.inject({ url: '/api/openapi.json' })).statusCode).toBe(404);
    expect((await server.lan.inject({ url: '/api/docs' })).statusCode).toBe(404);
  });
});
