import { describe, expect, test } from 'vitest';
import { givenMember } from '#test/support/member-builders.ts';
import { givenOpenPortal, multipartOf, portalVisitor, type PortalVisitor } from '#test/support/portal-visitor.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

async function signedIn() {
  const server = await testServer();
  await givenOpenPortal(server);
  const member = await givenMember(server.ctx);
  const visitor = portalVisitor(server);
  await visitor.signIn(member.email);
  return { server, member, visitor };
}

/** Everything a form could have changed. */
async function stateOf(server: TestServer) {
  const tables = ['tickets', 'messages', 'attachments', 'sessions', 'members', 'drafts', 'outbox'] as const;
  const rows = await Promise.all(tables.map((table) => server.ctx.db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows).replaceAll(/"last_seen_at":"[^"]*"/gu, '');
}

const forms: readonly (readonly [path: string, fields: Record<string, string>, hasFiles?: boolean])[] = [
  ['/sign-out', {}],
  ['/session', {}],
  ['/account/password', { current: 'a kettle of seven herrings', password: 'nine herrings in a teapot' }],
  ['/account/sessions', { session: 'x' }],
  ['/account/sign-out-everywhere', {}],
  ['/draft', { place: 'new', text: 'planted' }],
  ['/forgotten', { email: 'marta@example.com' }],
  ['/sign-in', { email: 'marta@example.com', password: 'a kettle of seven herrings' }],
  ['/language', { language: 'pl' }],
  ['/tickets/new', { subject: 'Planted', text: 'Planted' }, true],
];

interface Form {
  readonly path: string;
  readonly fields: Record<string, string>;
  readonly hasFiles: boolean;
}

type Attack = (visitor: PortalVisitor, form: Form) => Promise<{ readonly statusCode: number; readonly headers: object }>;

function post(visitor: PortalVisitor, { path, fields, hasFiles }: Form, options: Parameters<PortalVisitor['post']>[2]) {
  return hasFiles ? visitor.send(path, { fields, files: [{ name: 'planted.txt', body: 'planted' }] }, options) : visitor.post(path, fields, options);
}

const attacks: readonly (readonly [name: string, attack: Attack])[] = [
  ['no token', (visitor, form) => post(visitor, form, { token: null })],
  ['a made-up token', (visitor, form) => post(visitor, form, { token: 'a'.repeat(43) })],
  ['another site’s origin', (visitor, form) => post(visitor, form, { headers: { origin: 'https://evil.example' } })],
  ['origin null', (visitor, form) => post(visitor, form, { headers: { origin: 'null' } })],
  ['the same name on another port', (visitor, form) => post(visitor, form, { headers: { origin: 'https://desk.example.lan:8444' } })],
  ['sent across sites', (visitor, form) => post(visitor, form, { headers: { 'sec-fetch-site': 'cross-site' } })],
  ['sent from a sibling host', (visitor, form) => post(visitor, form, { headers: { 'sec-fetch-site': 'same-site' } })],
  ['as plain text', (visitor, form) => post(visitor, form, { headers: { 'content-type': 'text/plain' } })],
  ['as JSON', (visitor, form) => post(visitor, form, { headers: { 'content-type': 'application/json' } })],
];

describe('a form that is not ours changes nothing', () => {
  test.each(attacks)('%s', async (_name, attack) => {
    const { server, visitor } = await signedIn();
    await visitor.get('/tickets/new');
    const before = await stateOf(server);

    for (const [path, fields, hasFiles = false] of forms) {
      const answer = await attack(visitor, { path, fields, hasFiles });
      expect([403, 415], path).toContain(answer.statusCode);
      expect(JSON.stringify(answer.headers), path).not.toContain('__Host-doorline=');
    }

    expect(await stateOf(server)).toBe(before);
  });

  test('a token of somebody else’s session', async () => {
    const { server, visitor } = await signedIn();
    const other = await givenMember(server.ctx, { email: 'other@example.com' });
    const stranger = portalVisitor(server);
    await stranger.signIn(other.email);

    const answer = await visitor.post('/account/sign-out-everywhere', {}, { token: stranger.lastToken ?? '' });

    expect(answer.statusCode).toBe(403);
    expect((await visitor.get('/tickets')).statusCode).toBe(200);
  });

  test('a GET, also with a method override', async () => {
    const { server, visitor } = await signedIn();
    const before = await stateOf(server);

    for (const path of ['/sign-out', '/account/sign-out-everywhere', '/account/password', '/draft']) {
      const answer = await visitor.get(`${path}?token=${visitor.lastToken ?? ''}&_method=POST`, { 'x-http-method-override': 'POST' });
      expect(answer.statusCode, path).toBe(404);
    }

    expect(await stateOf(server)).toBe(before);
  });

  test('files before the token are not even stored', async () => {
    const { server, visitor } = await signedIn();
    await visitor.get('/tickets/new');
    const { body, type } = multipartOf([], [{ name: 'first.txt', body: 'first' }]);

    const answer = await server.onLan({
      method: 'POST',
      url: '/support/tickets/new',
      payload: body,
      headers: { 'content-type': type, host: 'desk.example.lan', cookie: `__Host-doorline=${visitor.cookies.get('__Host-doorline') ?? ''}` },
    });

    expect(answer.statusCode).toBe(403);
    expect(await server.ctx.db.selectFrom('attachments').selectAll().execute()).toEqual([]);
  });

  test('files sent to a form that takes none are not read', async () => {
    const { server, visitor } = await signedIn();

    const answer = await visitor.send('/account/sign-out-everywhere', { files: [{ name: 'a.txt', body: 'a' }] });

    expect(answer.statusCode).toBe(403);
    expect(await server.ctx.db.selectFrom('attachments').selectAll().execute()).toEqual([]);
  });
});

describe('our own forms', () => {
  test('work in a browser that sends neither Origin nor Sec-Fetch-Site', async () => {
    const { server } = await signedIn();
    const page = await server.onLan({ method: 'GET', url: '/support/sign-in', headers: { host: 'desk.example.lan' } });
    const cookie = String(page.headers['set-cookie']).split(';')[0] ?? '';
    const token = /name="token" value="([\w-]+)"/u.exec(page.body)?.[1] ?? '';

    const answer = await server.onLan({
      method: 'POST',
      url: '/support/sign-in',
      headers: { host: 'desk.example.lan', cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ token, email: 'marta@example.com', password: 'a kettle of seven herrings' }).toString(),
    });

    expect(answer.statusCode).toBe(303);
  });

  test('let browsers say their origin', async () => {
    const { visitor } = await signedIn();

    expect((await visitor.get('/tickets')).headers['referrer-policy']).toBe('same-origin');
  });

  test('with fields of every wrong kind answer with a page, not with a fault', async () => {
    const { visitor } = await signedIn();
    await visitor.get('/sign-in');
    const bodies = ['email=a&email=b', 'email[]=x', '__proto__=x&constructor=y', `email=${'x'.repeat(100_000)}`, '%', 'email=%00%ff', '&'.repeat(10_000)];

    for (const body of bodies) {
      const answer = await visitor.post(`/sign-in?${body.slice(0, 50)}`, Object.fromEntries(new URLSearchParams(body)));
      expect(answer.statusCode, body.slice(0, 40)).toBeLessThan(500);
    }
  });
});
