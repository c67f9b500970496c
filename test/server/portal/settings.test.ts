import { describe, expect, test } from 'vitest';
import { PortalSettings } from '#server/portal/portal.contract.ts';
import { givenMember } from '#test/support/member-builders.ts';
import { givenOpenPortal, portalVisitor } from '#test/support/portal-visitor.ts';
import { testServer } from '#test/support/test-server.ts';

const defaults = PortalSettings.parse({});

describe('the portal’s settings', () => {
  test('start closed, with what fits most desks', async () => {
    const server = await testServer();

    const settings = await server.asConsole('GET', '/portal');

    expect(settings.json()).toEqual({ ...defaults, isOn: false });
  });

  test('opening, closing and changing stand in the audit log, each as what it is', async () => {
    const server = await testServer();

    await server.asConsole('PUT', '/portal', { ...defaults, isOn: true });
    await server.asConsole('PUT', '/portal', { ...defaults, isOn: true, title: 'Help' });
    await server.asConsole('PUT', '/portal', { ...defaults, isOn: false, title: 'Help' });
    await server.asConsole('PUT', '/portal', { ...defaults, isOn: false, title: 'Help' });

    const log = await server.asConsole('GET', '/audit');
    const entries: { action: string; detail: object }[] = log.json().items;
    expect(entries.filter((entry) => entry.action.startsWith('portal.')).map((entry) => [entry.action, entry.detail])).toEqual([
      ['portal.closed', {}],
      ['portal.changed', { title: 'Help' }],
      ['portal.opened', {}],
    ]);
  });

  test.each([
    [{ slug: 'phone' }, 'slug', 'address of Doorline’s own'],
    [{ slug: 'api' }, 'slug', 'address of Doorline’s own'],
    [{ slug: 'Big Words' }, 'slug', 'small letters'],
    [{ slug: '' }, 'slug', 'small letters'],
    [{ slug: '../x' }, 'slug', 'small letters'],
    [{ languages: ['en', 'tlh'] }, 'languages.1', 'no file for the language'],
    [{ languages: [] }, 'languages', 'at least one'],
    [{ defaultLanguage: 'fr' }, 'defaultLanguage', 'one of the portal’s languages'],
    [{ inboxId: 'nowhere' }, 'inboxId', 'not there any more'],
    [{ accent: 'red;}*{display:none' }, 'accent', 'such as #0B5D5B'],
    [{ idleMinutes: 1 }, 'idleMinutes', 'At least 5 minutes'],
    [{ title: ' ' }, 'title', 'Write the title'],
    [{ maxAttachmentMegabytes: 5000 }, 'maxAttachmentMegabytes', ''],
  ])('%j is refused with the field and the way out', async (change, path, words) => {
    const server = await testServer();

    const refused = await server.asConsole('PUT', '/portal', { ...defaults, ...change });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].path).toBe(path);
    expect(refused.json().errors[0].message).toContain(words);
    expect((await server.asConsole('GET', '/portal')).json()).toEqual(defaults);
  });

  test('the languages to choose from are the files that are there', async () => {
    const server = await testServer();

    expect((await server.asConsole('GET', '/portal/languages')).json().items).toEqual([
      { code: 'de', name: 'Deutsch' },
      { code: 'en', name: 'English' },
      { code: 'pl', name: 'Polski' },
    ]);
  });
});

describe('the portal’s address', () => {
  test('starts at the slug; the bare address leads there', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const visitor = portalVisitor(server);

    expect((await visitor.get('//')).headers.location).toBe('/support/');
    expect((await visitor.get('/')).headers.location).toBe('/support/tickets');
    expect((await visitor.get('')).headers.location).toBe('/support/tickets');
  });

  test('that was changed leads from the old one to the new one, links included, and back again', async () => {
    const server = await testServer();
    await server.asConsole('PUT', '/portal', { ...defaults, isOn: true });
    const visitor = portalVisitor(server);
    await server.asConsole('PUT', '/portal', { ...defaults, isOn: true, slug: 'help', formerSlugs: ['planted'] });

    const old = await visitor.get('/invitation/abc?x=1');
    expect([old.statusCode, old.headers.location]).toEqual([307, '/help/invitation/abc?x=1']);
    expect(old.headers['cache-control']).toBe('no-store');
    expect((await visitor.get('//help/sign-in')).statusCode).toBe(200);
    expect((await visitor.get('//planted/sign-in')).statusCode).toBe(404);
    await server.asConsole('PUT', '/portal', { ...defaults, isOn: true });

    expect((await visitor.get('/sign-in')).statusCode).toBe(200);
    expect((await visitor.get('//help/sign-in')).headers.location).toBe('/support/sign-in');
  });

  test('of another feature is never taken for the portal’s', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const visitor = portalVisitor(server);

    for (const path of ['//api/v1/nothing', '//phone-book', '//pbx/v1/nothing']) {
      const answer = await visitor.get(path);
      expect(answer.statusCode, path).toBe(404);
    }
    expect((await visitor.get('//dav/nothing')).statusCode).toBe(401);
    expect((await visitor.get('//api/device/v9/nothing')).headers['content-type']).toContain('application/problem+json');
    expect((await visitor.get('//elsewhere/tickets')).body).toContain('There is nothing here');
  });
});

describe('a closed portal', () => {
  const addresses = [
    '/',
    '',
    '/sign-in',
    '/tickets',
    '/tickets/1',
    '/invitation/abc',
    '/reset/abc',
    '/forgotten',
    '/account',
    '/assets/portal.css',
    '/files/x',
    '/nonsense',
    '/session',
    '//',
    '//other/',
  ];

  test.each(addresses)('answers the plain closed page and nothing else: %s', async (path) => {
    const server = await testServer();
    const visitor = portalVisitor(server);

    const answer = await visitor.get(path);

    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBeDefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toContain('The portal is closed');
    expect(answer.body).not.toMatch(/<(?:form|a|script|link rel="stylesheet")/u);
  });

  test('shuts out members who are signed in, and takes no form', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.signIn(member.email);

    await givenOpenPortal(server, { isOn: false });

    expect((await visitor.get('/tickets')).statusCode).toBe(503);
    expect((await visitor.post('/forgotten', { email: member.email })).statusCode).toBe(503);
    expect((await visitor.send('/tickets/new', { fields: { subject: 'x', text: 'y' } })).statusCode).toBe(503);
    expect((await visitor.get('//healthz')).statusCode).toBe(200);
  });

  test('speaks the visitor’s language', async () => {
    const server = await testServer();

    expect((await portalVisitor(server, { language: 'de-AT' }).get('/sign-in')).body).toContain('Das Portal ist geschlossen');
  });
});
