import { describe, expect, test } from 'vitest';
import type { Problem } from '#server/kernel/primitives.contract.ts';
import { testServer, type TestServer } from '../../support/test-server.ts';

interface Refusal {
  readonly status: number;
  readonly path: string;
}

interface Odd {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly type?: string;
  readonly body?: string;
}

async function answersTo(server: TestServer, { method = 'POST', url, type, body }: Odd) {
  const headers = { host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}`, ...(type === undefined ? {} : { 'content-type': type }) };
  const answer = await server.admin.inject({ method, url: `/admin/v1${url}`, headers, ...(body === undefined ? {} : { payload: body }) });
  return { status: answer.statusCode, headers: answer.headers, problem: answer.json<Problem>() };
}

const json = 'application/json';
const form = 'multipart/form-data; boundary=x';

describe('a request that can’t be read', () => {
  const odd: readonly (readonly [string, Odd, Refusal])[] = [
    ['JSON that is cut off', { url: '/contacts', type: json, body: '{"firstName":' }, { status: 400, path: 'body' }],
    ['no JSON at all', { url: '/contacts', type: json, body: '' }, { status: 400, path: 'body' }],
    ['a prototype in disguise', { url: '/contacts', type: json, body: '{"__proto__":{"a":1}}' }, { status: 400, path: 'body' }],
    ['another type', { url: '/contacts', type: 'application/xml', body: '<a/>' }, { status: 415, path: 'content-type' }],
    ['too much of it', { url: '/contacts', type: json, body: `"${'x'.repeat(1_200_000)}"` }, { status: 413, path: 'body' }],
    ['an address of endless parts', { method: 'GET', url: `/contacts/${'x'.repeat(600)}` }, { status: 414, path: 'url' }],
    [
      'a form that is cut off',
      { url: '/imports', type: form, body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nq' },
      { status: 400, path: 'file' },
    ],
    ...['/imports', '/attachments', '/certificate/upload'].flatMap((url): (readonly [string, Odd, Refusal])[] => [
      [`a form that is nothing, to ${url}`, { url, type: form, body: '--x' }, { status: 400, path: 'body' }],
      [`a form without a boundary, to ${url}`, { url, type: 'multipart/form-data', body: '' }, { status: 400, path: 'body' }],
    ]),
  ];

  test.each(odd)('%s is refused by name, with the way out', async (_what, request, { status, path }) => {
    const answer = await answersTo(await testServer(), request);

    expect(answer).toMatchObject({ status, problem: { status, errors: [{ path }] } });
    expect(answer.problem.detail).toMatch(/^[A-Z].+\.$/u);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
    });
  });
});

test('a field that does not fit is named with what would', async () => {
  const server = await testServer();
  const cases: readonly (readonly [string, object, string, string])[] = [
    ['/contacts', { firstName: 7 }, 'firstName', 'Send text here.'],
    ['/contacts', { firstName: 'x'.repeat(5000) }, 'firstName', 'Write at most 120 characters.'],
    ['/contacts', { firstName: 'A', language: '!' }, 'language', 'Write a language such as en or pt-BR.'],
    ['/contacts', { firstName: 'A', country: 'XX' }, 'country', 'Choose a country from the list.'],
    ['/deals', { name: 'A', value: { amount: '1,5', currency: 'EUR' } }, 'value.amount', 'Write an amount such as 1200.00, with a dot.'],
    ['/deals', { name: 'A', isOpen: 'yes' }, 'isOpen', 'Send true or false here.'],
    ['/companies', {}, 'name', 'This is missing.'],
    ['/lists', { name: 'A', kind: 'frog' }, 'kind', 'Choose one of static, active.'],
  ];
  for (const [url, payload, path, message] of cases) {
    const { problem } = await answersTo(server, { url, type: json, body: JSON.stringify(payload) });
    expect([url, problem.errors]).toEqual([url, expect.arrayContaining([{ path, message }])]);
  }
  const limit = await answersTo(server, { method: 'GET', url: '/contacts?limit=-1' });
  expect(limit.problem.errors).toEqual([{ path: 'limit', message: 'Give a number from 1 on.' }]);
});
